"""How far reviewers agree with each other, with named sources, and with the machine as an extractor of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from litreview import store
from litreview.errors import UsageError
from litreview.evaluate.agreement import ELIGIBLE, MACHINE, Agreement, Cell, Values, agreements
from litreview.export import Table, write
from litreview.model.topic import Topic
from litreview.steps.workspace import topic_for

_COLUMNS = ("one", "other", "attribute", "n", "agree", "percent", "percent_low", "percent_high", "kappa")


def agreement(path: Path, *, topic: str = "", rules_dir: Path | None = None) -> tuple[Agreement, ...]:
    """Percent and kappa by attribute; the database is only read.

    Of two independent reviewers what they decided unseen counts, as it was when it was disclosed; else what each person
    and source says now. The machine's word on a cell is what it finds now.
    """
    loaded = topic_for(path, topic, rules_dir)
    with store.open_database(path, topic=loaded, readonly=True) as db:
        return agreements(_words(db, loaded), loaded)


def write_agreement(found: tuple[Agreement, ...], output: Path) -> int:
    """Write a row for each two extractors and attribute; how many it were."""
    return write(Table("agreement", _COLUMNS, (_row(each) for each in found)), output)


def printed(found: tuple[Agreement, ...]) -> Iterator[str]:
    """A line for each two extractors and attribute; a sentence where there is nothing to compare."""
    if not found:
        yield "nobody has decided on a cell that another has a word on"
    for each in found:
        low, high = each.interval or (0.0, 0.0)
        told = "" if each.kappa is None else f", kappa {each.kappa:.2f}"
        yield (
            f"{each.one} and {each.other}, {each.attribute or 'all attributes'}: {each.agree} of {each.n} "
            f"({each.agree / each.n:.0%}, {low:.0%} to {high:.0%}{told})"
        )


def _row(each: Agreement) -> tuple[str | int | float | None, ...]:
    low, high = each.interval or (None, None)
    shares = (each.agree / each.n, low, high)
    percents = (None if share is None else round(100 * share, 2) for share in shares)
    return (each.one, each.other, each.attribute or "all", each.n, each.agree, *percents, each.kappa)


def _words(db: store.Database, topic: Topic) -> dict[str, dict[Cell, Values]]:
    known = {attribute.name: attribute for attribute in topic.attributes}
    words: dict[str, dict[Cell, Values]] = {}
    for row in _decided(db):
        if row["action"] in store.ON_REPORTS:
            said, found = ("yes" if row["action"] == "include" else "no",), (_screened(db, row["subject"]),)
            _learn(words, row, (row["subject"], ELIGIBLE), said, found)
        elif row["attribute"] in known:
            cell = (row["subject"], row["attribute"])
            machine = _machine(db, *cell)
            _learn(words, row, cell, _outcome(row, machine, topic), machine)
    return words


def _learn(
    words: dict[str, dict[Cell, Values]], row: dict[str, Any], cell: Cell, said: Values, machine: Values
) -> None:
    words.setdefault(row["decided_by"] or "unnamed", {})[cell] = said
    words.setdefault(MACHINE, {})[cell] = machine


def _decided(db: store.Database) -> Iterator[dict[str, Any]]:
    """The decisions that are each one's word, the latest last; those taken unseen after what was said in the open."""
    rows = db.query(
        "SELECT * FROM decisions WHERE action IN ('accept', 'correct', 'reject', 'not_reported', 'include', 'exclude') "
        "AND role <> 'adjudicator' AND (undone_at IS NULL OR undone_at > disclosed_at) "
        "ORDER BY disclosed_at IS NOT NULL, decision_id"
    )
    return iter(list(rows))


def _machine(db: store.Database, case_id: str, attribute: str) -> Values:
    rows = db.execute(
        "SELECT value FROM machine_findings WHERE case_id = ? AND attribute = ? ORDER BY n", [case_id, attribute]
    )
    return tuple(row[0] for row in rows.fetchall())


def _screened(db: store.Database, report: str) -> str:
    verdict = store.load_verdict(db, store.report_of(db, report))
    return "yes" if verdict and verdict.eligible else "no"


def _outcome(row: dict[str, Any], machine: Values, topic: Topic) -> Values:
    """The values that are there once a decision is applied to what the machine has."""
    if row["action"] == "not_reported":
        return ()
    try:
        values = store.typed(row["value"], topic.attribute(row["attribute"]))
    except UsageError:
        values = (row["value"],)
    return tuple(value for value in machine if value not in values) if row["action"] == "reject" else values

"""Decisions in a spreadsheet: what waits, or every cell, to be filled in; and what was filled in, brought back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from litreview import store
from litreview.errors import LitreviewError, UsageError
from litreview.export import Table, write
from litreview.model.bibliography import Problem
from litreview.model.review import Action, Decision
from litreview.model.topic import Topic
from litreview.readers.sheet import Row, Sheet, read_sheet
from litreview.steps.decide import decide
from litreview.steps.workspace import Workspace, topic_for

STAGE = "import"
COLUMNS = (
    *("subject", "attribute", "found", "confidence", "reason", "quote", "action", "value", "why", "case_label"),
    *("first_author", "year", "pmid", "title", "unit", "allowed"),
)
"""What a sheet to fill in has: `action`, `value` and `why` are empty, for the person."""

_QUEUED = "SELECT subject, attribute, value, confidence, reason, item FROM queue WHERE attribute <> ''"
_EVERY = (
    "SELECT case_id AS subject, attribute, value, confidence, doubts AS reason, finding_id AS item FROM findings "
    "WHERE case_id = ? ORDER BY n"
)
_CASES = "SELECT * FROM cases WHERE eligible = 'yes' AND case_source = 'own' ORDER BY year, record_id, case_index"


def write_sheet(path: Path, output: Path, *, everything: bool = False, rules_dir: Path | None = None) -> int:
    """Write what waits about values, or every cell of every included patient, as a sheet to fill in; how many rows."""
    topic = topic_for(path, rules_dir=rules_dir)
    with store.open_database(path, topic=topic, readonly=True) as db:
        cases = {row["case_id"]: row for row in db.query(_CASES)}
        rows = _every(db, cases, topic) if everything else _queued(db, cases, topic)
        return write(Table("decisions", COLUMNS, rows), output)


def read_back(work: Workspace, path: Path, *, by: str) -> None:
    """Take the decisions of a sheet, each by itself; a row that cannot be taken is a problem, and the rest goes on.

    A row without an action and a value says nothing; a value alone corrects. `decided_by` of a row goes before `by`.
    """
    sheet = read_sheet(path)
    for column in ("subject", "action"):
        if column not in sheet.columns:
            raise UsageError(
                f"{sheet.name} has no column {column}",
                hint="fill in a sheet that litreview review export wrote; for one of your own give --mapping",
            )
    store.clear_problems(work.db, STAGE, store.problems_of(work.db, STAGE, f"{sheet.name}: "))
    for row in sheet.rows:
        _take(work, sheet, row, by)


def _queued(db: store.Database, cases: dict[str, Any], topic: Topic) -> Iterator[tuple[Any, ...]]:
    known = {attribute.name: attribute for attribute in topic.attributes}
    for row in list(db.query(_QUEUED)):
        if row["attribute"] in known:
            yield _row(db, row, cases.get(row["subject"], {}), known[row["attribute"]])


def _every(db: store.Database, cases: dict[str, Any], topic: Topic) -> Iterator[tuple[Any, ...]]:
    for case_id, case in cases.items():
        told: dict[str, dict[str, Any]] = {}
        for row in list(db.query(_EVERY, [case_id])):
            first = told.setdefault(row["attribute"], row)
            if first is not row:
                first["value"] = f"{first['value']}; {row['value']}"
        for attribute in topic.attributes:
            empty = {"subject": case_id, "attribute": attribute.name}
            yield _row(db, told.get(attribute.name, empty), case, attribute)


def _row(db: store.Database, row: dict[str, Any], case: dict[str, Any], attribute: Any) -> tuple[Any, ...]:
    quote = db.execute(
        "SELECT quote FROM evidence WHERE finding_id = ? ORDER BY n LIMIT 1", [str(row.get("item"))]
    ).fetchone()
    found = tuple(row.get(name) for name in ("subject", "attribute", "value", "confidence", "reason"))
    paper = (case.get(name) for name in ("case_label", "first_author", "year", "pmid", "title"))
    words = (quote[0] if quote else None,)
    to_fill_in = (None, None, None)
    return (*found, *words, *to_fill_in, *paper, attribute.unit, attribute.vocabulary)


def _take(work: Workspace, sheet: Sheet, row: Row, by: str) -> None:
    action, value = row["action"].lower().replace(" ", "_"), row["value"]
    if row["undone_at"] or not (action or value):
        return
    try:
        decide(work, _decision(row, action or "correct", by))
    except LitreviewError as error:
        column = "action" if action and action not in get_args(Action) else "value" if value else "subject"
        place = f"{sheet.name}: row {row.number}, column {column}"
        work.trouble(Problem(STAGE, place, error.message, error.hint))


def _decision(row: Row, action: str, by: str) -> Decision:
    if action not in get_args(Action):
        raise UsageError(f"{action} is not something to decide", hint=f"one of: {', '.join(get_args(Action))}")
    marked = bool(row["document_id"]) and bool(row["start"])
    return Decision(
        subject=row["subject"],
        action=action,  # type: ignore[arg-type]
        attribute=row["attribute"],
        value="" if action == "not_reported" else _signed(row),
        decided_by=row["decided_by"] or by,
        why=row["why"],
        document_id=row["document_id"] if marked else "",
        start=_whole(row["start"]) if marked else None,
        end=_whole(row["end"]) if marked else None,
        quote=row["quote"] if marked else "",
        label=row["label"],
    )


def _signed(row: Row) -> str:
    """The value with the qualifier that stands beside it."""
    sign = row["qualifier"] if row["qualifier"] in ("<", ">", "~") else ""
    return f"{sign} {row['value']}".strip()


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a place in a text", hint="start and end are whole numbers") from None

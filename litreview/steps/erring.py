"""Which rule errs, measured by what people decided: the machine's values that they confirmed, replaced or refused."""

from collections.abc import Iterator
from pathlib import Path

from litreview import store
from litreview.evaluate.comparison import Count
from litreview.evaluate.erring import Decided, by_decisions, refused
from litreview.model.topic import Topic
from litreview.steps.workspace import topic_for


def decided_rules(path: Path, *, by: str = "", topic: str = "", rules_dir: Path | None = None) -> dict[str, Count]:
    """Right and wrong values by rule; the database is only read.

    What people decided counts, or what one of them, or a named source, did: `by`.
    """
    loaded = topic_for(path, topic, rules_dir)
    with store.open_database(path, topic=loaded, readonly=True) as db:
        return by_decisions((decided for _, _, decided in _decided(db, loaded, by)), loaded)


def decided_errors(path: Path, *, by: str = "", topic: str = "", rules_dir: Path | None = None) -> tuple[str, ...]:
    """Every value of the machine that was replaced or refused, a line each, with its rule, its words and by whom."""
    loaded = topic_for(path, topic, rules_dir)
    with store.open_database(path, topic=loaded, readonly=True) as db:
        return tuple(
            f"{case_id} {found.attribute}: {found.value} by {found.rule_id or 'no rule'}; "
            f"{who or 'a person'}: {store.joined(decided.values) if decided.action != 'reject' else 'rejected'}"
            + (f" “{found.evidence[0].quote}”" if found.evidence else "")
            for case_id, who, decided in _decided(db, loaded, by)
            for found in refused(decided, loaded)
        )


def _decided(db: store.Database, topic: Topic, by: str) -> Iterator[tuple[str, str, Decided]]:
    """What the machine found, or proposed, of every attribute on which a decision stands, with the case and by whom."""
    sources = {row[0] for row in db.execute("SELECT DISTINCT source FROM decisions WHERE source <> ''").fetchall()}
    cases = (str(row[0]) for row in db.execute("SELECT case_id FROM cases ORDER BY case_id").fetchall())
    for case_id in cases:
        standing = [each for each in store.rulings(db, case_id, topic) if each.action != "none"]
        asked = [each for each in standing if each.decided_by == by or (not by and each.decided_by not in sources)]
        if asked:
            machine = store.load_case(db, case_id, machine=True).findings
            found = (*machine, *store.load_proposed(db, case_id))
            for ruling in asked:
                mine = tuple(finding for finding in found if finding.attribute == ruling.attribute)
                told = Decided(mine, topic.attribute(ruling.attribute), ruling.action, ruling.values)
                yield case_id, ruling.decided_by, told

"""The decisions on a case's values as they are laid over what the machine found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litreview.errors import UsageError
from litreview.model.evidence import Evidence
from litreview.store.database import Database
from litreview.store.decisions import BY_STANDING
from litreview.store.overlay import Ruling
from litreview.store.quoted import words_of
from litreview.store.typed import typed

if TYPE_CHECKING:
    from litreview.model.topic import Attribute, Topic


def rulings(db: Database, case_id: str, topic: Topic) -> tuple[Ruling, ...]:
    """The standing decisions on a case's values, one an attribute; those on attributes the topic lost are left out."""
    rows = db.query(
        "SELECT * FROM decisions WHERE subject = ? AND undone_at IS NULL "
        f"AND action IN ('accept', 'correct', 'reject', 'not_reported') {BY_STANDING}",
        [case_id],
    )
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(row["attribute"], row)
    standing = sorted(first.values(), key=lambda row: int(row["decision_id"]))
    known = {attribute.name: attribute for attribute in topic.attributes}
    return tuple(_ruling(db, row, known[row["attribute"]]) for row in standing if row["attribute"] in known)


def _ruling(db: Database, row: dict[str, Any], attribute: Attribute) -> Ruling:
    try:
        values = typed(row["value"], attribute)
    except UsageError as error:  # the codebook has changed since
        return _without_effect(row, error.message)
    evidence, doubt = words_of(db, row)
    return Ruling(
        decision_id=row["decision_id"],
        attribute=attribute.name,
        action=row["action"],
        values=values,
        decided_by=row["decided_by"],
        qualifier=row["qualifier"],
        unit=attribute.unit,
        evidence=evidence,
        machine=row["machine"],
        doubt=doubt,
    )


def _without_effect(row: dict[str, Any], why: str) -> Ruling:
    return Ruling(row["decision_id"], row["attribute"], "none", (), row["decided_by"], doubt=why)


def evidence_of(db: Database, row: dict[str, Any]) -> tuple[Evidence, ...]:
    """The words that a decision rests on, where they still stand in a document."""
    return words_of(db, row)[0]

"""The decisions on a case's values as they are laid over what the machine found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litreview.errors import UsageError
from litreview.store.database import Database
from litreview.store.decisions import ON_VALUES
from litreview.store.overlay import Ruling
from litreview.store.quoted import words_of
from litreview.store.standing import difference, standing
from litreview.store.typed import typed

if TYPE_CHECKING:
    from litreview.model.topic import Attribute, Topic


def rulings(db: Database, case_id: str, topic: Topic, *, seen_by: str = "") -> tuple[Ruling, ...]:
    """The standing decisions on a case's values; those on attributes the topic lost are left out.

    One an attribute, and beside it, without effect, those of reviewers who differ. `seen_by` is a reviewer: their own
    decisions that nobody else sees yet stand above all.
    """
    known = {attribute.name: attribute for attribute in topic.attributes}
    found = [
        each
        for name, rows in _by_attribute(db, case_id).items()
        if name in known
        for each in _on_attribute(db, case_id, rows, known[name])
    ]
    own = [_ruling(db, row, known[row["attribute"]]) for row in _own(db, case_id, seen_by) if row["attribute"] in known]
    above = {each.attribute for each in own}
    found = [each for each in found if each.attribute not in above] + own
    return tuple(sorted(found, key=lambda each: each.decision_id))


def _by_attribute(db: Database, case_id: str) -> dict[str, list[dict[str, Any]]]:
    places = ", ".join("?" * len(ON_VALUES))
    rows = db.query(
        f"SELECT * FROM decisions WHERE subject = ? AND undone_at IS NULL AND action IN ({places}) "
        "ORDER BY decision_id DESC",
        [case_id, *ON_VALUES],
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["attribute"], []).append(row)
    return found


def _own(db: Database, case_id: str, reviewer: str) -> list[dict[str, Any]]:
    """What a reviewer has decided blind of a case, the last word on each attribute."""
    if not reviewer:
        return []
    rows = db.query(
        "SELECT * FROM blind_decisions WHERE subject = ? AND decided_by = ? AND undone_at IS NULL "
        "AND action <> 'note' ORDER BY decision_id",
        [case_id, reviewer],
    )
    return list({row["attribute"]: row for row in rows}.values())


def _on_attribute(db: Database, case_id: str, rows: list[dict[str, Any]], attribute: Attribute) -> list[Ruling]:
    machine = Found(db, case_id, attribute)
    row, differing = standing(rows, machine.outcome, machine.as_found)
    found = [_ruling(db, row, attribute)] if row is not None else []
    return found + [_without_effect(each, difference(differing)) for each in differing]


class Found:
    """What the machine has for an attribute of a case, and what is there after a decision on it."""

    def __init__(self, db: Database, case_id: str, attribute: Attribute) -> None:
        rows = db.execute(
            "SELECT value FROM machine_findings WHERE case_id = ? AND attribute = ?", [case_id, attribute.name]
        )
        self.attribute = attribute
        self.as_found = frozenset(_plain(row[0]) for row in rows)

    def outcome(self, row: dict[str, Any]) -> frozenset[object]:
        """The values that a decision leads to; with a qualifier where it was given one."""
        try:
            values = {_plain(value) for value in typed(row["value"], self.attribute)}
        except UsageError:
            values = {_plain(row["value"])}
        if row["action"] == "reject":
            return frozenset(self.as_found - values)
        if row["action"] == "not_reported":
            return frozenset()
        return frozenset(values if row["qualifier"] == "=" else {(row["qualifier"], *values)})


def _plain(value: object) -> object:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


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

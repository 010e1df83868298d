"""Decisions of people in the store: each is kept for good, the latest standing one of a subject counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litreview.errors import UsageError
from litreview.model.case import Value
from litreview.model.linkage import Outcome, Pair
from litreview.model.review import Decision
from litreview.store.database import Database, transaction
from litreview.store.documents import now
from litreview.store.overlay import Ruling

if TYPE_CHECKING:
    from litreview.model.topic import Attribute, Topic

ON_VALUES = ("accept", "correct", "reject", "not_reported")
ON_REPORTS = ("include", "exclude")
ON_PAIRS: dict[str, Outcome] = {"merge": "same", "split": "different"}


def save_decision(db: Database, decision: Decision) -> int:
    """Write a decision down and give its number; one that says what already stands is not doubled."""
    with transaction(db):
        standing = standing_decision(db, decision.subject, decision.attribute)
        if standing and all(standing[name] == getattr(decision, name) for name in ("action", "value", "decided_by")):
            return int(standing["decision_id"])
        row = {
            "subject": decision.subject,
            "attribute": decision.attribute,
            "action": decision.action,
            "value": decision.value,
            "decided_by": decision.decided_by,
            "why": decision.why,
            "decided_at": now(),
        }
        cursor = db.execute(
            f"INSERT INTO decisions ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )
        return int(cursor.lastrowid or 0)


def undo_decision(db: Database, decision_id: int) -> Decision:
    """Mark a decision undone and give it back; the one before it stands again. `UsageError` where there is none."""
    with transaction(db):
        rows = list(db.query("SELECT * FROM decisions WHERE decision_id = ?", [decision_id]))
        if not rows:
            raise UsageError(f"there is no decision {decision_id}", hint="see: litreview review list DB")
        if rows[0]["undone_at"]:
            raise UsageError(f"decision {decision_id} was undone before", hint="see: litreview review list DB")
        db.execute("UPDATE decisions SET undone_at = ?, waiting = '' WHERE decision_id = ?", [now(), decision_id])
        return _decision(rows[0])


def standing_decision(db: Database, subject: str, attribute: str = "") -> dict[str, Any] | None:
    """The latest decision on a subject's attribute that was not undone, as a row."""
    rows = db.query(
        "SELECT * FROM decisions WHERE subject = ? AND attribute = ? AND undone_at IS NULL "
        "AND action <> 'note' ORDER BY decision_id DESC LIMIT 1",
        [subject, attribute],
    )
    return next(iter(rows), None)


def load_decisions(db: Database, *, undone: bool = False) -> tuple[dict[str, Any], ...]:
    """All decisions in the order they were taken, as rows; undone ones only where asked for."""
    where = "" if undone else "WHERE undone_at IS NULL"
    return tuple(db.query(f"SELECT * FROM decisions {where} ORDER BY decision_id"))


def decided_pairs(db: Database) -> tuple[Pair, ...]:
    """Pairs of records that a person has merged or split, the latest standing word on each."""
    rows = db.query(
        "SELECT subject, attribute, action, decided_by, why FROM decisions WHERE action IN ('merge', 'split') "
        "AND undone_at IS NULL ORDER BY decision_id"
    )
    latest = {(row["subject"], row["attribute"]): row for row in rows}
    return tuple(
        Pair(left, right, ON_PAIRS[row["action"]], 1.0, _said(row))
        for (left, right), row in latest.items()
        if left != right
    )


def _said(row: dict[str, Any]) -> tuple[str, ...]:
    by = f"decided by {row['decided_by']}" if row["decided_by"] else "decided by a person"
    return (by, row["why"]) if row["why"] else (by,)


def rulings(db: Database, case_id: str, topic: Topic) -> tuple[Ruling, ...]:
    """The standing decisions on a case's values, one an attribute; those on attributes the topic lost are left out."""
    rows = db.query(
        "SELECT * FROM decisions WHERE subject = ? AND undone_at IS NULL AND action <> 'note' ORDER BY decision_id",
        [case_id],
    )
    latest = {row["attribute"]: row for row in rows if row["action"] in ON_VALUES}
    known = {attribute.name: attribute for attribute in topic.attributes}
    return tuple(
        Ruling(row["decision_id"], name, row["action"], typed(row["value"], known[name]), row["decided_by"])
        for name, row in latest.items()
        if name in known
    )


def typed(text: str, attribute: Attribute) -> tuple[Value, ...]:
    """A decided value as the attribute keeps it: none for empty, a list's items apart.

    Raises `UsageError` for what the attribute cannot be.
    """
    if not text.strip():
        return ()
    if attribute.type == "list":
        return tuple(dict.fromkeys(item.strip() for item in text.split(";") if item.strip()))
    if attribute.type in ("number", "integer"):
        return (_number(text, attribute),)
    if attribute.type == "category" and attribute.vocabulary and text.strip() not in attribute.vocabulary:
        raise UsageError(
            f"{text.strip()} is not a value of {attribute.name}", hint=f"one of: {', '.join(attribute.vocabulary)}"
        )
    return (text.strip(),)


def mark_waiting(db: Database, reasons: dict[int, str]) -> None:
    """Say of decisions why they wait for a person, or (empty) that they do not."""
    for decision_id, reason in reasons.items():
        db.execute(
            "UPDATE decisions SET waiting = ? WHERE decision_id = ? AND waiting <> ?", [reason, decision_id, reason]
        )


def _number(text: str, attribute: Attribute) -> Value:
    try:
        return int(text) if attribute.type == "integer" else float(text)
    except ValueError as error:
        kind = "whole number" if attribute.type == "integer" else "number"
        unit = f" of {attribute.unit}" if attribute.unit else ""
        raise UsageError(f"{text!r} is not a {kind}", hint=f"{attribute.name} is a {kind}{unit}") from error


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(
        subject=row["subject"],
        action=row["action"],
        attribute=row["attribute"],
        value=row["value"],
        decided_by=row["decided_by"],
        why=row["why"],
    )

"""Decisions of people in the store: each is kept for good, the latest standing one of a subject counts."""

from __future__ import annotations

from typing import Any

from litreview.errors import UsageError
from litreview.model.linkage import Outcome, Pair
from litreview.model.review import Decision
from litreview.store.database import Database, transaction
from litreview.store.documents import now

ON_VALUES = ("accept", "correct", "reject", "not_reported")
ON_REPORTS = ("include", "exclude")
ON_CASES = ("add_case", "delete_case", "split_case")
ON_PAIRS: dict[str, Outcome] = {"merge": "same", "split": "different"}

OPEN, BLIND = "decisions", "blind_decisions"

COLUMNS = (
    *("subject", "attribute", "action", "value", "decided_by", "why", "qualifier", "document_id", "start", "end"),
    *("quote", "basis", "source", "role", "label"),
)
"""What of a decision is written as it was given."""

_SAID = ("action", "value", "qualifier", "decided_by", "document_id", "start", "end", "quote", "basis", "role", "label")

# A person stands above a named source, who decides between two reviewers above both; then the later word counts.
BY_STANDING = "ORDER BY role = 'adjudicator' DESC, source = '' DESC, decision_id DESC"


def save_decision(db: Database, decision: Decision, *, table: str = OPEN) -> int:
    """Write a decision down and give its number; one that says what already stands is not doubled.

    What the machine has at this moment is noted with it, so that it can be told when that changes. In the table of
    blind decisions each reviewer repeats only what they said themselves.
    """
    row = {name: getattr(decision, name) for name in COLUMNS}
    row["document_id"] = row["document_id"] or None
    with transaction(db):
        row["machine"] = _machine(db, decision)
        standing = _before(db, decision, table)
        if standing and all(standing[name] == row[name] for name in _SAID) and not _is_outdated(standing, row):
            return int(standing["decision_id"])
        return _insert(db, row, table)


def save_source_decision(db: Database, decision: Decision) -> int | None:
    """Like `save_decision` for a named source; `None` where a person has undone this very word of it before."""
    with transaction(db):
        undone = db.execute(
            "SELECT 1 FROM decisions WHERE source = ? AND subject = ? AND attribute = ? AND action = ? AND value = ? "
            "AND undone_at IS NOT NULL AND undone_by <> source",
            [decision.source, decision.subject, decision.attribute, decision.action, decision.value],
        ).fetchone()
        return None if undone else save_decision(db, decision)


def _insert(db: Database, row: dict[str, Any], table: str) -> int:
    """Write a row down as of this moment, under the next number of both tables."""
    last = db.execute(
        "SELECT max(coalesce(max(decision_id), 0), (SELECT coalesce(max(decision_id), 0) FROM blind_decisions)) "
        "FROM decisions"
    ).fetchone()[0]
    row = {**row, "decision_id": last + 1, "decided_at": now()}
    columns = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(row.values()))
    return int(row["decision_id"])


def undo_decision(db: Database, decision_id: int, *, by: str = "") -> Decision:
    """Mark a decision undone and give it back; the one before it stands again. `UsageError` where there is none."""
    with transaction(db):
        row = decision_row(db, decision_id)
        if row["undone_at"]:
            raise UsageError(f"decision {decision_id} was undone before", hint="see: litreview review list DB")
        db.execute(
            "UPDATE decisions SET undone_at = ?, undone_by = ?, waiting = '' WHERE decision_id = ?",
            [now(), by, decision_id],
        )
        return decision_of(row)


def decision_row(db: Database, decision_id: int) -> dict[str, Any]:
    """A decision as a row; `UsageError` where there is none."""
    for row in db.query("SELECT * FROM decisions WHERE decision_id = ?", [decision_id]):
        return row
    raise UsageError(f"there is no decision {decision_id}", hint="see: litreview review list DB --decisions")


def standing_decision(db: Database, subject: str, attribute: str = "") -> dict[str, Any] | None:
    """The decision on a subject's attribute that counts, as a row: a person's before a source's, the latest of them."""
    rows = db.query(
        "SELECT * FROM decisions WHERE subject = ? AND attribute = ? AND undone_at IS NULL "
        f"AND action NOT IN ('note', 'add_case', 'delete_case', 'split_case') {BY_STANDING} LIMIT 1",
        [subject, attribute],
    )
    return next(iter(rows), None)


def load_decisions(db: Database, *, undone: bool = False) -> tuple[dict[str, Any], ...]:
    """All decisions in the order they were taken, as rows; undone ones only where asked for."""
    where = "" if undone else "WHERE undone_at IS NULL"
    return tuple(db.query(f"SELECT * FROM decisions {where} ORDER BY decision_id"))


def decided_pairs(db: Database) -> tuple[Pair, ...]:
    """Pairs of records or of patients' cases that a person has merged or split, the latest standing word on each."""
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


def mark_waiting(db: Database, reasons: dict[int, str]) -> None:
    """Say of decisions why they wait for a person, or (empty) that they do not."""
    for decision_id, reason in reasons.items():
        db.execute(
            "UPDATE decisions SET waiting = ? WHERE decision_id = ? AND waiting <> ?", [reason, decision_id, reason]
        )


def decision_of(row: dict[str, Any]) -> Decision:
    """The decision that a row keeps."""
    given = {name: row[name] for name in COLUMNS}
    return Decision(**{**given, "document_id": row["document_id"] or ""})


def _said(row: dict[str, Any]) -> tuple[str, ...]:
    by = f"decided by {row['decided_by']}" if row["decided_by"] else "decided by a person"
    return (by, row["why"]) if row["why"] else (by,)


def _before(db: Database, decision: Decision, table: str) -> dict[str, Any] | None:
    """What the decision would repeat: of a source, or blind, one's own last word, else whatever a person said last."""
    own = [decision.decided_by] if table == BLIND or decision.role == "reviewer" else []
    rows = db.query(
        f"SELECT * FROM {table} WHERE subject = ? AND attribute = ? AND undone_at IS NULL AND source = ? "
        "AND (action = 'note') = ? AND (action IN ('add_case', 'delete_case')) = ? "
        f"{'AND decided_by = ?' if own else ''} ORDER BY decision_id DESC LIMIT 1",
        [
            decision.subject,
            decision.attribute,
            decision.source,
            decision.action == "note",
            decision.action in ("add_case", "delete_case"),
            *own,
        ],
    )
    return next(iter(rows), None)


def _is_outdated(standing: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a person says again what they said before the machine found something else: that is worth a note."""
    return not row["source"] and bool(standing["waiting"]) and standing["machine"] != row["machine"]


def _machine(db: Database, decision: Decision) -> str | None:
    """What the machine has: of a case's attribute its values, of a report the reason against it (`yes`: none)."""
    if decision.action in ON_VALUES:
        rows = db.execute(
            "SELECT value FROM machine_findings WHERE case_id = ? AND attribute = ? ORDER BY n",
            [decision.subject, decision.attribute],
        )
        return "; ".join(str(row[0]) for row in rows)
    if decision.action in ON_REPORTS:
        return verdict_word(db, decision.subject)
    return None


def verdict_word(db: Database, report: str) -> str:
    """`yes`, or the reason for which screening leaves a report out; empty where there is nothing to screen."""
    row = db.execute(
        "SELECT eligible, reason FROM screenings WHERE record_id = :report AND EXISTS (SELECT 1 FROM documents "
        "JOIN records USING (record_id) WHERE :report IN (records.record_id, records.duplicate_of))",
        {"report": report},
    ).fetchone()
    return "" if row is None else "yes" if row[0] == "yes" else str(row[1])

"""What people decided about a case or a report, the latest first, and which decision stands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from litreview.serve.reading import rows


@dataclass(frozen=True, slots=True)
class Past:
    """A decision as pages tell it; `stands` where it is the one that counts now, `unseen` by any but its taker."""

    number: int
    subject: str
    attribute: str
    action: str
    value: str
    by: str
    why: str
    at: str
    undone_at: str
    waiting: str
    stands: bool
    unseen: bool


def past(connection: sqlite3.Connection, subject: str, viewer: str = "") -> tuple[Past, ...]:
    """Every decision about a case or a report that the viewer may see, the latest first, undone ones too.

    What two reviewers decide unseen is shown to each of them alone.
    """
    if viewer:
        from litreview import store

        db = store.Database(connection, execute_plugins=False)
        seen = [row for row in store.visible_decisions(db, viewer, subject) if row["subject"] == subject]
        return tuple(_told(list(reversed(seen))))
    return tuple(
        _told(rows(connection, "SELECT * FROM decisions WHERE subject = ? ORDER BY decision_id DESC", subject))
    )


def latest(connection: sqlite3.Connection, limit: int = 200) -> tuple[Past, ...]:
    """The last decisions of all."""
    return tuple(_told(rows(connection, "SELECT * FROM decisions ORDER BY decision_id DESC LIMIT ?", limit)))


def _told(found: list[dict[str, object]]) -> list[Past]:
    """In the order given, the latest first: of each attribute the first that was not undone stands."""
    standing: set[tuple[object, object]] = set()
    told = []
    for row in found:
        about = (row["subject"], row["attribute"])
        stands = not row["undone_at"] and row["action"] != "note" and about not in standing
        if stands:
            standing.add(about)
        told.append(
            Past(
                number=int(str(row["decision_id"])),
                subject=str(row["subject"]),
                attribute=str(row["attribute"]),
                action=str(row["action"]),
                value=str(row["value"]).removesuffix(".0"),
                by=str(row["decided_by"]),
                why=str(row["why"]),
                at=str(row["decided_at"]),
                undone_at=str(row["undone_at"] or ""),
                waiting=str(row["waiting"]),
                stands=stands,
                unseen=row.get("role") == "reviewer" and not row.get("disclosed_at"),
            )
        )
    return told

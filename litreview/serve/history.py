"""What people decided about a case or a report, the latest first, and which decision stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from litreview.serve.reading import rows


@dataclass(frozen=True, slots=True)
class Past:
    """A decision as pages tell it; `stands` where it is the one that counts now."""

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


def past(connection: sqlite3.Connection, subjects: Sequence[str]) -> tuple[Past, ...]:
    """Every decision about the subjects, undone ones too."""
    places = ", ".join("?" * len(subjects))
    return tuple(
        _told(
            rows(
                connection, f"SELECT * FROM decisions WHERE subject IN ({places}) ORDER BY decision_id DESC", *subjects
            )
        )
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
            )
        )
    return told

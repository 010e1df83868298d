"""What people decided about a case or a report, the latest first, and which decision stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from litreview.serve.reading import rows
from litreview.serve.waiting import named_subjects


@dataclass(frozen=True, slots=True)
class Past:
    """A decision as pages tell it; `stands` where it is the one that counts now, `unseen` by any but its taker.

    `about` is the case or report, where a page of many decisions has to name it.
    """

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
    about: Mapping[str, Any] = field(default_factory=dict)


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
    """The last decisions of all, with what each is about."""
    told = _told(rows(connection, "SELECT * FROM decisions ORDER BY decision_id DESC LIMIT ?", limit))
    named = named_subjects(connection, [one.subject for one in told])
    return tuple(replace(one, about=named.get(one.subject, {})) for one in told)


def _told(found: list[dict[str, object]]) -> list[Past]:
    """In the order given, the latest first: of each attribute the first that was not undone and is agreed on stands."""
    standing: set[tuple[object, object]] = set()
    told = []
    for row in found:
        about = (row["subject"], row["attribute"])
        differ = row.get("role") == "reviewer" and row["waiting"]
        stands = not row["undone_at"] and not differ and row["action"] != "note" and about not in standing
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

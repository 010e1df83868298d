"""Two independent reviewers: how far each is with a report, where they differ, and how well they agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litreview.serve.codebook import Column, attributes
from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import words
from litreview.serve.reading import one, rows
from litreview.serve.values import written

if TYPE_CHECKING:
    from litreview.evaluate.agreement import Agreement

_DIFFER = """
SELECT * FROM decisions WHERE role = 'reviewer' AND waiting <> '' AND undone_at IS NULL
ORDER BY subject, attribute, decided_by
"""
_MACHINE = """
SELECT value, qualifier, quote, confidence FROM machine_findings WHERE case_id = ? AND attribute = ? ORDER BY n
"""
_CASE = "SELECT record_id, first_author, year, case_label, title FROM cases WHERE case_id = ?"
_RECORD = "SELECT record_id, authors AS first_author, year, title FROM records WHERE record_id = ?"


@dataclass(frozen=True, slots=True)
class Review:
    """How far a report is: whether the viewer is done with it, how many are, and since when all is disclosed."""

    record_id: str
    mine: bool
    done: int
    disclosed_at: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell, or a report's verdict, on which two reviewers differ, and what the machine says."""

    subject: str
    column: Column | None
    attribute: str
    about: dict[str, Any]
    said: tuple[dict[str, Any], ...]
    reason: str
    machine: tuple[dict[str, Any], ...]


def review_of(connection: sqlite3.Connection, report: str, viewer: str) -> Review | None:
    """How far the review of a report is; `None` where decisions count at once, or for who does not decide."""
    from litreview import store

    db = store.Database(connection, execute_plugins=False)
    if not viewer or store.review_mode(db) == "single":
        return None
    progress = store.progress_of(db, report)
    mine = any(row["reviewer"] == viewer for row in progress)
    disclosed = next((row["disclosed_at"] for row in progress if row["disclosed_at"]), "")
    return Review(report, mine, len(progress), disclosed)


def read_tasks(connection: sqlite3.Connection, viewer: str) -> dict[str, Any]:
    """The viewer's reports, what is to do first."""
    from litreview import store

    db = store.Database(connection, execute_plugins=False)
    mode = store.review_mode(db)
    return {"mode": mode, "tasks": store.review_tasks(db, viewer) if viewer and mode == "dual" else ()}


def read_differences(connection: sqlite3.Connection, known: Knowledge) -> tuple[Difference, ...]:
    """Where disclosed reviewers differ and nobody has settled it yet."""
    columns = attributes(known)
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows(connection, _DIFFER):
        grouped.setdefault((row["subject"], row["attribute"]), []).append(row)
    return tuple(_difference(connection, columns, *key, said) for key, said in grouped.items())


def read_agreement(known: Knowledge) -> tuple[Agreement, ...]:
    """How far each two extractors agree, by attribute."""
    from litreview.steps.agreement import agreement

    return agreement(known.path, rules_dir=known.rules_dir)


def _difference(
    connection: sqlite3.Connection,
    columns: Mapping[str, Column],
    subject: str,
    attribute: str,
    said: list[dict[str, Any]],
) -> Difference:
    cell = (subject, attribute)
    machine = rows(connection, _MACHINE, *cell)
    about = one(connection, _CASE, subject) or one(connection, _RECORD, subject) or {}
    return Difference(
        subject=subject,
        column=columns.get(attribute) or (Column(attribute, words(attribute)) if attribute else None),
        attribute=attribute,
        about=about,
        said=tuple(said),
        reason=said[0]["waiting"],
        machine=tuple(row | {"shown": written(row["value"], row["qualifier"])} for row in machine),
    )

"""The cases a report is known to have: as they were last read, and as people and named sources tell them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from litreview.store.codec import value_to_json
from litreview.store.database import Database
from litreview.store.identity import Identity
from litreview.store.rulings import rulings

if TYPE_CHECKING:
    from litreview.model.topic import Topic


def known_cases(db: Database, members: tuple[str, ...], topic: Topic) -> tuple[Identity, ...]:
    """Every identity of the cases of some records; one that people added has a second one, made of their decisions."""
    places = ", ".join("?" * len(members))
    rows = list(db.query(f"SELECT * FROM case_identities WHERE record_id IN ({places}) ORDER BY rowid", list(members)))
    read = (_read(row) for row in rows)
    return (*read, *(told for row in rows for told in _told(db, row, topic)))


def write_identity(db: Database, report: str, known: Identity, *, citation: str, document_ids: tuple[str, ...]) -> None:
    """Keep what a case is known by, in place of what it was known by before."""
    row = {
        "case_id": known.case_id,
        "record_id": report,
        "source": known.source,
        "label": known.label,
        "marks": value_to_json(known.marks),  # type: ignore[arg-type]
        "spans": value_to_json(known.spans),  # type: ignore[arg-type]
        "citation": citation,
        "document_ids": "; ".join(document_ids),
    }
    db.table("case_identities").upsert(row, pk="case_id")


def _read(row: dict[str, Any]) -> Identity:
    return Identity(
        case_id=row["case_id"],
        source=row["source"],
        label=row["label"],
        marks=tuple((name, value) for name, value in json.loads(row["marks"])),
        spans=tuple((document, start, end) for document, start, end in json.loads(row["spans"])),
        patient_id=row["patient_id"],
    )


def _told(db: Database, row: dict[str, Any], topic: Topic) -> Iterator[Identity]:
    added = db.execute(
        "SELECT label FROM decisions WHERE subject = ? AND action = 'add_case' AND undone_at IS NULL "
        "ORDER BY source = '' DESC, decision_id DESC",
        [row["case_id"]],
    ).fetchone()
    if added is None:
        return
    decided = [each for each in rulings(db, row["case_id"], topic) if each.action in ("accept", "correct")]
    marked = {attribute.name for attribute in topic.attributes if attribute.identifies > 0}
    marks = [(each.attribute, json.dumps(value)) for each in decided for value in each.values]
    spans = {(words.document_id, words.span.start, words.span.end) for each in decided for words in each.evidence}
    yield Identity(
        case_id=row["case_id"],
        source=row["source"],
        label=added[0],
        marks=tuple(sorted(mark for mark in marks if mark[0] in marked)),
        spans=tuple(sorted(spans)),
    )

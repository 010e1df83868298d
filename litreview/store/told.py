"""The state of a knowledge base as its last version told it, and what is different now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from litreview.store.database import Database, transaction
from litreview.store.tables import CASE_COLUMNS, PATIENT_COLUMNS

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing before and now, each as its columns; `None` where it was or is not there."""

    kind: str
    id: str
    before: Content | None
    now: Content | None


def differences(db: Database, figures: Iterable[tuple[str, Content]] = ()) -> tuple[Difference, ...]:
    """What is not as the last version told it, in the order of kinds and ids.

    `figures` are the pooled ones, by their name, which the store does not know by itself.
    """
    _gather(db, figures)
    rows = db.execute(
        "SELECT now.kind, now.id, told.content, now.content FROM temp.now LEFT JOIN told USING (kind, id) "
        "WHERE told.content IS NOT now.content UNION ALL "
        "SELECT kind, id, content, NULL FROM told WHERE (kind, id) NOT IN (SELECT kind, id FROM temp.now) "
        "ORDER BY 1, 2"
    ).fetchall()
    return tuple(Difference(kind, name, _content(before), _content(now)) for kind, name, before, now in rows)


def tell(db: Database) -> None:
    """Make what `differences` last found the state that the next version is compared with."""
    with transaction(db):
        db.execute("DELETE FROM told WHERE (kind, id) NOT IN (SELECT kind, id FROM temp.now)")
        db.execute(
            "INSERT INTO told SELECT kind, id, content FROM temp.now WHERE true "
            "ON CONFLICT DO UPDATE SET content = excluded.content WHERE content <> excluded.content"
        )


def _gather(db: Database, figures: Iterable[tuple[str, Content]]) -> None:
    """The state now, in a table of this connection alone; nobody who writes has to wait for it."""
    db.execute("DROP TABLE IF EXISTS temp.now")
    db.execute("CREATE TEMP TABLE now (kind TEXT, id TEXT, content TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID")
    for kind, sql in _states(db):
        db.execute(f"INSERT OR IGNORE INTO temp.now SELECT '{kind}', id, content FROM ({sql})")
    for name, content in figures:
        db.execute("INSERT INTO temp.now VALUES ('figure', ?, ?)", [name, json.dumps(content, ensure_ascii=False)])


def _states(db: Database) -> Iterator[tuple[str, str]]:
    own = "eligible = 'yes' AND case_source = 'own'"
    yield "record", _RECORDS
    yield "case", f"SELECT case_id AS id, {_content_of(db, 'cases', _OF_CASES)} AS content FROM cases WHERE {own}"
    yield (
        "patient",
        f"SELECT patient_id AS id, {_content_of(db, 'patients', ('case_ids',))} AS content FROM patients",
    )
    yield "waiting", _WAITING


_OF_CASES = ("record_id", "patient_id", "full_text")
_RECORDS = """
SELECT record_id AS id, json_object('status', status, 'revised', revised, 'duplicate_of', duplicate_of,
    'eligible', eligible, 'exclusion_reason', exclusion_reason, 'full_text',
    EXISTS (SELECT 1 FROM documents WHERE documents.record_id = records.record_id AND kind = 'fulltext')) AS content
FROM records
"""
_WAITING = """
SELECT kind || char(31) || subject || char(31) || attribute || char(31) || coalesce(value, '') AS id,
    json_object('kind', kind, 'subject', subject, 'attribute', attribute, 'value', value, 'reason', reason) AS content
FROM queue
"""


def _content_of(db: Database, table: str, kept: tuple[str, ...]) -> str:
    """An expression for a row's attributes as JSON; `json_object` takes fewer than a topic may have."""
    fixed = CASE_COLUMNS if table == "cases" else PATIENT_COLUMNS
    names = [column.name for column in db[table].columns if column.name not in fixed or column.name in kept]
    return "'{' || " + " || ',' || ".join(f"""'"{name}":' || json_quote("{name}")""" for name in names) + " || '}'"


def _content(text: str | None) -> Content | None:
    return None if text is None else json.loads(text)

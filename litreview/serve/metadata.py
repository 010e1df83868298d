"""What Datasette is told of a knowledge base: titles, descriptions, facets, what may be sorted, saved questions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import Any

from litreview.serve.addresses import ARRANGED
from litreview.serve.codebook import columns, tables
from litreview.serve.knowledge import Knowledge

ROWS = 50
"""Cases on a page: each has dozens of cells, and a page should be there before one has thought of another."""

NEWEST = "year"
"""The case table is shown by this column, latest first."""


def metadata(known: Knowledge) -> dict[str, Any]:
    """Datasette's metadata of the database, made anew each time, since Datasette writes into what it is given."""
    fresh = _copied(_metadata(known))
    assert isinstance(fresh, dict)
    return fresh


def questions(known: Knowledge) -> dict[str, dict[str, str | bool]]:
    """The topic's saved questions as Datasette's canned queries, the SQL folded away."""
    if known.topic is None:
        return {}
    return {
        question.name: {
            "sql": question.sql,
            "title": question.title,
            "description": question.description,
            "hide_sql": True,
        }
        for question in known.topic.questions
    }


@cache
def _metadata(known: Knowledge) -> dict[str, Any]:
    present = _columns_and_indexes(known)
    described = {table: _table(known, table, *present[table]) for table in tables() if table in present}
    for table in described:
        if f"{table}_fts" in present:  # Datasette finds it by itself only where its SQL is quoted in one of two ways
            described[table]["fts_table"] = f"{table}_fts"
    topic = known.topic
    return {
        "title": topic.title if topic else known.name,
        "description": " ".join(topic.question.split()) if topic else "",
        "tables": described,
    }


def _table(known: Knowledge, table: str, names: list[str], indexed: set[str]) -> dict[str, Any]:
    described = columns(known, table)
    found: dict[str, Any] = {
        "title": tables()[table].get("title", table),
        "description": tables()[table].get("description", ""),
        "columns": {name: described[name].sentence for name in names if name in described},
        "sortable_columns": [name for name in names if table in ARRANGED or name not in indexed],
        "hidden": bool(tables()[table].get("hidden")),
    }
    if known.topic and table in ("cases", "patients"):
        found["facets"] = [name for name in known.topic.facets if name in names]
    if table == "cases":
        found |= {"sort_desc": NEWEST, "size": ROWS}
    if table == "records":
        found |= {"facets": ["eligible", "exclusion_reason", "status"], "sort_desc": NEWEST}
    if table in ("findings", "candidates", "machine_findings"):
        found["facets"] = ["attribute", "origin"]
    return found


def _columns_and_indexes(known: Knowledge) -> dict[str, tuple[list[str], set[str]]]:
    with closing(sqlite3.connect(f"{known.path.as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        return {name: (_names(connection, name), _indexed(connection, name)) for (name,) in names}


def _names(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]


def _indexed(connection: sqlite3.Connection, table: str) -> set[str]:
    """Columns that Datasette must not sort by: an index would give them in order, and they are not unique.

    Its first page by such a column has no second key, while the later ones have; rows are then lost and doubled
    between pages (Datasette 0.65). The wide tables have pages of our own, without that fault: see `wide`.
    """
    found = set()
    for name, unique in connection.execute('SELECT name, "unique" FROM pragma_index_list(?)', [table]).fetchall():
        keys = [row[0] for row in connection.execute("SELECT name FROM pragma_index_info(?)", [name])]
        if keys and not (unique and len(keys) == 1):
            found.add(keys[0])
    return found


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return list(value) if isinstance(value, list) else value

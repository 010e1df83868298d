"""What Datasette's connections may not read, whoever asks and whatever the SQL: an authorizer of SQLite says no.

Whole texts of papers may not be passed on where their licence does not say so, and SQL could not be told which row it
may show; so the columns that hold them are closed to it altogether, as is the full-text index, from which a text could
be put together again. Our own pages read through the store and decide document by document.

The rule is by table and column and never by the view that asks: SQLite names a common table expression in its place,
and anybody may call theirs what they like.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from litreview.serve.knowledge import PLUGIN, all_knowledge, knowledge

TEXTS = {
    "documents": ("text", "structure"),
    "passages": ("text",),
    "bibliographies": ("entry",),
    "document_cases": ("content",),
}
"""Columns with whole texts, or with what whole texts can be made of again."""

BLIND = "blind_decisions"
"""What one of two reviewers decided and the other may not see before both are done: closed in any case."""

SNAPSHOTS = "snapshots"
"""What was frozen holds all of this as one file, in the column `content`: closed in any case."""

_INDEXED, _INDEX = "passages", "passages_fts"
_SETTINGS = "passages_fts_config"  # read whenever SQLite looks at the index at all, and without a word of a text
_RAW = ("sqlite_dbpage", "dbstat", "sqlite_stmt", "sqlite_stat4")
_MEMORY = "_memory"


def close(connection: sqlite3.Connection, database: str | None, datasette: Any) -> None:
    """Set the authorizer on a connection to one of our databases, or to one that has them attached."""
    if knowledge(datasette, database):
        connection.set_authorizer(_authorizer(lambda schema: True, _denied(datasette)))
    elif database == _MEMORY and datasette.crossdb and all_knowledge(datasette):
        ours = {known.name for known in all_knowledge(datasette)}
        connection.set_authorizer(_authorizer(ours.__contains__, _denied(datasette)))


def is_withheld(datasette: Any, table: str) -> bool:
    """Whether Datasette's own page of the table could not be shown."""
    return table in (BLIND, SNAPSHOTS) or (bool(_denied(datasette)) and (table in TEXTS or table.startswith(_INDEX)))


def _denied(datasette: Any) -> dict[str, tuple[str, ...]]:
    return {} if _texts_open(datasette) else TEXTS


def _texts_open(datasette: Any) -> bool:
    """The plugin's setting `whole_texts`: on a machine of one's own SQL may read what one has fetched oneself."""
    return bool((datasette.plugin_config(PLUGIN) or {}).get("whole_texts"))


def _authorizer(ours: Callable[[str], bool], denied: dict[str, tuple[str, ...]]) -> Callable[..., int]:
    def ask(action: int, table: str | None, column: str | None, schema: str | None, view: str | None) -> int:
        if action != sqlite3.SQLITE_READ or not table:
            return sqlite3.SQLITE_OK
        name = table.lower()
        if name in _RAW:
            return sqlite3.SQLITE_DENY
        if not ours(schema or ""):
            return sqlite3.SQLITE_OK
        if column and (name == BLIND or (name, column.lower()) == (SNAPSHOTS, "content")):
            return sqlite3.SQLITE_DENY
        if denied and column and name.startswith(_INDEX) and name != _SETTINGS:  # no column: only counted
            return sqlite3.SQLITE_DENY
        if (column or "").lower() not in denied.get(name, ()):
            return sqlite3.SQLITE_OK
        # Of what the index is made of, SQL gets nothing in place of an error: counting the index looks there too.
        return sqlite3.SQLITE_IGNORE if name == _INDEXED else sqlite3.SQLITE_DENY

    return ask

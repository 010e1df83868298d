"""Rows and documents for our own pages, read through the store: what is shown of them is for the page to say."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from litreview.model.document import Document
    from litreview.serve.knowledge import Knowledge

T = TypeVar("T")


async def read(datasette: Any, known: Knowledge, query: Callable[[sqlite3.Connection], T]) -> T:
    """What a function finds in the knowledge base; all its queries see it as it was at one moment."""
    return await in_thread(datasette, lambda: at_once(known, query))


async def in_thread(datasette: Any, work: Callable[[], T]) -> T:
    """Do what takes its time beside the server's loop."""
    return await asyncio.get_running_loop().run_in_executor(datasette.executor, work)


def at_once(known: Knowledge, query: Callable[[sqlite3.Connection], T]) -> T:
    """What a function finds in the knowledge base as it is at one moment, while others write."""
    from litreview import store

    with store.open_database(known.path, readonly=True) as db:
        db.conn.execute("BEGIN")
        try:
            return query(db.conn)
        finally:
            db.conn.rollback()


def rows(connection: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    """All rows of a query."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one(connection: sqlite3.Connection, sql: str, *values: object) -> dict[str, Any] | None:
    """The first row of a query, `None` where there is none."""
    return next(iter(rows(connection, sql, *values)), None)


def documents_of(connection: sqlite3.Connection, report: str, also: Iterable[str] = ()) -> tuple[Document, ...]:
    """The documents of a report and its duplicates, and those named in `also`; full texts first."""
    from litreview.store.codec import document_from_row

    named = sorted(set(also))
    places = ", ".join("?" * len(named))
    found = rows(
        connection,
        "SELECT documents.* FROM documents JOIN records USING (record_id) "
        f"WHERE record_id = ? OR duplicate_of = ? OR document_id IN ({places}) "
        "ORDER BY kind = 'abstract', format, document_id",
        report,
        report,
        *named,
    )
    return tuple(document_from_row(row) for row in found)

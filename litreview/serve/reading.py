"""Rows and documents out of the connection that Datasette reads with."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from litreview.model.document import Document


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

"""How records were found, for the flow of the review."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from litreview.store.database import Database, joined, transaction

Method = Literal["database", "citations", "hand", "previous"]


def note_found(db: Database, record_ids: Iterable[str], method: Method, source: str = "") -> None:
    """Note how records were found: each way once, whatever else found them.

    `source` is the database's name, or the file that was exported from one; of citations the way they lead; of a
    previous version of the review its name.
    """
    with joined(db):
        rows = [(record_id, method, source) for record_id in record_ids]
        db.conn.executemany("INSERT OR IGNORE INTO record_sources VALUES (?, ?, ?)", rows)


def note_found_by_search(db: Database, search_id: int, source: str) -> None:
    """Note of the records that are there already that a search has found them too."""
    with transaction(db):
        db.execute(
            "INSERT OR IGNORE INTO record_sources SELECT DISTINCT identifiers.record_id, 'database', ? "
            "FROM search_results JOIN identifiers ON scheme = 'pmid' AND value = search_results.pmid "
            "WHERE search_id = ?",
            [source, search_id],
        )

"""The included reports as references."""

from __future__ import annotations

from litreview.export.references.reference import Reference, references
from litreview.steps.exported import Source
from litreview.store import load_record


def included(source: Source, suffix: str) -> tuple[Reference, ...]:
    """One for each included report, by year and author."""
    rows = source.db.execute(
        "SELECT record_id FROM records WHERE eligible = 'yes' AND duplicate_of IS NULL "
        "ORDER BY year, authors, pmid IS NULL, length(pmid), pmid, record_id"
    )
    return references(load_record(source.db, record_id) for (record_id,) in rows.fetchall())

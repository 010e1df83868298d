"""What citations of included reports lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from litreview.store.database import Database, transaction

Way = Literal["references", "citing"]
Lead = tuple[str, str, str, Way, str]
"""Scheme and value of a paper's name, the report it was found from, the way, and who told it."""


def save_leads(db: Database, leads: Iterable[Lead]) -> None:
    """Keep leads, each once."""
    with transaction(db):
        db.conn.executemany("INSERT OR IGNORE INTO leads VALUES (?, ?, ?, ?, ?)", leads)


def pmids_of_included(db: Database) -> dict[str, tuple[str, ...]]:
    """The included reports with their PMIDs, those of duplicates with them."""
    rows = db.execute(
        "SELECT report.record_id, member.pmid FROM records AS report JOIN records AS member "
        "ON report.record_id IN (member.record_id, member.duplicate_of) "
        "WHERE report.eligible = 'yes' AND report.duplicate_of IS NULL ORDER BY report.rowid, member.rowid"
    )
    reports: dict[str, tuple[str, ...]] = {}
    for report, pmid in rows.fetchall():
        reports[report] = (*reports.get(report, ()), *((str(pmid),) if pmid else ()))
    return reports


def leads_to_fetch(db: Database) -> dict[tuple[str, str], tuple[Way, ...]]:
    """Scheme and value of what is not in the knowledge base, nor gone from PubMed, with the ways that lead there."""
    rows = db.execute(
        "SELECT scheme, value, group_concat(DISTINCT way) FROM leads WHERE (scheme, value) NOT IN "
        "(SELECT scheme, value FROM identifiers) AND value NOT IN (SELECT pmid FROM gone_pmids) "
        "GROUP BY scheme, value ORDER BY scheme, length(value), value"
    )
    return {(scheme, value): tuple(sorted(ways.split(","))) for scheme, value, ways in rows.fetchall()}


def note_leads(db: Database) -> None:
    """Note of the records that are there that citations lead to them as well, except from the report itself."""
    db.execute(
        "INSERT OR IGNORE INTO record_sources SELECT DISTINCT identifiers.record_id, 'citations', way FROM leads "
        "JOIN identifiers USING (scheme, value) WHERE identifiers.record_id <> report"
    )


def snowball_rows(db: Database) -> tuple[dict[str, Any], ...]:
    """The leads, a row a paper, those that are not in the knowledge base first."""
    return tuple(db.query("SELECT * FROM snowball"))

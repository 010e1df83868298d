"""PMIDs that PubMed counts for a search and no longer has."""

from __future__ import annotations

from collections.abc import Iterable

from litreview.store.database import Database, transaction
from litreview.store.documents import now


def note_gone(db: Database, pmid: str, reason: str, merged_into: str = "") -> None:
    """Note that PubMed has deleted a PMID, or merged it into another, under which its record then answers too."""
    with transaction(db):
        db.execute(
            "INSERT INTO gone_pmids VALUES (?, ?, ?, ?) ON CONFLICT (pmid) DO UPDATE "
            "SET reason = excluded.reason, merged_into = excluded.merged_into",
            [pmid, reason, merged_into or None, now()],
        )
        db.execute(
            "INSERT OR IGNORE INTO identifiers SELECT 'pmid', ?, record_id FROM records WHERE pmid = ?",
            [pmid, merged_into],
        )


def not_gone(db: Database, pmids: Iterable[str]) -> None:
    """Forget it of PMIDs that PubMed has given after all."""
    with transaction(db):
        db.conn.executemany("DELETE FROM gone_pmids WHERE pmid = ?", [(pmid,) for pmid in pmids])


def gone(db: Database) -> dict[str, str]:
    """The PMIDs, each with the reason: `deleted` or `merged`."""
    return {str(pmid): str(reason) for pmid, reason in db.execute("SELECT pmid, reason FROM gone_pmids").fetchall()}

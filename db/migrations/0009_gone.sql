-- PMIDs that PubMed counts for a search and no longer has: deleted, or merged into another record. They are not asked for
-- again, and PubMed's count is the sum of what is stored and what is listed here.
CREATE TABLE gone_pmids (
    pmid TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    merged_into TEXT,
    noticed_at TEXT NOT NULL
) WITHOUT ROWID;

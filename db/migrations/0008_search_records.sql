-- What PRISMA-S asks of a search beside its query: the platform, limits, who asked; and the version of the named query.
ALTER TABLE searches ADD COLUMN platform TEXT NOT NULL DEFAULT '';
ALTER TABLE searches ADD COLUMN limits TEXT NOT NULL DEFAULT '';
ALTER TABLE searches ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE searches ADD COLUMN query_version INTEGER;
UPDATE searches SET query_version = (
    SELECT count(DISTINCT earlier.query) FROM searches AS earlier
    WHERE earlier.name = searches.name AND earlier.search_id <= (
        SELECT min(first.search_id) FROM searches AS first
        WHERE first.name = searches.name AND first.query = searches.query));

-- What a changed query finds that its former version, asked at the same time, does not, and the other way round.
CREATE TABLE search_changes (
    search_id INTEGER NOT NULL REFERENCES searches (search_id) ON DELETE CASCADE,
    change TEXT NOT NULL,
    pmid TEXT NOT NULL,
    PRIMARY KEY (search_id, change, pmid)
) WITHOUT ROWID;

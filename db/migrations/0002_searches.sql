-- The clauses of the topic's search that were switched off, and when all that a search found had been fetched: from that
-- search on the next one asks what was revised.
ALTER TABLE searches ADD COLUMN clauses_off TEXT NOT NULL DEFAULT '';
ALTER TABLE searches ADD COLUMN fetched_at TEXT;
UPDATE searches SET fetched_at = searched_at;

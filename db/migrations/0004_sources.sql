-- How each record was found: by a database (PubMed, or the file of an export), by citations, by hand, or because a former
-- version of the review had it. One found in several ways has a row for each, so that the flow can count what they share.
CREATE TABLE record_sources (
    record_id TEXT NOT NULL REFERENCES records (record_id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (record_id, method, source)
) WITHOUT ROWID;

INSERT INTO record_sources (record_id, method, source)
    SELECT DISTINCT identifiers.record_id, 'database', 'PubMed'
    FROM search_results JOIN identifiers ON scheme = 'pmid' AND value = search_results.pmid;
INSERT INTO record_sources (record_id, method)
    SELECT record_id, 'hand' FROM records WHERE record_id NOT IN (SELECT record_id FROM record_sources);

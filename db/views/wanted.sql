-- Included reports of which only the abstract has been read, latest first.
SELECT record_id, pmid, pmcid, doi, title, journal, year
FROM records
WHERE eligible = 'yes' AND duplicate_of IS NULL AND NOT EXISTS (
    SELECT 1 FROM documents JOIN records AS members ON members.record_id = documents.record_id
    WHERE documents.kind = 'fulltext' AND records.record_id IN (members.record_id, members.duplicate_of))
ORDER BY year DESC, record_id

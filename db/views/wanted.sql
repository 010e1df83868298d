-- Included reports of which only the abstract has been read, latest first, with where they are to be found. A DOI may hold
-- signs that end an address or a quotation.
SELECT record_id, pmid, pmcid, doi, CASE
        WHEN doi IS NOT NULL THEN 'https://doi.org/' || replace(replace(replace(replace(replace(replace(replace(
            doi, '%', '%25'), '<', '%3C'), '>', '%3E'), '#', '%23'), '?', '%3F'), '"', '%22'), ' ', '%20')
        WHEN pmcid IS NOT NULL THEN 'https://pmc.ncbi.nlm.nih.gov/articles/' || pmcid || '/'
        WHEN pmid IS NOT NULL THEN 'https://pubmed.ncbi.nlm.nih.gov/' || pmid || '/' END AS link,
    title, journal, year, (
        SELECT count(*) FROM cases WHERE cases.record_id = records.record_id AND case_source = 'own') AS cases
FROM records
WHERE eligible = 'yes' AND duplicate_of IS NULL AND NOT EXISTS (
    SELECT 1 FROM documents JOIN records AS members ON members.record_id = documents.record_id
    WHERE documents.kind = 'fulltext' AND records.record_id IN (members.record_id, members.duplicate_of))
ORDER BY year DESC, record_id

-- What citations lead to, a row a paper: from how many reports and in which ways, and whether it is in the knowledge base.
-- A paper that is in the knowledge base is one row by whatever name citations have for it.
SELECT coalesce(record_id, min(scheme || ' ' || value)) AS lead, min(CASE WHEN scheme = 'pmid' THEN value END) AS pmid,
    min(CASE WHEN scheme = 'doi' THEN value END) AS doi, count(DISTINCT report) AS reports,
    sum(way = 'references') > 0 AS cited, sum(way = 'citing') > 0 AS citing, record_id, title, year, eligible,
    exclusion_reason, CASE WHEN record_id IS NULL THEN 'not fetched' WHEN EXISTS (
        SELECT 1 FROM record_sources WHERE record_sources.record_id = known.record_id AND method <> 'citations')
        THEN 'known otherwise' ELSE 'found by citations' END AS state
FROM (
    SELECT leads.*, records.record_id, title, year, eligible, exclusion_reason
    FROM leads LEFT JOIN records ON records.record_id = (
        SELECT identifiers.record_id FROM identifiers
        WHERE identifiers.scheme = leads.scheme AND identifiers.value = leads.value LIMIT 1)
) AS known
GROUP BY coalesce(record_id, scheme || ' ' || value)
ORDER BY record_id IS NOT NULL, reports DESC, lead

-- The counts of a PRISMA flow, in its order: what came in, what was set aside and why, what was kept.
SELECT 1 AS n, 'records' AS stage, '' AS reason, COUNT(*) AS count FROM records WHERE status <> 'deleted'
UNION ALL SELECT 2, 'duplicate records', '', COUNT(*) FROM records WHERE duplicate_of IS NOT NULL AND status <> 'deleted'
UNION ALL SELECT 3, 'reports screened', '', COUNT(*) FROM records WHERE duplicate_of IS NULL AND eligible IS NOT NULL
UNION ALL SELECT 4, 'reports excluded', exclusion_reason, COUNT(*) FROM records
    WHERE duplicate_of IS NULL AND eligible = 'no' GROUP BY exclusion_reason
UNION ALL SELECT 5, 'reports included', '', COUNT(*) FROM records WHERE duplicate_of IS NULL AND eligible = 'yes'
UNION ALL SELECT 6, 'included, full text read', '', COUNT(*) FROM records
    WHERE duplicate_of IS NULL AND eligible = 'yes' AND EXISTS (
        SELECT 1 FROM documents JOIN records AS members ON members.record_id = documents.record_id
        WHERE documents.kind = 'fulltext' AND records.record_id IN (members.record_id, members.duplicate_of))
UNION ALL SELECT 7, 'cases', '', COUNT(*) FROM cases WHERE eligible = 'yes' AND case_source = 'own'
UNION ALL SELECT 8, 'patients', '', COUNT(*) FROM patients

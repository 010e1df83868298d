-- The counts of a PRISMA 2020 flow, a row a box and arm. Records are counted where they were identified, all that follows
-- in reports; each report stands in one arm, that of the first of its ways in: a former version of the review, a
-- database, any other. The sums hold in every arm:
-- identified = duplicates removed + removed before screening + not screened yet + screened,
-- screened = excluded + sought, sought = not retrieved + assessed,
-- included = not retrieved + assessed - excluded after full text: what was not retrieved is included on its abstract.
WITH members AS (
    SELECT records.record_id, coalesce(duplicate_of, records.record_id) AS report,
        coalesce(method, 'hand') AS method, coalesce(source, '') AS source
    FROM records LEFT JOIN record_sources ON record_sources.record_id = records.record_id
),
arms AS (
    SELECT report, CASE WHEN max(method = 'previous') THEN 'previous version' WHEN max(method = 'database')
        THEN 'databases' ELSE 'other methods' END AS arm
    FROM members GROUP BY report
),
reports AS (
    SELECT arms.report, arm, status = 'deleted' AS gone, eligible, coalesce(exclusion_reason, '') AS reason, EXISTS (
        SELECT 1 FROM documents JOIN records AS told ON told.record_id = documents.record_id
        WHERE documents.kind = 'fulltext' AND coalesce(told.duplicate_of, told.record_id) = arms.report) AS is_read
    FROM arms JOIN records ON records.record_id = arms.report
),
identified AS (
    SELECT 'databases' AS arm, source AS reason, count(*) AS count FROM members WHERE method = 'database' GROUP BY source
    UNION ALL
    SELECT 'other methods', found, count(*) FROM (
        SELECT record_id, CASE WHEN max(method = 'citations') THEN 'citation searching' ELSE 'by hand' END AS found
        FROM members JOIN arms ON arms.report = members.report AND arm = 'other methods' GROUP BY record_id)
    GROUP BY found
    UNION ALL
    SELECT 'previous version', source, count(*) FROM members WHERE method = 'previous' GROUP BY source
),
counted AS (
    SELECT arm, count(*) AS reports, sum(gone) AS gone, sum(NOT gone AND eligible IS NULL) AS pending,
        sum(NOT gone AND eligible IS NOT NULL) AS screened,
        sum(NOT gone AND eligible IS NOT NULL AND (is_read OR eligible = 'yes')) AS sought,
        sum(NOT gone AND NOT is_read AND eligible = 'yes') AS unread,
        sum(NOT gone AND is_read AND eligible IS NOT NULL) AS assessed,
        sum(NOT gone AND eligible = 'yes') AS included
    FROM reports GROUP BY arm
),
boxes AS (
    SELECT named.arm, coalesce(reports, 0) AS reports, coalesce(gone, 0) AS gone, coalesce(pending, 0) AS pending,
        coalesce(screened, 0) AS screened, coalesce(sought, 0) AS sought, coalesce(unread, 0) AS unread,
        coalesce(assessed, 0) AS assessed, coalesce(included, 0) AS included,
        coalesce((SELECT sum(count) FROM identified WHERE identified.arm = named.arm), 0) AS found
    FROM (SELECT 'databases' AS arm UNION SELECT 'other methods' UNION SELECT arm FROM arms) AS named
    LEFT JOIN counted ON counted.arm = named.arm
)
SELECT 1 AS n, 'identified' AS stage, arm, reason, count FROM identified
UNION ALL SELECT 2, 'duplicates removed', arm, '', found - reports FROM boxes
UNION ALL SELECT 3, 'removed before screening', arm, 'deleted by the database', gone FROM boxes
UNION ALL SELECT 4, 'not screened yet', arm, '', pending FROM boxes
UNION ALL SELECT 5, 'screened', arm, '', screened FROM boxes
UNION ALL SELECT 6, 'excluded', arm, reason, count(*) FROM reports
    WHERE NOT gone AND eligible = 'no' AND NOT is_read GROUP BY arm, reason
UNION ALL SELECT 7, 'sought for retrieval', arm, '', sought FROM boxes
UNION ALL SELECT 8, 'not retrieved', arm, '', unread FROM boxes
UNION ALL SELECT 9, 'assessed', arm, '', assessed FROM boxes
UNION ALL SELECT 10, 'excluded after full text', arm, reason, count(*) FROM reports
    WHERE NOT gone AND eligible = 'no' AND is_read GROUP BY arm, reason
UNION ALL SELECT 11, 'included', arm, '', included FROM boxes
UNION ALL SELECT 12, 'cases', 'all', '', count(*) FROM cases WHERE eligible = 'yes' AND case_source = 'own'
UNION ALL SELECT 13, 'patients', 'all', '', count(*) FROM patients

-- What waits for a person: decisions whose finding is gone, possible duplicates, values that something speaks against
-- (the least sure first), and values too unsure to be filled in (the surest first).
SELECT kind, subject, attribute, value, reason, item, confidence FROM (
    SELECT 1 AS n, 'decision' AS kind, subject, attribute, value, waiting AS reason, decision_id AS item,
        0.0 AS confidence, decision_id AS place
    FROM decisions WHERE undone_at IS NULL AND waiting <> ''
    UNION ALL
    SELECT 2, 'duplicate ' || kind, left_id, '', right_id, reasons, NULL, score, 0
    FROM links WHERE outcome = 'possible'
    UNION ALL
    SELECT 3, 'finding', findings.case_id, attribute, value, doubts, finding_id, confidence, confidence
    FROM findings JOIN cases ON cases.case_id = findings.case_id
    WHERE doubts <> '' AND origin <> 'decided' AND cases.eligible = 'yes' AND cases.case_source = 'own'
    UNION ALL
    SELECT 4, 'proposed', candidates.case_id, attribute, value,
        reason || CASE WHEN doubts <> '' THEN '; ' || doubts ELSE '' END, finding_id, confidence, -confidence
    FROM candidates JOIN cases ON cases.case_id = candidates.case_id
    WHERE proposed = 'yes' AND cases.eligible = 'yes' AND cases.case_source = 'own'
)
ORDER BY n, place, subject, attribute, value

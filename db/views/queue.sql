-- What waits for a person: decisions whose finding is gone, possible duplicates, values the machine is unsure of.
SELECT 'decision' AS kind, subject, attribute, value, waiting AS reason, decision_id AS item, 0.0 AS confidence
FROM decisions WHERE undone_at IS NULL AND waiting <> ''
UNION ALL
SELECT 'duplicate ' || kind, left_id, '', right_id, reasons, NULL, score
FROM links WHERE outcome = 'possible'
UNION ALL
SELECT 'finding', findings.case_id, attribute, value, 'low confidence', finding_id, confidence
FROM findings JOIN cases ON cases.case_id = findings.case_id
WHERE origin <> 'decided' AND confidence < 0.5 AND cases.eligible = 'yes' AND cases.case_source = 'own'

-- What waits for a person: decisions that a text has come to contradict, reviewers who differ, possible duplicates, then
-- values that something speaks against and values too unsure to be filled in. Of these two the one comes first at which a
-- person's word will most likely change most: how likely it changes the cell, times the pooled figures that read it.
SELECT kind, subject, attribute, value, reason, item, confidence, matters FROM (
    SELECT 1 AS n, 'decision' AS kind, subject, attribute, value, waiting AS reason, decision_id AS item,
        0.0 AS confidence, NULL AS matters, decision_id AS place
    FROM decisions WHERE undone_at IS NULL AND waiting <> '' AND role <> 'reviewer'
    UNION ALL
    SELECT 1, 'difference', subject, attribute, group_concat(decided_by || ': ' || said, ' | '), waiting,
        max(decision_id), 0.0, NULL, max(decision_id)
    FROM (
        SELECT subject, attribute, decided_by, decision_id, waiting,
            CASE action WHEN 'correct' THEN trim(replace(qualifier, '=', '') || ' ' || value)
                WHEN 'include' THEN 'include' ELSE trim(action || ' ' || value) END AS said
        FROM decisions WHERE undone_at IS NULL AND waiting <> '' AND role = 'reviewer' ORDER BY decided_by)
    GROUP BY subject, attribute, waiting
    UNION ALL
    SELECT 2, 'duplicate ' || kind, left_id, '', right_id, reasons, NULL, score, NULL, -score
    FROM links WHERE outcome = 'possible'
    UNION ALL
    SELECT 3, 'finding', findings.case_id, findings.attribute, value, doubts, finding_id, confidence,
        round((1 - confidence) * coalesce(weight, 1), 4), -(1 - confidence) * coalesce(weight, 1)
    FROM findings JOIN cases ON cases.case_id = findings.case_id
        LEFT JOIN attribute_weights ON attribute_weights.attribute = findings.attribute
    WHERE doubts <> '' AND origin <> 'decided' AND cases.eligible = 'yes' AND cases.case_source = 'own'
    UNION ALL
    SELECT 3, 'proposed', candidates.case_id, candidates.attribute, value,
        reason || CASE WHEN doubts <> '' THEN '; ' || doubts ELSE '' END, finding_id, confidence,
        round(confidence * coalesce(weight, 1), 4), -confidence * coalesce(weight, 1)
    FROM candidates JOIN cases ON cases.case_id = candidates.case_id
        LEFT JOIN attribute_weights ON attribute_weights.attribute = candidates.attribute
    WHERE proposed = 'yes' AND cases.eligible = 'yes' AND cases.case_source = 'own'
)
ORDER BY n, place, subject, attribute, value

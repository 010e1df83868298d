-- Two cases side by side, the weightiest first: both values with the words they were read from.
SELECT link_evidence.kind, left_id, right_id, outcome, score, link_evidence.attribute, left_value, right_value, how, bits,
    (SELECT quote FROM findings WHERE case_id = left_id AND attribute = link_evidence.attribute ORDER BY n LIMIT 1)
        AS left_quote,
    (SELECT quote FROM findings WHERE case_id = right_id AND attribute = link_evidence.attribute ORDER BY n LIMIT 1)
        AS right_quote
FROM link_evidence JOIN links USING (kind, left_id, right_id)
ORDER BY score DESC, left_id, right_id, abs(bits) DESC, link_evidence.n

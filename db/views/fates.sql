-- Records that something has become of: corrected, doubted, retracted or deleted; how many patients they give to the pool,
-- and how many are left out because of it.
SELECT records.record_id, pmid, doi, title, year, status, records.eligible, (
        SELECT count(DISTINCT patients.patient_id) FROM cases JOIN patients ON patients.patient_id = cases.patient_id
        WHERE cases.record_id = records.record_id AND cases.eligible = 'yes' AND case_source = 'own') AS patients, (
        SELECT count(DISTINCT coalesce(cases.patient_id, case_id)) FROM cases
        WHERE cases.record_id = records.record_id AND cases.eligible = 'no' AND case_source = 'own'
            AND status IN ('retracted', 'deleted')
            AND coalesce(cases.patient_id, '') NOT IN (SELECT patient_id FROM patients)) AS left_out
FROM records WHERE status IN ('corrected', 'concern', 'retracted', 'deleted') AND duplicate_of IS NULL
ORDER BY instr('retracted deleted concern corrected', status), year DESC, records.record_id

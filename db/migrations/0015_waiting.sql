-- What waits for a person is found without a look at every value.
CREATE INDEX findings_doubted ON findings (case_id) WHERE doubts <> '' AND origin <> 'decided';
CREATE INDEX candidates_proposed ON candidates (case_id) WHERE proposed = 'yes';
CREATE INDEX decisions_waiting ON decisions (subject) WHERE undone_at IS NULL AND waiting <> '';

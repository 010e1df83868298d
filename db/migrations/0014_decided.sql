-- The few findings that people decided, among the many that they did not.
CREATE INDEX findings_decided ON findings (case_id, attribute) WHERE origin = 'decided';

-- Ids of patients that were given up when two became one, each with the patient who has the cases now.
CREATE TABLE patient_aliases (
    alias TEXT PRIMARY KEY,
    patient_id TEXT NOT NULL
) WITHOUT ROWID;

-- For patients who are told more than once: every value of every case, and whether the patient's row shows it (`used`; of
-- a list, whether it is part of what is shown).
CREATE TABLE patient_values (
    patient_id TEXT NOT NULL,
    attribute TEXT NOT NULL,
    case_id TEXT NOT NULL,
    value,
    used TEXT NOT NULL,
    PRIMARY KEY (patient_id, attribute, case_id)
) WITHOUT ROWID;

-- What was compared of two cases that are, or may be, one patient: both values, how they agree, and the bits (logarithm
-- to the base 2 of how much likelier that is for one patient than for two) that this says.
CREATE TABLE link_evidence (
    kind TEXT NOT NULL,
    left_id TEXT NOT NULL,
    right_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    attribute TEXT NOT NULL,
    left_value,
    right_value,
    how TEXT NOT NULL,
    bits REAL NOT NULL,
    PRIMARY KEY (kind, left_id, right_id, n)
) WITHOUT ROWID;

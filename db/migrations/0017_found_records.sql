-- Pairs of records that are, or may be, one report by what they say, before people and clusters had their say, and the
-- records whose titles come again and again: what a decision makes of them is told without comparing all records again.
-- `reasons` is JSON.
CREATE TABLE found_records (
    left_id TEXT NOT NULL,
    right_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (left_id, right_id)
) WITHOUT ROWID;
CREATE INDEX found_records_by_right ON found_records (right_id);
CREATE TABLE found_columns (record_id TEXT PRIMARY KEY) WITHOUT ROWID;

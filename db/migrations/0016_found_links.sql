-- Pairs of cases that are, or may be, one patient by what their reports tell, before people and clusters had their say:
-- what a decision makes of them is told without comparing all cases again. `reasons` and `compared` are JSON.
CREATE TABLE found_links (
    left_id TEXT NOT NULL,
    right_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,
    compared TEXT NOT NULL,
    PRIMARY KEY (left_id, right_id)
) WITHOUT ROWID;
CREATE INDEX found_links_by_right ON found_links (right_id);

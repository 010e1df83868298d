-- Two independent reviewers. What one of them decides lies in `blind_decisions`, out of sight, until both are done with a
-- report; then it moves to `decisions` under its number, with the moment (`disclosed_at`). Numbers come from one counter.
ALTER TABLE decisions ADD COLUMN disclosed_at TEXT;

CREATE TABLE blind_decisions (
    decision_id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    attribute TEXT NOT NULL DEFAULT '',
    action TEXT NOT NULL,
    value TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    decided_at TEXT NOT NULL,
    undone_at TEXT,
    waiting TEXT NOT NULL DEFAULT '',
    qualifier TEXT NOT NULL DEFAULT '=',
    document_id TEXT,
    start INTEGER,
    "end" INTEGER,
    quote TEXT NOT NULL DEFAULT '',
    basis TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    machine TEXT,
    undone_by TEXT NOT NULL DEFAULT '',
    disclosed_at TEXT
);
CREATE INDEX blind_decisions_by_subject ON blind_decisions (subject, attribute);

CREATE TABLE review_progress (
    record_id TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    done_at TEXT NOT NULL,
    disclosed_at TEXT,
    PRIMARY KEY (record_id, reviewer)
) WITHOUT ROWID;

-- How many figures of the pooled summary read an attribute: what orders the queue.
CREATE TABLE attribute_weights (
    attribute TEXT PRIMARY KEY,
    weight REAL NOT NULL
) WITHOUT ROWID;

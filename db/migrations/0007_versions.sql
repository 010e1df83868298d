-- What changed from one version of the review to the next. A version is made where a run left something different from
-- the one before; `versions` is a log like `runs`.
CREATE TABLE versions (
    version INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (run_id),
    command TEXT NOT NULL,
    made_at TEXT NOT NULL,
    last_search INTEGER NOT NULL DEFAULT 0,
    waiting TEXT NOT NULL DEFAULT '{}',
    people TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE changes (
    version INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    change TEXT NOT NULL,
    subject TEXT NOT NULL,
    record_id TEXT NOT NULL DEFAULT '',
    attribute TEXT NOT NULL DEFAULT '',
    before,
    after,
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (version, n)
) WITHOUT ROWID;
CREATE INDEX changes_by_subject ON changes (subject);

CREATE TABLE shifts (
    version INTEGER NOT NULL,
    n INTEGER NOT NULL,
    title TEXT NOT NULL,
    "group" TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL DEFAULT '',
    how TEXT NOT NULL,
    n_before INTEGER,
    of_before INTEGER,
    low_before REAL,
    high_before REAL,
    median_before REAL,
    minimum_before REAL,
    maximum_before REAL,
    n_after INTEGER,
    of_after INTEGER,
    low_after REAL,
    high_after REAL,
    median_after REAL,
    minimum_after REAL,
    maximum_after REAL,
    PRIMARY KEY (version, n)
) WITHOUT ROWID;

-- The flow as it was at each version.
CREATE TABLE flows (
    version INTEGER NOT NULL,
    n INTEGER NOT NULL,
    stage TEXT NOT NULL,
    arm TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    count INTEGER NOT NULL,
    PRIMARY KEY (version, n, arm, reason)
) WITHOUT ROWID;

-- The state that the last version told of, a row a thing, so that the next one is compared with it whatever was cut off
-- in between.
CREATE TABLE told (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

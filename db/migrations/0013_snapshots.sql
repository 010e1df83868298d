-- The knowledge base as it was when it was frozen under a name. `content` is a package with the topic's rules; `sha256` is
-- that of the patients as JSON Lines, which anybody can compute again from the exported file.
CREATE TABLE snapshots (
    name TEXT PRIMARY KEY,
    made_at TEXT NOT NULL,
    cases INTEGER NOT NULL,
    patients INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    content BLOB NOT NULL
);

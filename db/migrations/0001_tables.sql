-- What a knowledge base keeps. `cases` and `patients` are made from the topic's attributes, by litreview/store/tables.py.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Bibliographic entries. Lists are joined by "; "; `bibliographies` keeps each entry whole.
CREATE TABLE records (
    record_id TEXT PRIMARY KEY,
    pmid TEXT,
    pmcid TEXT,
    doi TEXT,
    title TEXT NOT NULL,
    authors TEXT NOT NULL DEFAULT '',
    journal TEXT NOT NULL DEFAULT '',
    year INTEGER,
    publication_types TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'published',
    eligible TEXT,
    exclusion_reason TEXT,
    duplicate_of TEXT REFERENCES records (record_id) ON DELETE SET NULL,
    revised TEXT,
    reconciled_with TEXT,
    fulltext_tried TEXT
);
CREATE INDEX records_by_duplicate ON records (duplicate_of);
CREATE INDEX records_by_pmid ON records (pmid);

CREATE TABLE bibliographies (
    record_id TEXT PRIMARY KEY REFERENCES records (record_id) ON DELETE CASCADE,
    entry TEXT NOT NULL
);

-- Every name a record goes by: pmid, pmcid, doi, title (normalised), alias (an id it had before two records became one).
-- A DOI may belong to two records (ahead of print and final), so the key holds the record too.
CREATE TABLE identifiers (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    record_id TEXT NOT NULL REFERENCES records (record_id) ON DELETE CASCADE,
    PRIMARY KEY (scheme, value, record_id)
) WITHOUT ROWID;
CREATE INDEX identifiers_by_record ON identifiers (record_id);

CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records (record_id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL,
    structure TEXT NOT NULL,
    licence TEXT NOT NULL DEFAULT '',
    fetched_at TEXT NOT NULL,
    extracted_with TEXT
);
CREATE INDEX documents_by_record ON documents (record_id);

-- The documents in pieces a reader can take in at once, for searching.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (document_id) ON DELETE CASCADE,
    section TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX passages_by_document ON passages (document_id);
CREATE VIRTUAL TABLE passages_fts USING fts5 (text, content='passages', content_rowid='id', tokenize='porter unicode61');
CREATE TRIGGER passages_ai AFTER INSERT ON passages BEGIN
    INSERT INTO passages_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER passages_ad AFTER DELETE ON passages BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER passages_au AFTER UPDATE ON passages BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO passages_fts (rowid, text) VALUES (new.id, new.text);
END;

-- What extraction gave for each document, so that a report can be reconciled again without extracting.
CREATE TABLE document_cases (
    document_id TEXT NOT NULL REFERENCES documents (document_id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (document_id, n)
);

-- Case ids are minted once. What a case was last known by outlives it, so that it is known again when it comes back.
CREATE TABLE case_identities (
    case_id TEXT PRIMARY KEY,
    record_id TEXT NOT NULL,
    source TEXT NOT NULL,
    label TEXT NOT NULL,
    marks TEXT NOT NULL,
    spans TEXT NOT NULL,
    citation TEXT NOT NULL DEFAULT '',
    document_ids TEXT NOT NULL DEFAULT '',
    patient_id TEXT
);
CREATE INDEX case_identities_by_record ON case_identities (record_id);

CREATE TABLE machine_findings (
    finding_id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    attribute TEXT NOT NULL,
    value,
    qualifier TEXT NOT NULL,
    unit TEXT NOT NULL,
    origin TEXT NOT NULL,
    derived_from TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule_id TEXT NOT NULL,
    decided_by TEXT,
    quote TEXT,
    document_id TEXT,
    section TEXT,
    start INTEGER,
    "end" INTEGER,
    n INTEGER NOT NULL
);
CREATE INDEX machine_findings_by_case ON machine_findings (case_id, attribute);

-- The effective values: what the machine found, with people's decisions on top.
CREATE TABLE findings (
    finding_id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    attribute TEXT NOT NULL,
    value,
    qualifier TEXT NOT NULL,
    unit TEXT NOT NULL,
    origin TEXT NOT NULL,
    derived_from TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule_id TEXT NOT NULL,
    decided_by TEXT,
    quote TEXT,
    document_id TEXT,
    section TEXT,
    start INTEGER,
    "end" INTEGER,
    n INTEGER NOT NULL
);
CREATE INDEX findings_by_case ON findings (case_id, attribute);
CREATE INDEX findings_by_attribute ON findings (attribute);

CREATE TABLE candidates (
    finding_id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    attribute TEXT NOT NULL,
    value,
    qualifier TEXT NOT NULL,
    unit TEXT NOT NULL,
    origin TEXT NOT NULL,
    derived_from TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule_id TEXT NOT NULL,
    decided_by TEXT,
    quote TEXT,
    document_id TEXT,
    section TEXT,
    start INTEGER,
    "end" INTEGER,
    n INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX candidates_by_case ON candidates (case_id, attribute);

-- Evidence of findings, candidates and machine findings alike: the words that a value rests on.
CREATE TABLE evidence (
    finding_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    role TEXT NOT NULL,
    document_id TEXT NOT NULL,
    section TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (finding_id, n)
);
CREATE INDEX evidence_by_case ON evidence (case_id);
CREATE INDEX evidence_by_document ON evidence (document_id);

CREATE TABLE events (
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    agent TEXT NOT NULL,
    day REAL,
    day_qualifier TEXT NOT NULL,
    clock TEXT NOT NULL,
    amount REAL,
    unit TEXT NOT NULL,
    finding_id TEXT,
    n INTEGER NOT NULL,
    exact REAL NOT NULL,
    derived_from TEXT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (case_id, n)
);

-- Decisions of people. They are never deleted: an undone one says so, one without its finding waits.
CREATE TABLE decisions (
    decision_id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    attribute TEXT NOT NULL DEFAULT '',
    action TEXT NOT NULL,
    value TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '',
    decided_at TEXT NOT NULL,
    undone_at TEXT,
    waiting TEXT NOT NULL DEFAULT ''
);
CREATE INDEX decisions_by_subject ON decisions (subject, attribute);

-- The machine's verdict on each report; `records.eligible` shows it with decisions on top.
CREATE TABLE screenings (
    record_id TEXT PRIMARY KEY REFERENCES records (record_id) ON DELETE CASCADE,
    eligible TEXT NOT NULL,
    reason TEXT NOT NULL,
    explanation TEXT NOT NULL
);

CREATE TABLE links (
    kind TEXT NOT NULL,
    left_id TEXT NOT NULL,
    right_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (kind, left_id, right_id)
);

CREATE TABLE searches (
    search_id INTEGER PRIMARY KEY,
    database TEXT NOT NULL,
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    translation TEXT NOT NULL,
    count INTEGER NOT NULL,
    new_records INTEGER NOT NULL,
    searched_at TEXT NOT NULL
);
CREATE TABLE search_results (
    search_id INTEGER NOT NULL REFERENCES searches (search_id) ON DELETE CASCADE,
    pmid TEXT NOT NULL,
    PRIMARY KEY (search_id, pmid)
) WITHOUT ROWID;

-- Every run, with the versions of what made it, so that a number in a paper can be traced.
CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL DEFAULT 'running',
    counts TEXT NOT NULL DEFAULT '{}',
    version TEXT NOT NULL,
    topic_version TEXT NOT NULL,
    rules_hash TEXT NOT NULL,
    python TEXT NOT NULL,
    sqlite TEXT NOT NULL,
    dependencies TEXT NOT NULL
);

CREATE TABLE problems (
    stage TEXT NOT NULL,
    subject TEXT NOT NULL,
    sentence TEXT NOT NULL,
    hint TEXT NOT NULL DEFAULT '',
    noticed_at TEXT NOT NULL,
    PRIMARY KEY (stage, subject, sentence)
);

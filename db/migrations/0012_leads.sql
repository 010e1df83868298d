-- What included reports cite and what cites them, each with how it was found: by ELink, or in the reference list that the
-- report itself or its record prints.
CREATE TABLE leads (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES records (record_id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    told_by TEXT NOT NULL,
    PRIMARY KEY (scheme, value, report, way, told_by)
) WITHOUT ROWID;
CREATE INDEX leads_by_report ON leads (report);

-- A decision with the words it rests on (`document_id`, `start`, `end`, `quote`), how its source knows it (`basis`), who
-- took it as what (`source`: a named one, such as an extraction sheet; `role`: empty, reviewer or adjudicator), what the
-- machine had when it was taken (`machine`, NULL: not noted), and who undid it. `label` names a case that people added.
ALTER TABLE decisions ADD COLUMN qualifier TEXT NOT NULL DEFAULT '=';
ALTER TABLE decisions ADD COLUMN document_id TEXT;
ALTER TABLE decisions ADD COLUMN start INTEGER;
ALTER TABLE decisions ADD COLUMN "end" INTEGER;
ALTER TABLE decisions ADD COLUMN quote TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN basis TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN machine TEXT;
ALTER TABLE decisions ADD COLUMN undone_by TEXT NOT NULL DEFAULT '';
CREATE INDEX decisions_by_source ON decisions (source) WHERE source <> '';

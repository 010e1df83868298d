-- What the confidence of a value is made of (`signs`), what speaks against the value in words (`doubts`), and which
-- candidates hold but wait for a person: `proposed` is yes, settled (a person has decided) or no.
ALTER TABLE machine_findings ADD COLUMN signs TEXT NOT NULL DEFAULT '';
ALTER TABLE machine_findings ADD COLUMN doubts TEXT NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN signs TEXT NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN doubts TEXT NOT NULL DEFAULT '';
ALTER TABLE candidates ADD COLUMN signs TEXT NOT NULL DEFAULT '';
ALTER TABLE candidates ADD COLUMN doubts TEXT NOT NULL DEFAULT '';
ALTER TABLE candidates ADD COLUMN proposed TEXT NOT NULL DEFAULT 'no';

-- A document's passages are put into the index by one statement (litreview/store/documents.py): row by row, through a
-- trigger, takes four times as long.
DROP TRIGGER passages_ai;

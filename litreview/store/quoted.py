"""The words of a document that a decision rests on: checked when it is taken, looked for when the text has changed."""

from __future__ import annotations

from typing import Any

from litreview.errors import UsageError
from litreview.model.document import Document, Span
from litreview.model.evidence import Evidence
from litreview.store.database import Database
from litreview.store.documents import load_document

GONE = "the words it rests on are no longer in the text"


def marked(db: Database, document_id: str, start: int, end: int, *, quote: str = "") -> Evidence:
    """The words from `start` to `end` of a document; `UsageError` where there are none, or others than `quote`."""
    document = load_document(db, document_id)
    if not 0 <= start < end <= len(document.text):
        raise UsageError(
            f"{start} to {end} is no stretch of {document_id}",
            hint=f"its text has {len(document.text)} characters, counted from 0",
        )
    span = Span(start, end)
    if quote and document[span] != quote:
        raise UsageError(
            f"from {start} to {end} {document_id} reads {document[span][:80]!r}",
            hint="mark the words again: the text may have changed since the page was opened",
        )
    if not document[span].strip():
        raise UsageError(f"there are no words from {start} to {end} of {document_id}", hint="mark the words again")
    return _evidence(document, span)


def found_once(db: Database, case_id: str, quote: str) -> Evidence | None:
    """The one place in the documents of a case's report where a quote stands to the letter; `None` if not one."""
    places = db.execute(
        "SELECT document_id, instr(text, :quote) - 1, "
        "(length(text) - length(replace(text, :quote, ''))) / length(:quote) "
        "FROM documents JOIN records USING (record_id) JOIN case_identities AS told "
        "ON told.record_id IN (records.record_id, records.duplicate_of) "
        "WHERE told.case_id = :case AND instr(text, :quote) > 0",
        {"case": case_id, "quote": quote},
    ).fetchall()
    if not quote.strip() or len(places) != 1 or places[0][2] != 1:
        return None
    document = load_document(db, places[0][0])
    return _evidence(document, Span(places[0][1], places[0][1] + len(quote)))


def words_of(db: Database, row: dict[str, Any]) -> tuple[tuple[Evidence, ...], str]:
    """The words a decision was taken on, and what is wrong with them.

    Where the document has gone, or reads otherwise there, they are looked for in the report's other texts.
    """
    if not row["quote"]:
        return (), ""
    if row["document_id"]:
        try:
            return (marked(db, row["document_id"], row["start"], row["end"], quote=row["quote"]),), ""
        except UsageError:
            pass
    found = found_once(db, row["subject"], row["quote"])
    if found is not None:
        return (found,), ""
    return (), GONE if row["document_id"] else ""


def _evidence(document: Document, span: Span) -> Evidence:
    section = document.section_at(span.start)
    return Evidence(document.document_id, span, document[span], section.kind if section else "")

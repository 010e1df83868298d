"""Documents in the store, whole and in passages, and what extraction gave for each."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from litreview.errors import UsageError
from litreview.model.case import DocumentCase
from litreview.model.document import Document, Span
from litreview.store.codec import case_from_json, case_to_json, document_from_row, structure_to_json
from litreview.store.database import Database, insert, joined, transaction

_ONE_A_RECORD = ("pubmed", "jats", "cord19")
_PASSAGE = ("document_id", "section", "start", "end", "text")
_INDEX = "INSERT INTO passages_fts (rowid, text) SELECT id, text FROM passages WHERE document_id IN"
_ORDER = "ORDER BY kind = 'abstract', format, document_id"  # the full text first


def save_document(db: Database, record_id: str, document: Document) -> bool:
    """Keep a document of a record; whether it is new.

    The same thing read before is replaced: same kind and format and, where a record may have several of the format
    (files that people give), same source. Two records with the same words (a paper that was published again) have a
    document each, so that neither loses its own when the other is revised, retracted or taken out.
    """
    return bool(save_documents(db, [(record_id, document)]))


def save_documents(db: Database, documents: Iterable[tuple[str, Document]]) -> int:
    """Keep documents, each with the id of its record, as `save_document` does; how many are new.

    Their passages are put into the index together: with every statement the index writes out what it holds in memory.
    """
    new, unindexed = 0, list[str]()
    with joined(db):
        for record_id, document in documents:
            document_id = _id_for(db, record_id, document.document_id)
            if not document_id:
                continue
            if former := _former(db, record_id, document):
                _index(db, unindexed)  # nothing can be taken out of the index that is not in it
                unindexed.clear()
                db.conn.executemany("DELETE FROM documents WHERE document_id = ?", former)
            row = _row(record_id, document) | {"document_id": document_id}
            insert(db, "documents", tuple(row), [tuple(row.values())])
            insert(db, "passages", _PASSAGE, ((document_id, *passage) for passage in _passages(document)))
            unindexed.append(document_id)
            new += 1
        _index(db, unindexed)
    return new


def load_document(db: Database, document_id: str) -> Document:
    """The document of that id, equal to the one that was saved; `UsageError` where there is none."""
    for row in db.query("SELECT * FROM documents WHERE document_id = ?", [document_id]):
        return document_from_row(row)
    raise UsageError(f"{document_id} is not a document of this database", hint="see the table documents")


def load_documents(db: Database, record_ids: Iterable[str]) -> tuple[Document, ...]:
    """All documents of some records, full texts first."""
    ids = list(record_ids)
    places = ", ".join("?" * len(ids))
    return tuple(
        document_from_row(row)
        for row in db.query(f"SELECT * FROM documents WHERE record_id IN ({places}) {_ORDER}", ids)
    )


def documents_to_extract(db: Database, rules_hash: str) -> tuple[str, ...]:
    """Ids of the documents that these rules have not read."""
    rows = db.execute(
        "SELECT document_id FROM documents WHERE extracted_with IS NOT ? ORDER BY rowid", [rules_hash]
    ).fetchall()
    return tuple(str(row[0]) for row in rows)


def save_document_cases(db: Database, document_id: str, cases: tuple[DocumentCase, ...], *, rules_hash: str) -> None:
    """Keep what extraction gave for a document, in place of what it gave before."""
    with transaction(db):
        db.execute("DELETE FROM document_cases WHERE document_id = ?", [document_id])
        db.table("document_cases").insert_all(
            {"document_id": document_id, "n": n, "content": case_to_json(case)} for n, case in enumerate(cases, 1)
        )
        db.execute("UPDATE documents SET extracted_with = ? WHERE document_id = ?", [rules_hash, document_id])


def load_document_cases(db: Database, document_id: str) -> tuple[DocumentCase, ...]:
    """What extraction gave for a document, in its order."""
    rows = db.execute("SELECT content FROM document_cases WHERE document_id = ? ORDER BY n", [document_id])
    return tuple(case_from_json(row[0]) for row in rows)


def remove_document(db: Database, document_id: str) -> None:
    """Take a document out; its report is to be reconciled without it."""
    with transaction(db):
        db.execute("DELETE FROM documents WHERE document_id = ?", [document_id])


def now() -> str:
    """This moment, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _id_for(db: Database, record_id: str, document_id: str) -> str:
    """What to call a document: by its content, beside another record's of the same content by the record too.

    Empty where the record has it.
    """
    own = "d" + hashlib.sha256(f"{record_id}\n{document_id}".encode()).hexdigest()[:16]
    named = "SELECT document_id, record_id FROM documents WHERE document_id IN (?, ?)"
    held: dict[str, str] = dict(db.execute(named, [document_id, own]).fetchall())
    if record_id in held.values():
        return ""
    return own if document_id in held else document_id


def _former(db: Database, record_id: str, document: Document) -> list[tuple[str]]:
    """The ids of what a document takes the place of."""
    return db.execute(
        "SELECT document_id FROM documents WHERE record_id = ? AND kind = ? AND format = ? AND (source = ? OR ?)",
        [record_id, document.kind, document.format, document.source, document.format in _ONE_A_RECORD],
    ).fetchall()


def _index(db: Database, document_ids: list[str]) -> None:
    if document_ids:
        db.execute(f"{_INDEX} ({', '.join('?' * len(document_ids))})", document_ids)


def _row(record_id: str, document: Document) -> dict[str, object]:
    return {
        "document_id": document.document_id,
        "record_id": record_id,
        "kind": document.kind,
        "format": document.format,
        "source": document.source,
        "text": document.text,
        "structure": structure_to_json(document),
        "licence": document.licence,
        "fetched_at": now(),
    }


def _passages(document: Document) -> Iterator[tuple[object, ...]]:
    """Paragraphs and tables; the lines between blank ones where a reader told no paragraphs apart."""
    spans = [*document.paragraphs, *(table.span for table in document.tables)] or list(_blocks(document.text))
    for span in sorted(set(spans)):
        if document[span].strip():
            section = document.section_at(span.start)
            path = " > ".join(section.path) if section else ""
            yield (path, span.start, span.end, document[span])


def _blocks(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text))

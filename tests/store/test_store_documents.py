from dataclasses import replace

import pytest

from litreview.errors import UsageError
from litreview.model.bibliography import Record
from litreview.model.case import Candidate, Case, DocumentCase
from litreview.model.document import Cell, Document, Span, Table
from litreview.store import (
    Database,
    documents_to_extract,
    load_document,
    load_document_cases,
    load_documents,
    remove_document,
    save_document,
    save_document_cases,
    save_documents,
    save_record,
)


@pytest.fixture
def record_id(db: Database, record: Record) -> str:
    return save_record(db, record)


def test_a_document_comes_back_as_it_was_saved(db: Database, record_id: str, document: Document) -> None:
    cells = (Cell(Span(0, 4), 0, 0, colspan=2, header=True), Cell(Span(5, 11), 1, 0))
    tabled = replace(document, tables=(Table(Span(0, 11), cells, "Table 1", Span(0, 4), (Span(5, 11),)),))
    assert save_document(db, record_id, tabled)
    assert load_document(db, "d1") == tabled


def test_saving_a_document_twice_leaves_the_content_as_it_was(db: Database, record_id: str, document: Document) -> None:
    save_document(db, record_id, document)
    before = list(db.conn.iterdump())
    assert not save_document(db, record_id, document)
    assert list(db.conn.iterdump()) == before


def test_a_revised_abstract_takes_the_place_of_the_old_one(db: Database, record_id: str, document: Document) -> None:
    save_document(db, record_id, document)
    save_document(db, record_id, replace(document, document_id="d2", text=f"{document.text} Corrected."))
    assert [kept.document_id for kept in load_documents(db, [record_id])] == ["d2"]


def test_a_document_that_is_replaced_among_others_leaves_nothing_in_the_index(
    db: Database, record_id: str, document: Document
) -> None:
    first, second = (replace(document, document_id=f"d{n}", text=f"Bitten {word}.") for n, word in ((1, "a"), (2, "b")))
    first, second = (replace(it, paragraphs=(Span(0, len(it.text)),), sections=(), tables=()) for it in (first, second))
    assert save_documents(db, [(record_id, first), (record_id, second), (record_id, second)]) == 2
    assert [kept.document_id for kept in load_documents(db, [record_id])] == ["d2"]
    found = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?"
    assert db.execute(found, ["bitten"]).fetchall() == db.execute("SELECT id FROM passages").fetchall()
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")


def test_files_that_people_give_stand_side_by_side(db: Database, record_id: str, document: Document) -> None:
    paper = replace(document, kind="fulltext", format="text", source="paper.txt")
    save_document(db, record_id, paper)
    save_document(db, record_id, replace(paper, document_id="d2", source="supplement.txt"))
    assert len(load_documents(db, [record_id])) == 2


def test_full_texts_come_before_abstracts(db: Database, record_id: str, document: Document) -> None:
    save_document(db, record_id, document)
    save_document(db, record_id, replace(document, document_id="d2", kind="fulltext", format="jats"))
    assert [kept.kind for kept in load_documents(db, [record_id])] == ["fulltext", "abstract"]


def test_passages_are_found_by_their_words(db: Database, record_id: str, document: Document) -> None:
    save_document(db, record_id, document)
    found = db.execute(
        "SELECT passages.section, passages.text FROM passages_fts JOIN passages ON passages.id = passages_fts.rowid "
        "WHERE passages_fts MATCH 'hospitals OR garden OR rests'"
    ).fetchall()
    assert [section for section, _ in found] == ["Case report"]
    remove_document(db, "d1")
    assert db.execute("SELECT count(*) FROM passages").fetchone()[0] == 0


def test_a_document_without_paragraphs_has_passages_all_the_same(
    db: Database, record_id: str, document: Document
) -> None:
    save_document(db, record_id, replace(document, paragraphs=(), sections=()))
    texts = [row["text"] for row in db.query("SELECT text FROM passages ORDER BY start")]
    assert texts == ["Case report", document.text.split("\n\n")[1]]


def test_extraction_is_kept_by_document_and_rules(db: Database, record_id: str, document: Document, case: Case) -> None:
    save_document(db, record_id, document)
    found = DocumentCase(
        "d1",
        "Patient 1",
        1,
        "own",
        case.findings,
        (Candidate(case.findings[0], "weaker"),),
        case.events,
        (Span(0, 5),),
        ("the girl",),
    )
    assert documents_to_extract(db, "rules-1") == ("d1",)
    save_document_cases(db, "d1", (found,), rules_hash="rules-1")
    assert documents_to_extract(db, "rules-1") == ()
    assert documents_to_extract(db, "rules-2") == ("d1",)
    assert load_document_cases(db, "d1") == (found,)
    save_document_cases(db, "d1", (), rules_hash="rules-2")
    assert load_document_cases(db, "d1") == ()


def test_an_unknown_document_is_refused(db: Database) -> None:
    with pytest.raises(UsageError, match="d9 is not a document"):
        load_document(db, "d9")

from dataclasses import replace

import pytest

from litreview.model.bibliography import Record
from litreview.model.document import Document
from litreview.store import Database, note_found, save_document, save_record

Flow = dict[tuple[str, str, str], int]


def flow(db: Database) -> Flow:
    """The boxes that are not empty, by stage, arm and reason."""
    rows = db.query("SELECT * FROM flow WHERE count <> 0")
    return {(row["stage"], row["arm"], row["reason"]): row["count"] for row in rows}


def found(db: Database, n: int, *ways: tuple[str, str], eligible: str | None = "yes", reason: str = "") -> str:
    record_id = save_record(db, Record(f"A bite in garden number {n} far from home", pmid=str(n)))
    for method, source in ways:
        note_found(db, [record_id], method, source)  # type: ignore[arg-type]
    db.execute(
        "UPDATE records SET eligible = ?, exclusion_reason = ? WHERE record_id = ?",
        [eligible, reason or None, record_id],
    )
    return record_id


def read_fulltext(db: Database, record_id: str, document: Document) -> None:
    save_document(db, record_id, replace(document, document_id=f"full-{record_id}", kind="fulltext", format="jats"))


PUBMED = ("database", "PubMed")
EMBASE = ("database", "embase.ris")


@pytest.fixture
def filled(db: Database, document: Document) -> Database:
    """Each way in and each way out once, and a record that two databases have."""
    read_fulltext(db, found(db, 1, PUBMED, EMBASE), document)
    found(db, 2, PUBMED, ("hand", ""))
    found(db, 3, EMBASE, eligible="no", reason="not_human")
    read_fulltext(db, found(db, 4, PUBMED, eligible="no", reason="secondary"), document)
    second = found(db, 5, PUBMED)
    db.execute("UPDATE records SET duplicate_of = ? WHERE record_id = ?", [found(db, 6, PUBMED), second])
    found(db, 7, PUBMED, eligible=None)
    db.execute("UPDATE records SET status = 'deleted' WHERE record_id = ?", [found(db, 8, PUBMED, eligible="no")])
    found(db, 9, ("citations", "references"), ("citations", "citing"))
    found(db, 10, ("hand", ""), eligible="no", reason="not_human")
    found(db, 11)
    found(db, 12, ("previous", "Adder 2019"), PUBMED)
    return db


def test_records_are_counted_by_how_they_were_found(filled: Database) -> None:
    assert {key: n for key, n in flow(filled).items() if key[0] == "identified"} == {
        ("identified", "databases", "PubMed"): 8,
        ("identified", "databases", "embase.ris"): 2,
        ("identified", "other methods", "citation searching"): 1,
        ("identified", "other methods", "by hand"): 2,
        ("identified", "previous version", "Adder 2019"): 1,
    }


def test_what_databases_share_is_a_duplicate_like_two_records_of_one_report(filled: Database) -> None:
    shared_by_two, same_report, had_before = 1, 1, 1
    assert flow(filled)["duplicates removed", "databases", ""] == shared_by_two + same_report + had_before


def test_reports_leave_where_they_were_excluded(filled: Database) -> None:
    assert {key: n for key, n in flow(filled).items() if key[0].startswith("excluded")} == {
        ("excluded", "databases", "not_human"): 1,
        ("excluded", "other methods", "not_human"): 1,
        ("excluded after full text", "databases", "secondary"): 1,
    }


@pytest.mark.parametrize("arm", ["databases", "other methods", "previous version"])
def test_the_sums_of_an_arm_hold(arm: str, filled: Database) -> None:
    count: dict[str, int] = {}
    for (stage, of, _), n in flow(filled).items():
        count[stage] = count.get(stage, 0) + (n if of == arm else 0)
    removed = count["duplicates removed"] + count["removed before screening"] + count["not screened yet"]
    assert count["identified"] == removed + count["screened"]
    assert count["screened"] == count["excluded"] + count["sought for retrieval"]
    assert count["sought for retrieval"] == count["not retrieved"] + count["assessed"]
    assert count["included"] == count["not retrieved"] + count["assessed"] - count["excluded after full text"]


def test_an_empty_review_has_empty_boxes_of_both_ways_in(db: Database) -> None:
    assert flow(db) == {}
    assert {row["arm"] for row in db.query("SELECT arm FROM flow")} == {"databases", "other methods", "all"}

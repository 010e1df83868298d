from dataclasses import replace

import pytest

from litreview.errors import UsageError
from litreview.model.bibliography import PartialDate, Record, RelatedRecord
from litreview.store import Database, load_record, resolve, revisions, save_record
from litreview.store.records import merged
from litreview.store.same_entry import title_key

TITLE = "A snake bite in a garden far from home"


def test_a_record_comes_back_as_it_was_saved(db: Database, record: Record) -> None:
    full = replace(record, related=(RelatedRecord("ErratumFor", "7", "x"),), keywords=("a; b", "c"), abstract="Été")
    assert load_record(db, save_record(db, full)) == full


def test_saving_twice_leaves_one(db: Database, record: Record) -> None:
    first = save_record(db, record)
    before = list(db.conn.iterdump())
    assert save_record(db, record) == first
    assert list(db.conn.iterdump()) == before


SAME = {
    "PMID": Record("Another wording", pmid="101"),
    "DOI": Record("A snake bite in a garden", doi="10.5555/bite"),
    "title and year": Record("A Snake Bite in a Garden: far from home.", published=PartialDate(2020)),
    "title without year": Record(TITLE, authors=("Adder Viktor",)),
}
OTHER = {
    "another PMID, same DOI": Record(TITLE, pmid="102", doi="10.5555/bite"),
    "same title, another year": Record(TITLE, published=PartialDate(2012)),
    "same title, another author": Record(TITLE, authors=("Cobra K",)),
    "a short title": Record("Reply", published=PartialDate(2020)),
    "same title, another volume": Record(TITLE, published=PartialDate(2020), volume="9"),
    "same title, another page": Record(TITLE, published=PartialDate(2020), pages="S77"),
    "same title, the page in another form": Record(TITLE, published=PartialDate(2020), volume="3", pages="10-2"),
    "same DOI, another title and author": Record(
        "Sea snakes and what they eat", doi="10.5555/bite", authors=("Cobra K",)
    ),
}


@pytest.mark.parametrize("again", SAME.values(), ids=SAME.keys())
def test_a_record_is_known_again(again: Record, db: Database, record: Record) -> None:
    assert save_record(db, record) == save_record(db, again)


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER.keys())
def test_another_record_stays_another(other: Record, db: Database, record: Record) -> None:
    placed = replace(record, volume="3", pages="10-12")
    save_record(db, replace(placed, title="Reply") if other.title == "Reply" else placed)
    save_record(db, other)
    assert db["records"].count == 2


def test_a_full_text_with_a_wrong_pmid_does_not_take_over_the_other_paper(db: Database, record: Record) -> None:
    kept = save_record(db, record)
    stranger = Record("Steam engines and their keepers", pmid="101", pmcid="PMC9", doi="10.5555/steam")
    assert save_record(db, stranger) != kept
    assert load_record(db, kept) == record


def test_a_record_that_bridges_two_makes_them_one(db: Database) -> None:
    first = save_record(db, Record(TITLE, pmid="101"))
    second = save_record(db, Record("A snake bite in a garden", doi="10.5555/bite", journal="J Bites"))
    assert first != second
    assert save_record(db, Record(TITLE, pmid="101", doi="10.5555/bite")) == first
    assert db["records"].count == 1
    assert load_record(db, first).journal == "J Bites"
    assert resolve(db, second) == first


@pytest.mark.parametrize("name", ["101", "10.5555/BITE", " 10.5555/bite "])
def test_a_record_answers_to_its_names(name: str, db: Database, record: Record) -> None:
    record_id = save_record(db, record)
    assert resolve(db, name) == record_id


def test_an_unknown_name_is_refused(db: Database) -> None:
    with pytest.raises(UsageError, match="999 is not a record"):
        resolve(db, "999")


def test_the_later_revision_wins_and_gaps_are_filled(record: Record) -> None:
    later = replace(record, title="New title", journal="", revised=PartialDate(2021))
    assert merged(record, later) == replace(later, journal="Journal of Bites")
    assert merged(later, record) == replace(later, journal="Journal of Bites")


def test_ids_do_not_depend_on_the_order_of_arrival(db: Database, record: Record) -> None:
    first = save_record(db, record)
    db.execute("DELETE FROM records")
    save_record(db, Record("Something that came before it", pmid="5"))
    assert save_record(db, record) == first


def test_revisions_are_told_by_pmid(db: Database, record: Record) -> None:
    save_record(db, record)
    assert revisions(db) == {"101": "2020-05-01"}


@pytest.mark.parametrize(
    ("title", "key"),
    [("A <i>rare</i> Bite!", "a rare bite"), ("Änderung  –  später", "anderung spater"), ("蛇咬伤", "蛇咬伤")],
    ids=["markup", "accents", "other script"],
)
def test_titles_are_compared_without_dress(title: str, key: str) -> None:
    assert title_key(title) == key

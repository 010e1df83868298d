"""One patient in several reports: what people decide of cases stays, and the reports may come in any order."""

from itertools import permutations
from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.add import add
from litreview.steps.decide import decide, undo
from litreview.steps.decisions import history
from litreview.steps.dedupe import load_patients, patients_with_possible, possible_together
from litreview.steps.pairs import patient_pairs
from litreview.steps.update import update
from litreview.steps.verify import verify
from litreview.steps.workspace import Workspace

TOPICS = Path(__file__).parents[1] / "topics"
LATER = MAN.replace("30-year-old", "31-year-old") + " Three years later he was well."


@pytest.fixture
def two(work: Workspace, tmp_path: Path) -> Workspace:
    """The man of 201 and the man of 202 by the same author may be one; the woman of 203 is not."""
    add(work, [write(tmp_path / "a.xml", article("201"), article("202", LATER), article("203", WOMAN, author="Boa"))])
    update(work)
    return work


def case_of(work: Workspace, pmid: str) -> str:
    return str(work.db.execute("SELECT case_id FROM cases WHERE pmid = ?", [pmid]).fetchone()[0])


def patients(work: Workspace) -> set[frozenset[str]]:
    """PMIDs of the reports of each patient."""
    rows = work.db.execute("SELECT pmids FROM patients").fetchall()
    return {frozenset(row[0].split("; ")) for row in rows}


APART = {frozenset({"201"}), frozenset({"202"}), frozenset({"203"})}
JOINED = {frozenset({"201", "202"}), frozenset({"203"})}


def test_a_pair_that_waits_is_shown_with_the_words_of_both_reports(two: Workspace, path: Path) -> None:
    (pair,) = patient_pairs(path)
    assert {pair.left.case_id, pair.right.case_id} == {case_of(two, "201"), case_of(two, "202")}
    (age,) = [each for each in pair.evidence if each.attribute == "age_years"]
    assert {age.left, age.right} == {"30", "31"}
    assert "30" in age.left_quote + age.right_quote
    assert pair.ties == ("shared author Adder V",)


@pytest.mark.parametrize("name", ["case", "patient"])
def test_pairs_are_shown_of_one_case_or_patient(two: Workspace, path: Path, name: str) -> None:
    case_id = case_of(two, "201")
    assert patient_pairs(path, about=case_id if name == "case" else f"p-{case_id}")
    assert patient_pairs(path, about=case_of(two, "203")) == ()


def test_a_stranger_has_no_pairs(two: Workspace, path: Path) -> None:
    with pytest.raises(UsageError, match="nobody is not a patient"):
        patient_pairs(path, about="nobody")


def test_the_pool_is_told_with_and_without_those_who_may_be_one(two: Workspace) -> None:
    assert patients(two) == APART
    assert len(possible_together(two.db)) == 1
    rows = patients_with_possible(two.db, two.topic, load_patients(two.db))
    assert {frozenset(row["pmids"].split("; ")) for row in rows} == JOINED
    assert [row["n_reports"] for row in rows if "201" in row["pmids"]] == [2]


def test_cases_that_a_person_merges_stay_one_patient_when_everything_is_read_again(two: Workspace) -> None:
    decide(two, Decision(case_of(two, "202"), "merge", case_of(two, "201"), decided_by="Ann"))
    assert patients(two) == JOINED
    update(two, everything=True)
    assert patients(two) == JOINED
    assert possible_together(two.db) == ()


def test_what_a_person_splits_stays_apart_and_waits_no_more(two: Workspace, path: Path) -> None:
    decide(two, Decision(case_of(two, "201"), "split", case_of(two, "202"), decided_by="Ann"))
    update(two, everything=True)
    assert patients(two) == APART
    assert patient_pairs(path) == ()
    assert possible_together(two.db) == ()


def test_undoing_a_merge_gives_both_patients_their_ids_back(two: Workspace) -> None:
    before = {row["patient_id"] for row in two.db.query("SELECT patient_id FROM patients")}
    number = decide(two, Decision(case_of(two, "201"), "merge", case_of(two, "202")))
    gone = before - {row["patient_id"] for row in two.db.query("SELECT patient_id FROM patients")}
    assert [store.resolve_patient(two.db, name) in before - gone for name in gone] == [True]
    undo(two, number)
    assert {row["patient_id"] for row in two.db.query("SELECT patient_id FROM patients")} == before


def test_a_patient_is_merged_by_an_id_that_was_given_up(two: Workspace) -> None:
    first, second, woman = (f"p-{case_of(two, pmid)}" for pmid in ("201", "202", "203"))
    decide(two, Decision(first, "merge", second))
    gone = next(name for name in (first, second) if name != store.resolve_patient(two.db, name))
    decide(two, Decision(gone, "merge", woman))
    assert patients(two) == {frozenset({"201", "202", "203"})}


def test_a_second_run_changes_nothing(two: Workspace) -> None:
    decide(two, Decision(case_of(two, "201"), "merge", case_of(two, "202")))
    before = [line for line in two.db.conn.iterdump() if "_fts" not in line]
    update(two)
    assert [line for line in two.db.conn.iterdump() if "_fts" not in line] == before


@pytest.mark.parametrize("order", list(permutations(("201", "202", "203"))), ids="-".join)
def test_reports_may_come_in_any_order(work: Workspace, tmp_path: Path, order: tuple[str, ...]) -> None:
    texts = {"201": article("201"), "202": article("202", LATER), "203": article("203", WOMAN, author="Boa")}
    given: set[str] = set()
    for pmid in order:
        add(work, [write(tmp_path / f"{pmid}.xml", texts[pmid])])
        update(work)
        given |= {row["patient_id"] for row in work.db.query("SELECT patient_id FROM patients")}
    assert patients(work) == APART
    assert [tuple(sorted(group)) for group in possible_together(work.db)] == [
        tuple(sorted(f"p-{case_of(work, pmid)}" for pmid in ("201", "202")))
    ]
    assert all(store.resolve_patient(work.db, name) for name in given)


def test_what_was_noted_of_a_patient_is_found_under_either_id(two: Workspace, path: Path) -> None:
    first, second = (f"p-{case_of(two, pmid)}" for pmid in ("201", "202"))
    for name in (first, second):
        decide(two, Decision(name, "note", why=f"said of {name}"))
    decide(two, Decision(first, "merge", second))
    told = [history(path, name) for name in (first, second)]
    assert told[0] == told[1]
    assert sum("said of" in line for line in told[0]) == 2
    assert verify(path, rules_dir=TOPICS).faults == []

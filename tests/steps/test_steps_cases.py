"""Patients that people add, delete or split in two, merge or tell apart: at once, through extraction, and undone."""

from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write, write_fulltext

from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.add import add
from litreview.steps.decide import decide, undo
from litreview.steps.update import update
from litreview.steps.workspace import Workspace


@pytest.fixture
def report(work: Workspace, tmp_path: Path) -> Workspace:
    add(work, [write(tmp_path / "a.xml", article("101"))])
    update(work)
    return work


def shown(work: Workspace) -> list[tuple[object, ...]]:
    """Label, age and vials of every case, in the report's order."""
    return work.db.execute("SELECT case_label, age_years, antivenom_vials FROM cases ORDER BY case_index").fetchall()


def pooled(work: Workspace) -> list[tuple[object, ...]]:
    return work.db.execute("SELECT age_years, antivenom_vials FROM patients ORDER BY age_years").fetchall()


def case_of(work: Workspace, number: int) -> str:
    return str(work.db.execute("SELECT subject FROM decisions WHERE decision_id = ?", [number]).fetchone()[0])


def only_case(work: Workspace) -> str:
    return str(work.db.execute("SELECT case_id FROM cases").fetchone()[0])


def state(work: Workspace) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    return shown(work), pooled(work)


def test_a_patient_the_machine_missed_is_added_with_values_and_survives_extraction(report: Workspace) -> None:
    before = state(report)
    number = decide(report, Decision("101", "add_case", label="the neighbour", decided_by="Ann"))
    case_id = case_of(report, number)
    decide(report, Decision(case_id, "correct", "age_years", "44"))
    assert shown(report)[1:] == [("the neighbour", 44, None)]
    assert pooled(report) == [(30, 5), (44, None)]
    update(report, everything=True)
    assert (shown(report)[1:], pooled(report)) == ([("the neighbour", 44, None)], [(30, 5), (44, None)])
    undo(report, number)
    assert state(report) == before
    assert "no longer found" in str(
        report.db.execute("SELECT waiting FROM decisions WHERE action = 'correct'").fetchone()
    )


def test_an_added_patient_is_the_one_that_a_full_text_tells_of_later(report: Workspace, tmp_path: Path) -> None:
    case_id = case_of(report, decide(report, Decision("101", "add_case", label="Patient 2")))
    decide(report, Decision(case_id, "correct", "age_years", "61"))
    add(report, [write_fulltext(tmp_path, "PMC1", "101", f"Patient 1. {MAN} Patient 2. {WOMAN}")])
    update(report)
    told = report.db.execute(
        "SELECT antivenom_vials, origin FROM cases JOIN findings USING (case_id) "
        "WHERE case_id = ? AND attribute = 'antivenom_vials'",
        [case_id],
    ).fetchall()
    assert told == [(12, "stated")]
    assert len(pooled(report)) == 2


def test_a_patient_that_is_none_is_deleted_stays_away_and_comes_back_when_undone(report: Workspace) -> None:
    before = state(report)
    number = decide(report, Decision(only_case(report), "delete_case", why="a relative"))
    assert state(report) == ([], [])
    update(report, everything=True)
    assert state(report) == ([], [])
    assert report.db.execute("SELECT count(*) FROM decisions WHERE waiting <> ''").fetchone() == (0,)
    undo(report, number)
    assert state(report) == before


def split(work: Workspace, parts: str, label: str = "the woman") -> int:
    return decide(work, Decision(only_case(work), "split_case", value=parts, label=label, decided_by="Ann"))


def test_a_case_that_is_two_patients_is_split_as_told(report: Workspace) -> None:
    before = state(report)
    number = split(report, "antivenom_vials; +outcome")
    assert [row[1:] for row in shown(report)] == [(30, None), (None, 5)]
    outcomes = report.db.execute("SELECT outcome FROM cases").fetchall()
    assert outcomes == [("recovered",), ("recovered",)]
    assert len(pooled(report)) == 2
    after = state(report)
    update(report, everything=True)
    assert state(report) == after
    undo(report, number)
    assert state(report) == before


def test_a_half_of_a_split_case_can_be_corrected_and_the_correction_stays(report: Workspace) -> None:
    split(report, "antivenom_vials")
    other = report.db.execute("SELECT attribute FROM decisions WHERE action = 'split_case'").fetchone()[0]
    decide(report, Decision(other, "correct", "age_years", "61"))
    update(report, everything=True)
    assert [row[1:] for row in shown(report)] == [(30, None), (61, 5)]


def test_a_text_that_tells_the_two_apart_ends_the_split_and_says_so(report: Workspace, tmp_path: Path) -> None:
    split(report, "antivenom_vials", "Patient 2")
    add(report, [write_fulltext(tmp_path, "PMC1", "101", f"Patient 1. {MAN} Patient 2. {WOMAN}")])
    update(report)
    assert sorted(row[1:] for row in shown(report)) == [(30, 5), (61, 12)]
    waiting = report.db.execute("SELECT waiting FROM decisions WHERE action = 'split_case'").fetchone()
    assert waiting == ("the machine now tells these patients apart",)


REFUSED = {
    "a nameless patient": (Decision("101", "add_case"), "needs a name"),
    "a report that is not there": (Decision("999", "add_case", label="x"), "999 is not a record"),
    "a case that is not there": (Decision("r0-1", "delete_case"), "r0-1 is not a case"),
    "parts that are not there": (Decision("", "split_case", value="antivenom_delay_days", label="x"), "could go as"),
    "parts that are no attribute": (Decision("", "split_case", value="shoe_size", label="x"), "not an attribute"),
}


@pytest.mark.parametrize(("decision", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    decision: Decision, words: str, report: Workspace
) -> None:
    asked = Decision(decision.subject or only_case(report), decision.action, value=decision.value, label=decision.label)
    with pytest.raises(UsageError, match=words):
        decide(report, asked)
    assert report.db.execute("SELECT count(*) FROM decisions").fetchone() == (0,)


@pytest.fixture
def two(work: Workspace, tmp_path: Path) -> tuple[str, str]:
    """Two cases that deduplication leaves apart."""
    add(work, [write(tmp_path / "a.xml", article("101"), article("102", WOMAN, author="Boa"))])
    update(work)
    one, other = (str(row[0]) for row in work.db.execute("SELECT case_id FROM cases ORDER BY pmid").fetchall())
    return one, other


def test_two_cases_are_made_one_patient_pooled_once_and_taken_apart_again(
    work: Workspace, two: tuple[str, str]
) -> None:
    before = pooled(work)
    number = decide(work, Decision(two[0], "merge", two[1], decided_by="Ann", why="same chart"))
    assert len(pooled(work)) == 1
    update(work, everything=True)
    assert len(pooled(work)) == 1
    decide(work, Decision(two[1], "split", two[0]))
    assert pooled(work) == before
    update(work, everything=True)
    assert pooled(work) == before
    undo(work, number)
    assert pooled(work) == before


def test_patients_are_merged_by_their_ids_too(work: Workspace, two: tuple[str, str]) -> None:
    ids = [row[0] for row in work.db.execute("SELECT patient_id FROM patients").fetchall()]
    number = decide(work, Decision(ids[0], "merge", ids[1]))
    assert len(pooled(work)) == 1
    undo(work, number)
    assert len(pooled(work)) == 2

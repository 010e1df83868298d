"""Two independent reviewers: unseen until both are done, then agreed on, or settled by a third."""

from pathlib import Path

import pytest
from steps_papers import WOMAN, article, write

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.add import add
from litreview.steps.agreement import agreement
from litreview.steps.decide import decide, undo
from litreview.steps.decisions import history, queue, taken
from litreview.steps.reviewing import finish, reopen, set_mode
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TOPICS = Path(__file__).parents[1] / "topics"


@pytest.fixture
def case_id(work: Workspace, tmp_path: Path) -> str:
    add(work, [write(tmp_path / "a.xml", article("101"), article("102", WOMAN, author="Boa"))])
    update(work)
    set_mode(work, "dual")
    return str(work.db.execute("SELECT case_id FROM cases WHERE pmid = '101'").fetchone()[0])


def vials(work: Workspace, case_id: str) -> tuple[object, object]:
    """What the case table and the pooled table show."""
    return work.db.execute(
        "SELECT cases.antivenom_vials, patients.antivenom_vials FROM cases JOIN patients USING (patient_id) "
        "WHERE case_id = ?",
        [case_id],
    ).fetchone()


def say(work: Workspace, case_id: str, value: str, by: str) -> int:
    return decide(work, Decision(case_id, "correct", "antivenom_vials", value, by))


def differences(work: Workspace) -> list[tuple[object, ...]]:
    return work.db.execute("SELECT subject, attribute, value, reason FROM queue WHERE kind = 'difference'").fetchall()


def everything_but_blind(work: Workspace) -> str:
    """All that anybody may read, as text; but for who is done."""
    hidden = ("blind_", "sqlite_", "review_progress")
    names = [name for name in work.db.table_names() if not name.startswith(hidden)]
    return str([(name, list(work.db.execute(f'SELECT * FROM "{name}"'))) for name in [*names, *work.db.view_names()]])


def test_what_one_decides_is_nowhere_to_be_seen_before_both_are_done(work: Workspace, case_id: str, path: Path) -> None:
    before = everything_but_blind(work)
    say(work, case_id, "77", "Ann")
    decide(work, Decision(case_id, "note", "antivenom_vials", "seventy-seven", "Ann"))
    decide(work, Decision("101", "exclude", value="Ann's reason", decided_by="Ann"))
    assert everything_but_blind(work) == before
    assert (history(path, case_id), taken(path), vials(work, case_id)) == ((), (), (5, 5))
    assert not finish(work, "101", by="Ann")
    assert everything_but_blind(work) == before
    assert store.own_decisions(work.db, "Ben") == ()
    assert [row["value"] for row in store.own_decisions(work.db, "Ann", case_id)] == ["77", "seventy-seven"]


def test_both_agree_and_it_stands_from_disclosure_on(work: Workspace, case_id: str) -> None:
    say(work, case_id, "9", "Ann")
    say(work, case_id, "9 vials", "Ben")
    assert vials(work, case_id) == (5, 5)
    assert [finish(work, "101", by=name) for name in ("Ann", "Ben")] == [False, True]
    assert vials(work, case_id) == (9, 9)
    assert (differences(work), work.db.execute("SELECT count(*) FROM blind_decisions").fetchone()) == ([], (0,))
    update(work, everything=True)
    assert vials(work, case_id) == (9, 9)


def disclosed(work: Workspace, case_id: str) -> None:
    """Ann says 9, Ben says 8, and both are done."""
    say(work, case_id, "9", "Ann")
    say(work, case_id, "8", "Ben")
    for name in ("Ann", "Ben"):
        finish(work, "101", by=name)


def test_where_they_differ_what_stood_before_stays_and_the_difference_waits(work: Workspace, case_id: str) -> None:
    disclosed(work, case_id)
    waits = [(case_id, "antivenom_vials", "Ann: 9 | Ben: 8", "reviewers differ")]
    assert (vials(work, case_id), differences(work)) == ((5, 5), waits)
    update(work, everything=True)
    assert (vials(work, case_id), differences(work)) == ((5, 5), waits)


def test_a_third_person_adjudicates_and_that_is_undone_again(work: Workspace, case_id: str) -> None:
    disclosed(work, case_id)
    number = decide(work, Decision(case_id, "correct", "antivenom_vials", "8", "Cid", role="adjudicator"))
    assert (vials(work, case_id), differences(work)) == ((8, 8), [])
    say(work, case_id, "9", "Ann")
    assert vials(work, case_id) == (8, 8)
    undo(work, number, by="Cid")
    assert (vials(work, case_id), len(differences(work))) == ((5, 5), 1)


def test_the_two_may_come_to_agree(work: Workspace, case_id: str) -> None:
    disclosed(work, case_id)
    say(work, case_id, "8", "Ann")
    assert (vials(work, case_id), differences(work)) == ((8, 8), [])


def test_what_one_changed_and_the_other_left_is_a_difference_and_what_one_confirmed_is_none(
    work: Workspace, case_id: str
) -> None:
    say(work, case_id, "9", "Ann")
    decide(work, Decision(case_id, "accept", "outcome", "", "Ben"))
    for name in ("Ann", "Ben"):
        finish(work, "101", by=name)
    assert differences(work) == [(case_id, "antivenom_vials", "Ann: 9", "only Ann has decided on it")]
    outcome = work.db.execute("SELECT origin FROM findings WHERE case_id = ? AND attribute = 'outcome'", [case_id])
    assert (vials(work, case_id), outcome.fetchone()) == ((5, 5), ("decided",))


def test_whoever_has_begun_is_waited_for(work: Workspace, case_id: str) -> None:
    say(work, case_id, "7", "Cid")
    assert [finish(work, "101", by=name) for name in ("Ann", "Ben", "Cid")] == [False, False, True]


def test_reports_are_screened_by_two_as_well(work: Workspace, case_id: str) -> None:
    decide(work, Decision("101", "exclude", value="aggregate_only", decided_by="Ann"))
    for name in ("Ann", "Ben"):
        finish(work, "101", by=name)
    eligible = "SELECT eligible FROM records WHERE pmid = '101'"
    report = work.db.execute("SELECT record_id FROM records WHERE pmid = '101'").fetchone()[0]
    assert work.db.execute(eligible).fetchone() == ("yes",)
    assert differences(work) == [(report, "", "Ann: exclude aggregate_only", "only Ann has decided on it")]
    decide(work, Decision("101", "exclude", value="aggregate_only", decided_by="Ben"))
    assert (work.db.execute(eligible).fetchone(), differences(work)) == (("no",), [])


def test_one_s_own_decision_is_undone_unseen_and_another_s_does_not_exist(work: Workspace, case_id: str) -> None:
    number = say(work, case_id, "9", "Ann")
    with pytest.raises(UsageError, match=f"there is no decision {number}"):
        undo(work, number, by="Ben")
    undo(work, number, by="Ann")
    assert store.own_decisions(work.db, "Ann") == ()
    with pytest.raises(UsageError, match="was undone before"):
        undo(work, number, by="Ann")


def test_one_may_take_back_being_done_until_the_other_is(work: Workspace, case_id: str) -> None:
    finish(work, "101", by="Ann")
    reopen(work, "101", by="Ann")
    assert not finish(work, "101", by="Ben")
    assert finish(work, "101", by="Ann")
    with pytest.raises(UsageError, match="was disclosed"):
        reopen(work, "101", by="Ann")


def test_the_work_of_a_reviewer_is_listed(work: Workspace, case_id: str) -> None:
    say(work, case_id, "9", "Ann")
    finish(work, "101", by="Ann")
    shown = ("pmid", "cases", "decided", "done_at")
    ann, ben = ([[row[name] for name in shown] for row in store.review_tasks(work.db, who)] for who in ("Ann", "Ben"))
    assert [row[:3] for row in ann] == [["102", 1, 0], ["101", 1, 1]]
    assert [row[3] is not None for row in ann] == [False, True]
    assert ben == [["101", 1, 0, None], ["102", 1, 0, None]]


REFUSED = {
    "nameless": (Decision("", "correct", "antivenom_vials", "9"), "it must be told who"),
    "too early": (Decision("", "correct", "antivenom_vials", "9", "Cid", role="adjudicator"), "is not disclosed yet"),
}


@pytest.mark.parametrize(("decision", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_who_may_not_decide_is_told_so(decision: Decision, words: str, work: Workspace, case_id: str) -> None:
    asked = Decision(case_id, "correct", decision.attribute, "9", decision.decided_by, role=decision.role)
    with pytest.raises(UsageError, match=words):
        decide(work, asked)


def test_after_disclosure_a_reviewer_does_not_adjudicate_and_a_stranger_does_nothing_else(
    work: Workspace, case_id: str
) -> None:
    disclosed(work, case_id)
    with pytest.raises(UsageError, match="Ann reviewed"):
        decide(work, Decision(case_id, "correct", "antivenom_vials", "9", "Ann", role="adjudicator"))
    with pytest.raises(UsageError, match="was reviewed by Ann and Ben"):
        say(work, case_id, "9", "Cid")


def test_the_mode_is_not_changed_while_something_is_undisclosed(work: Workspace, case_id: str) -> None:
    say(work, case_id, "9", "Ann")
    with pytest.raises(UsageError, match="1 decisions are not disclosed"):
        set_mode(work, "single")


def test_a_reviewer_sees_the_case_with_their_own_decisions(work: Workspace, case_id: str) -> None:
    say(work, case_id, "9", "Ann")
    for name, values in (("Ann", [9]), ("Ben", [5])):
        found = store.findings_for(work.db, case_id, name, topic=work.topic, derive=lambda found, events: found)
        assert [each.value for each in found if each.attribute == "antivenom_vials"] == values


def test_patients_are_added_and_deleted_in_the_open(work: Workspace, case_id: str, path: Path) -> None:
    decide(work, Decision("101", "add_case", label="patient 2", decided_by="Ann"))
    decide(work, Decision(case_id, "delete_case", decided_by="Ben"))
    assert work.db.execute("SELECT case_label FROM cases WHERE pmid = '101'").fetchall() == [("patient 2",)]
    assert len(taken(path)) == 2
    assert queue(path) == ()


def test_agreement_is_of_what_was_decided_unseen(work: Workspace, case_id: str, path: Path) -> None:
    decide(work, Decision(case_id, "accept", "outcome", "", "Ann"))
    decide(work, Decision(case_id, "accept", "outcome", "", "Ben"))
    disclosed(work, case_id)
    say(work, case_id, "8", "Ann")
    told = {(each.one, each.other, each.attribute): (each.agree, each.n) for each in agreement(path, rules_dir=TOPICS)}
    assert told["Ann", "Ben", ""] == (1, 2)
    assert told["Ann", "Ben", "antivenom_vials"] == (0, 1)
    assert told["Ann", "machine", "outcome"] == told["Ben", "machine", "outcome"] == (1, 1)
    assert told["Ben", "machine", "antivenom_vials"] == (0, 1)

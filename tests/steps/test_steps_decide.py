from pathlib import Path

import pytest
from steps_papers import WOMAN, article, write

from litreview.errors import UsageError
from litreview.model.bibliography import Record
from litreview.model.review import Action, Decision
from litreview.model.source import SourceCase, SourceReport, Told
from litreview.steps.add import add
from litreview.steps.decide import decide, undo
from litreview.steps.deciding.values import Standing
from litreview.steps.erring import decided_errors, decided_rules
from litreview.steps.take_over import take_over
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TOPICS = Path(__file__).parents[1] / "topics"


@pytest.fixture
def case_id(work: Workspace, tmp_path: Path) -> str:
    add(work, [write(tmp_path / "a.xml", article("101"), article("102", WOMAN, author="Boa"))])
    update(work)
    return str(work.db.execute("SELECT case_id FROM cases WHERE pmid = '101'").fetchone()[0])


def one(work: Workspace, sql: str, *values: object) -> object:
    return work.db.execute(sql, list(values)).fetchone()[0]


def vials(work: Workspace, table: str, case_id: str) -> object:
    return one(
        work,
        f'SELECT antivenom_vials FROM "{table}" WHERE {"case_id" if table == "cases" else "case_ids"} = ?',
        case_id,
    )


def test_a_correction_shows_at_once_in_case_patient_and_findings(work: Workspace, case_id: str) -> None:
    decide(work, Decision(case_id, "correct", "antivenom_vials", "9", "Ann", "read the chart"))
    assert vials(work, "cases", case_id) == vials(work, "patients", case_id) == 9
    (finding,) = work.db.query("SELECT * FROM findings WHERE case_id = ? AND attribute = 'antivenom_vials'", [case_id])
    assert (finding["value"], finding["origin"], finding["decided_by"]) == (9, "decided", "Ann")


def test_undoing_brings_back_what_stood_before(work: Workspace, case_id: str) -> None:
    first = decide(work, Decision(case_id, "correct", "antivenom_vials", "9"))
    second = decide(work, Decision(case_id, "not_reported", "antivenom_vials"))
    assert vials(work, "cases", case_id) is None
    undo(work, second)
    assert vials(work, "cases", case_id) == 9
    undo(work, first)
    assert vials(work, "cases", case_id) == vials(work, "patients", case_id) == 5


def test_accepting_without_a_value_means_the_value_that_is_there(work: Workspace, case_id: str) -> None:
    decide(work, Decision(case_id, "accept", "antivenom_vials"))
    assert one(work, "SELECT value FROM decisions") == "5"
    assert (
        one(work, "SELECT origin FROM findings WHERE case_id = ? AND attribute = 'antivenom_vials'", case_id)
        == "decided"
    )


def test_a_report_can_be_left_out_and_taken_back(work: Workspace, case_id: str) -> None:
    number = decide(work, Decision("101", "exclude", value="aggregate_only"))
    assert one(work, "SELECT count(*) FROM patients") == 1
    assert one(work, "SELECT exclusion_reason FROM cases WHERE case_id = ?", case_id) == "aggregate_only"
    undo(work, number)
    assert one(work, "SELECT count(*) FROM patients") == 2


def test_a_decision_stays_through_an_update(work: Workspace, case_id: str) -> None:
    decide(work, Decision(case_id, "correct", "antivenom_vials", "9"))
    update(work, everything=True)
    assert vials(work, "cases", case_id) == vials(work, "patients", case_id) == 9


@pytest.fixture
def unsure(work: Workspace, tmp_path: Path) -> str:
    """A case of a topic that is content with nothing: every value is proposed."""
    work.topic = work.topic.model_copy(update={"fill_from": 1.0})
    add(work, [write(tmp_path / "a.xml", article("101"))])
    update(work)
    return str(one(work, "SELECT case_id FROM cases"))


def waiting(work: Workspace) -> set[object]:
    return {row["attribute"] for row in work.db.query("SELECT * FROM queue WHERE kind = 'proposed'")}


def test_what_is_too_unsure_is_not_filled_in_but_waits(work: Workspace, unsure: str) -> None:
    assert vials(work, "cases", unsure) is None
    assert waiting(work) == {"age_years", "antivenom_vials", "outcome"}


def test_a_proposal_can_be_accepted_without_naming_it_and_is_taken_back_by_undoing(
    work: Workspace, unsure: str
) -> None:
    number = decide(work, Decision(unsure, "accept", "antivenom_vials"))
    assert vials(work, "cases", unsure) == vials(work, "patients", unsure) == 5
    assert waiting(work) == {"age_years", "outcome"}
    undo(work, number)
    assert vials(work, "cases", unsure) is None
    assert waiting(work) == {"age_years", "antivenom_vials", "outcome"}


@pytest.mark.parametrize("action", ["reject", "not_reported"])
def test_a_proposal_can_be_refused(action: Action, work: Workspace, unsure: str) -> None:
    decide(work, Decision(unsure, action, "antivenom_vials"))
    assert vials(work, "cases", unsure) is None
    assert waiting(work) == {"age_years", "outcome"}
    update(work, everything=True)
    assert waiting(work) == {"age_years", "outcome"}


REFUSED = {
    "unknown case": (Decision("r0-1", "accept", "outcome"), "r0-1 is not a case"),
    "unknown attribute": (Decision("", "accept", "shoe_size"), "shoe_size is not an attribute"),
    "not a number": (Decision("", "correct", "antivenom_vials", "many"), "'many' is not a whole number"),
    "not in the vocabulary": (Decision("", "correct", "outcome", "better"), "better is not a value of outcome"),
    "nothing to reject": (Decision("", "reject", "antivenom_delay_days"), "no value of antivenom_delay_days to reject"),
    "unknown record": (Decision("999", "exclude", value="x"), "999 is not a record"),
}


@pytest.mark.parametrize(("decision", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(
    decision: Decision, words: str, work: Workspace, case_id: str
) -> None:
    asked = Decision(decision.subject or case_id, decision.action, decision.attribute, decision.value)
    with pytest.raises(UsageError, match=words):
        decide(work, asked)
    assert one(work, "SELECT count(*) FROM decisions") == 0


def test_an_accepted_item_joins_the_list_and_rejected_items_add_up() -> None:
    standing = Standing(machine=("serum",), effective=("serum",), proposed=("rest", "ice"), rejected=("salve",))
    assert standing.whole("accept", ("rest",)) == ("serum", "rest")
    assert standing.whole("accept", ("serum",)) == ("serum",)
    assert standing.whole("reject", ("ice",)) == ("salve", "ice")
    assert standing.whole("correct", ("rest",)) == ("rest",)


def test_rules_are_measured_by_what_people_decided_and_not_by_sources(
    work: Workspace, case_id: str, path: Path
) -> None:
    decide(work, Decision(case_id, "correct", "antivenom_vials", "9", "Ann"))
    decide(work, Decision(case_id, "accept", "outcome", "", "Ann"))
    decide(work, Decision(case_id, "reject", "age_years", "", "Ben"))
    take_over(work, "Sheet", [of_102("13")])
    told = {name: (count.tp, count.fp) for name, count in decided_rules(path, rules_dir=TOPICS).items()}
    assert sorted(told.values()) == [(0, 1), (0, 1), (1, 0)]
    assert [line.split(": ", 1)[1] for line in decided_errors(path, by="Ann", rules_dir=TOPICS)] == [
        "5 by antivenom_vials.1.regex; Ann: 9 “5 vials”"
    ]
    assert len(decided_errors(path, rules_dir=TOPICS)) == 2
    (line,) = decided_errors(path, by="Sheet", rules_dir=TOPICS)
    assert line.endswith("; Sheet: 13 “12 vials”")


def of_102(vials: str) -> SourceReport:
    return SourceReport("x", Record("", pmid="102"), (SourceCase("the woman", (Told("antivenom_vials", vials),)),))

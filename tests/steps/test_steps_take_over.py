"""Named sources: curated patients and a group's own sheet, as decisions that stand above the machine's findings."""

from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview.model.bibliography import PartialDate, Record
from litreview.model.review import Decision
from litreview.model.source import SourceCase, SourceReport, Told
from litreview.steps.add import add
from litreview.steps.decide import decide, undo
from litreview.steps.take_over import take_over
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

SOURCE = "Curated"
TITLE = "Antivenom after the bite of a snake in garden number 101"


def report(
    *cases: SourceCase, key: str = "adder-2020", doi: str | None = "10.5555/101", title: str = TITLE
) -> SourceReport:
    record = Record(title=title, doi=doi, authors=("Adder",), published=PartialDate(2020))
    return SourceReport(key, record, cases, eligible=True)


def told(**values: str) -> tuple[Told, ...]:
    return tuple(Told(name, value, basis="stated") for name, value in values.items())


GRASS_CUTTER = SourceCase("P1", told(age_years="30", antivenom_vials="6", outcome="recovered"))


def rows(work: Workspace, table: str) -> list[dict[str, object]]:
    return list(work.db.query(f'SELECT * FROM "{table}"'))


def test_a_source_without_any_document_gives_records_cases_and_patients(work: Workspace) -> None:
    take_over(work, SOURCE, [report(GRASS_CUTTER)])
    (case,), (patient,) = rows(work, "cases"), rows(work, "patients")
    assert (case["case_label"], case["eligible"], case["age_years"], case["antivenom_vials"]) == ("P1", "yes", 30, 6)
    assert (patient["case_ids"], patient["outcome"]) == (case["case_id"], "recovered")
    assert {(row["origin"], row["decided_by"]) for row in rows(work, "findings")} == {("decided", SOURCE)}
    assert {(row["source"], row["basis"]) for row in rows(work, "decisions") if row["action"] == "correct"} == {
        (SOURCE, "stated")
    }


def state(work: Workspace) -> list[list[dict[str, object]]]:
    names = ("records", "identifiers", "cases", "patients", "findings", "decisions", "case_identities")
    return [rows(work, name) for name in names]


def test_what_is_said_again_changes_nothing(work: Workspace) -> None:
    reports = [report(GRASS_CUTTER), report(SourceCase("x", told(age_years="4")), key="unnamed", doi=None, title="")]
    take_over(work, SOURCE, reports, whole=True)
    before = state(work)
    take_over(work, SOURCE, reports, whole=True)
    update(work, everything=True)
    assert state(work) == before


def test_a_record_that_is_found_later_is_the_same_and_its_patient_too(work: Workspace, tmp_path: Path) -> None:
    take_over(work, SOURCE, [report(GRASS_CUTTER)])
    (before,) = rows(work, "cases")
    add(work, [write(tmp_path / "a.xml", article("101"))])
    update(work)
    (case,) = rows(work, "cases")
    assert (case["case_id"], case["record_id"]) == (before["case_id"], before["record_id"])
    assert (case["pmid"], case["antivenom_vials"], len(rows(work, "patients"))) == ("101", 6, 1)
    (waits,) = work.db.query("SELECT attribute, waiting FROM decisions WHERE waiting <> ''")
    assert waits == {"attribute": "antivenom_vials", "waiting": "the machine now finds 5"}


def test_patients_of_one_report_are_told_apart_by_label_or_age(work: Workspace, tmp_path: Path) -> None:
    both = report(SourceCase("the woman", told(age_years="61")), SourceCase("the man", told(age_years="30")))
    take_over(work, SOURCE, [both])
    ids = {row["age_years"]: row["case_id"] for row in rows(work, "cases")}
    add(work, [write(tmp_path / "a.xml", article("101", f"Patient 1. {MAN} Patient 2. {WOMAN}"))])
    update(work)
    assert {row["age_years"]: row["case_id"] for row in rows(work, "cases")} == ids


def test_a_case_that_the_machine_has_is_taken_for_the_source_s(work: Workspace, tmp_path: Path) -> None:
    add(work, [write(tmp_path / "a.xml", article("101"))])
    update(work)
    take_over(work, SOURCE, [report(GRASS_CUTTER)])
    (case,) = rows(work, "cases")
    assert (case["antivenom_vials"], case["age_years"]) == (6, 30)
    update(work, everything=True)
    assert len(rows(work, "cases")) == 1


def test_a_person_stands_above_a_source_also_when_the_source_speaks_later(work: Workspace) -> None:
    take_over(work, SOURCE, [report(GRASS_CUTTER)])
    case_id = str(rows(work, "cases")[0]["case_id"])
    number = decide(work, Decision(case_id, "correct", "antivenom_vials", "7", "Ann"))
    take_over(work, "Another", [report(SourceCase("P1", told(antivenom_vials="8")))])
    assert rows(work, "patients")[0]["antivenom_vials"] == 7
    undo(work, number)
    assert rows(work, "patients")[0]["antivenom_vials"] == 8


def test_what_the_source_no_longer_says_is_undone_and_what_a_person_undid_stays_undone(work: Workspace) -> None:
    take_over(work, SOURCE, [report(GRASS_CUTTER)], whole=True)
    outcome = next(row for row in rows(work, "decisions") if row["attribute"] == "outcome")
    undo(work, int(str(outcome["decision_id"])))
    less = SourceCase("P1", told(age_years="30", outcome="recovered"))
    take_over(work, SOURCE, [report(less)], whole=True)
    (case,) = rows(work, "cases")
    assert (case["age_years"], case["antivenom_vials"], case["outcome"]) == (30, None, None)
    take_over(work, SOURCE, [report(GRASS_CUTTER)], whole=True)
    assert rows(work, "cases")[0]["antivenom_vials"] == 6


def test_what_the_codebook_does_not_take_is_a_problem_and_the_rest_goes_on(work: Workspace) -> None:
    case = SourceCase(
        "P1", (*told(age_years="old", shoe_size="9"), Told("outcome", "recovered", place="row 3, column O"))
    )
    take_over(work, SOURCE, [report(case)])
    assert {problem.subject: problem.sentence for problem in work.problems} == {
        "Curated: adder-2020, P1, age_years": "'old' is not a number",
        "Curated: adder-2020, P1, shoe_size": "shoe_size is not an attribute of antivenom_envenoming",
    }
    assert rows(work, "cases")[0]["outcome"] == "recovered"


@pytest.mark.parametrize(("eligible", "patients"), [(True, 1), (False, 0), (None, 0)])
def test_a_source_may_say_whether_a_report_counts(eligible: bool | None, patients: int, work: Workspace) -> None:
    given = report(GRASS_CUTTER)
    take_over(work, SOURCE, [SourceReport(given.key, given.record, given.cases, eligible, "another question")])
    assert len(rows(work, "patients")) == patients


def test_a_quote_that_stands_once_in_the_text_becomes_evidence(work: Workspace, tmp_path: Path) -> None:
    add(work, [write(tmp_path / "a.xml", article("101"))])
    update(work)
    vials = Told("antivenom_vials", "6", quote="given 5 vials")
    take_over(work, SOURCE, [report(SourceCase("P1", (vials,)))])
    (finding,) = work.db.query('SELECT quote, document_id, start, "end" FROM findings WHERE value = 6')
    text = work.db.execute("SELECT text FROM documents WHERE document_id = ?", [finding["document_id"]]).fetchone()[0]
    assert text[finding["start"] : finding["end"]] == finding["quote"] == "given 5 vials"

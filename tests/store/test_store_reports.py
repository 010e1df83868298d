from dataclasses import replace

import pytest
from store_values import finding

from litreview.errors import UsageError
from litreview.model.bibliography import Record
from litreview.model.case import Candidate, Case, Finding
from litreview.model.document import Document
from litreview.model.event import Event
from litreview.model.linkage import Cluster, Pair, Profile
from litreview.model.review import Decision, Verdict
from litreview.model.topic import Topic
from litreview.store import (
    Database,
    load_case,
    load_profiles,
    load_proposed,
    report_of,
    reports_to_reconcile,
    save_decision,
    save_document,
    save_duplicates,
    save_links,
    save_patients,
    save_record,
    save_report_cases,
    show_eligibility,
    typed,
    undo_decision,
    waiting,
    write_effective,
)
from litreview.store.reports import remove_record

YES = Verdict(True, explanation="one case")


def same(findings: tuple[Finding, ...], events: tuple[Event, ...]) -> tuple[Finding, ...]:
    return findings


@pytest.fixture
def report(db: Database, record: Record, document: Document) -> str:
    record_id = save_record(db, record)
    save_document(db, record_id, document)
    return record_id


def save(db: Database, report: str, topic: Topic, *cases: Case, verdict: Verdict = YES) -> tuple[str, ...]:
    return save_report_cases(db, report, cases, verdict, topic=topic, derive=same)


def content(db: Database) -> list[str]:
    """Everything but the search indexes' own bookkeeping."""
    return sorted(line for line in db.conn.iterdump() if "_fts" not in line)


def row(db: Database, case_id: str) -> dict[str, object]:
    return next(iter(db.query("SELECT * FROM cases WHERE case_id = ?", [case_id])))


def test_a_case_is_shown_in_one_row(db: Database, report: str, topic: Topic, case: Case) -> None:
    (case_id,) = save(db, report, topic, case)
    shown = row(db, case_id)
    assert shown | {"title": ""} == {
        "case_id": f"{report}-1",
        "record_id": report,
        "pmid": "101",
        "pmcid": None,
        "doi": "10.5555/bite",
        "first_author": "Adder V",
        "year": 2020,
        "title": "",
        "case_label": "Patient 1",
        "case_index": 1,
        "case_source": "own",
        "full_text": "no",
        "eligible": "yes",
        "exclusion_reason": None,
        "patient_id": None,
        "age_years": 5.0,
        "sex": "female",
        "treatments": "serum; rest",
        "days_in_hospital": 12,
    }


def test_a_case_comes_back_as_it_was_saved(db: Database, report: str, topic: Topic, case: Case) -> None:
    (case_id,) = save(db, report, topic, case)
    assert load_case(db, case_id) == case
    assert load_case(db, case_id, machine=True) == case


def test_every_quote_is_the_words_of_its_document(db: Database, report: str, topic: Topic, case: Case) -> None:
    save(db, report, topic, case)
    for table in ("findings", "evidence", "machine_findings"):
        wrong = db.execute(
            f'SELECT count(*) FROM "{table}" JOIN documents USING (document_id) '
            f'WHERE substr(documents.text, start + 1, "end" - start) <> quote'
        ).fetchone()[0]
        assert wrong == 0


def test_saving_again_leaves_the_content_as_it_was(db: Database, report: str, topic: Topic, case: Case) -> None:
    doubtful = replace(case, candidates=(Candidate(finding("sex", "male", "A girl"), "weaker"),))
    first = save(db, report, topic, doubtful)
    before = content(db)
    assert save(db, report, topic, doubtful) == first
    assert content(db) == before


def test_nothing_stale_survives(db: Database, report: str, topic: Topic, case: Case) -> None:
    (case_id,) = save(db, report, topic, case)
    save(db, report, topic, replace(case, findings=case.findings[:1]))
    assert row(db, case_id)["sex"] is None
    assert db["findings"].count == db["machine_findings"].count == db["evidence"].count == 1


def test_signs_and_doubts_are_kept_and_a_doubt_waits(db: Database, report: str, topic: Topic, case: Case) -> None:
    doubted = replace(case.findings[0], signs=("in a table", "shared out"), doubts=("tellings disagree: a, b",))
    (case_id,) = save(db, report, topic, replace(case, findings=(doubted, *case.findings[1:])))
    assert load_case(db, case_id).findings[0] == doubted
    assert [(item["kind"], item["reason"]) for item in waiting(db)] == [("finding", "tellings disagree: a, b")]


def test_what_is_proposed_waits_and_is_settled_by_a_decision(
    db: Database, report: str, topic: Topic, case: Case
) -> None:
    unsure = finding("sex", "male", "A girl", confidence=0.4)
    proposed = Candidate(unsure, "proposed: confidence 0.40 is below 0.5", proposed=True)
    left = tuple(item for item in case.findings if item.attribute != "sex")
    (case_id,) = save(db, report, topic, replace(case, findings=left, candidates=(proposed,)))
    assert row(db, case_id)["sex"] is None
    assert load_proposed(db, case_id) == (unsure,)
    assert [(item["kind"], item["attribute"], item["value"]) for item in waiting(db)] == [("proposed", "sex", "male")]
    save_decision(db, Decision(case_id, "accept", "sex", "male", "Ann"))
    write_effective(db, case_id, topic=topic, derive=same)
    assert row(db, case_id)["sex"] == "male"
    assert waiting(db) == ()
    assert [item["proposed"] for item in db.query("SELECT proposed FROM candidates")] == ["settled"]


@pytest.mark.parametrize(
    ("weight", "order"),
    [(1.0, [("sex", 0.8), ("age_years", 0.9)]), (4.0, [("age_years", 0.9), ("sex", 0.8)])],
    ids=["all alike", "age is read by three figures"],
)
def test_that_comes_first_at_which_a_person_s_word_will_change_most(
    weight: float, order: list[tuple[str, float]], db: Database, report: str, topic: Topic, case: Case
) -> None:
    first, second, *_ = case.findings
    doubted = tuple(replace(item, confidence=sure, doubts=("x: y",)) for item, sure in ((first, 0.9), (second, 0.8)))
    proposed = tuple(
        Candidate(finding("treatments", name, "serum", confidence=sure), "proposed", proposed=True)
        for name, sure in (("rest", 0.45), ("ice", 0.5))
    )
    db.execute("UPDATE attribute_weights SET weight = ? WHERE attribute = 'age_years'", [weight])
    save(db, report, topic, replace(case, findings=doubted, candidates=proposed))
    told = [(item["attribute"], item["confidence"]) for item in waiting(db)]
    assert told == [("treatments", 0.5), ("treatments", 0.45), *order]


def test_the_words_of_a_case_are_found(db: Database, report: str, topic: Topic, case: Case) -> None:
    save(db, report, topic, case)
    found = "SELECT case_id FROM cases_fts JOIN cases ON cases.rowid = cases_fts.rowid WHERE cases_fts MATCH ?"
    assert db.execute(found, ["serum"]).fetchall()
    save(db, report, topic, replace(case, findings=()))
    assert not db.execute(found, ["serum"]).fetchall()


def test_a_report_is_due_again_when_something_it_rests_on_changes(
    db: Database, report: str, topic: Topic, case: Case, document: Document, record: Record
) -> None:
    assert reports_to_reconcile(db, "rules-1") == (report,)
    save(db, report, topic, case)
    assert reports_to_reconcile(db, "rules-1") == ()
    assert reports_to_reconcile(db, "rules-2") == (report,)
    save_record(db, replace(record, status="retracted", revised=replace(record.revised, year=2021)))
    assert reports_to_reconcile(db, "rules-1") == (report,)
    save(db, report, topic, case)
    save_document(db, report, replace(document, document_id="d2", kind="fulltext", format="jats"))
    assert reports_to_reconcile(db, "rules-1") == (report,)


def test_the_cases_of_an_excluded_report_are_kept_with_no(db: Database, report: str, topic: Topic, case: Case) -> None:
    (case_id,) = save(db, report, topic, case, verdict=Verdict(False, "not_human", "mice"))
    assert (row(db, case_id)["eligible"], row(db, case_id)["exclusion_reason"]) == ("no", "not_human")


def test_a_person_overrules_the_screening_and_undoing_brings_it_back(
    db: Database, report: str, topic: Topic, case: Case
) -> None:
    (case_id,) = save(db, report, topic, case)
    number = save_decision(db, Decision(report, "exclude", value="aggregate_only", decided_by="Ann"))
    show_eligibility(db, report)
    assert row(db, case_id)["exclusion_reason"] == "aggregate_only"
    save(db, report, topic, case)
    assert row(db, case_id)["eligible"] == "no"
    undo_decision(db, number)
    show_eligibility(db, report)
    assert (row(db, case_id)["eligible"], row(db, case_id)["exclusion_reason"]) == ("yes", None)


def test_a_correction_survives_a_new_extraction(db: Database, report: str, topic: Topic, case: Case) -> None:
    (case_id,) = save(db, report, topic, case)
    save_decision(db, Decision(case_id, "correct", "age_years", "6", "Ann"))
    write_effective(db, case_id, topic=topic, derive=same)
    save(db, report, topic, replace(case, findings=case.findings[1:]))
    assert row(db, case_id)["age_years"] == 6.0
    decided = next(iter(db.query("SELECT * FROM findings WHERE attribute = 'age_years'")))
    assert (decided["origin"], decided["decided_by"]) == ("decided", "Ann")


def test_a_decision_whose_case_is_gone_waits_and_applies_when_the_case_is_back(
    db: Database, report: str, topic: Topic, case: Case
) -> None:
    (case_id,) = save(db, report, topic, case)
    save_decision(db, Decision(case_id, "correct", "age_years", "6", "Ann"))
    save(db, report, topic)
    assert [(item["kind"], item["subject"]) for item in waiting(db)] == [("decision", case_id)]
    save(db, report, topic, replace(case, label="Patient 2", findings=case.findings[4:]))
    assert save(db, report, topic, case) == (case_id,)
    assert row(db, case_id)["age_years"] == 6.0
    assert waiting(db) == ()


def test_a_decision_is_not_doubled_and_never_deleted(db: Database, report: str, topic: Topic, case: Case) -> None:
    (case_id,) = save(db, report, topic, case)
    decision = Decision(case_id, "correct", "age_years", "6", "Ann")
    number = save_decision(db, decision)
    assert save_decision(db, decision) == number
    undo_decision(db, number)
    assert db["decisions"].count == 1
    with pytest.raises(UsageError, match="was undone before"):
        undo_decision(db, number)
    with pytest.raises(UsageError, match="there is no decision 99"):
        undo_decision(db, 99)


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("age_years", " 6.5 ", (6.5,)),
        ("days_in_hospital", "3", (3,)),
        ("treatments", "serum; rest;serum", ("serum", "rest")),
        ("sex", "male", ("male",)),
        ("sex", "", ()),
    ],
)
def test_a_decided_value_takes_the_type_of_its_attribute(
    name: str, text: str, values: tuple[object, ...], topic: Topic
) -> None:
    assert typed(text, topic.attribute(name)) == values


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("age_years", "six", "'six' is not a number"),
        ("days_in_hospital", "2.5", "'2.5' is not a whole number"),
        ("sex", "boy", "boy is not a value of sex"),
    ],
)
def test_a_value_that_an_attribute_cannot_have_is_refused(name: str, text: str, words: str, topic: Topic) -> None:
    with pytest.raises(UsageError, match=words):
        typed(text, topic.attribute(name))


def test_two_records_of_one_paper_are_one_report(db: Database, report: str, topic: Topic, case: Case) -> None:
    twin = save_record(db, Record("A snake bite in a garden far from home", pmid="102", doi="10.5555/bite"))
    (case_id,) = save(db, twin, topic, case)
    save_decision(db, Decision(case_id, "correct", "age_years", "6", "Ann"))
    assert save_duplicates(db, [Cluster(report, (report, twin))]) == 1
    assert report_of(db, twin) == report
    assert save(db, report, topic, case) == (case_id,)
    assert row(db, case_id)["record_id"] == report
    assert row(db, case_id)["age_years"] == 6.0
    assert db["cases"].count == 1


def test_a_removed_record_takes_its_cases_along_and_its_decisions_wait(
    db: Database, report: str, topic: Topic, case: Case
) -> None:
    (case_id,) = save(db, report, topic, case)
    save_decision(db, Decision(case_id, "correct", "age_years", "6", "Ann"))
    remove_record(db, report)
    left = {name: db[name].count for name in ("records", "documents", "passages", "cases", "findings", "evidence")}
    assert set(left.values()) == {0}
    assert [item["subject"] for item in waiting(db)] == [case_id]


def merge(cases: tuple[Profile, ...]) -> dict[str, object]:
    return {name: value for case in reversed(cases) for name, value in case.values.items()}


def test_a_patient_is_one_row_with_all_its_cases(db: Database, report: str, topic: Topic, case: Case) -> None:
    second = save_record(db, Record("The same girl two years later", pmid="103", authors=("Boa C",)))
    (first_case,) = save(db, report, topic, case)
    (second_case,) = save(db, second, topic, replace(case, findings=case.findings[:1]))
    save_patients(db, [Cluster(first_case, (first_case, second_case))], topic=topic, merge=merge)
    (patient,) = db.query("SELECT * FROM patients")
    assert (patient["n_reports"], patient["age_years"], patient["treatments"]) == (2, 5.0, "serum; rest")
    assert set(patient["pmids"].split("; ")) == {"101", "103"}
    before = content(db)
    save_patients(db, [Cluster(first_case, (first_case, second_case))], topic=topic, merge=merge)
    assert content(db) == before


def test_patients_that_part_keep_their_id_with_the_first_case(
    db: Database, report: str, topic: Topic, case: Case
) -> None:
    one, other = save(db, report, topic, case, replace(case, label="Patient 2"))
    save_patients(db, [Cluster(one, (one, other))], topic=topic, merge=merge)
    save_patients(db, [Cluster(other, (other,)), Cluster(one, (one,))], topic=topic, merge=merge)
    given = {case_id: row(db, case_id)["patient_id"] for case_id in (one, other)}
    assert len(set(given.values())) == 2
    assert {profile.case_id: profile.patient_id for profile in load_profiles(db, topic)} == given


def test_links_of_a_kind_are_replaced_as_a_set(db: Database) -> None:
    save_links(db, "record", [Pair("a", "b", "same", 1.0, ("same DOI",))])
    save_links(db, "patient", [Pair("c", "d", "possible", 0.5, ("shared author",))])
    save_links(db, "record", [])
    assert [link["kind"] for link in db.query("SELECT kind FROM links")] == ["patient"]

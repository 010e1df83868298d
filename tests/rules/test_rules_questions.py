"""The shipped saved questions, asked of a small table."""

import sqlite3

import pytest

from litreview.rules import load

PATIENTS = [
    {"patient_id": "p1", "cytopenia_type": "AIHA", "donor_type": "MUD", "response": "CR", "prior_therapy_count": 2,
     "prior_therapies": "corticosteroids; rituximab; bortezomib", "relapse": "no", "vital_status": "alive",
     "adverse_events": "infection; infusion reaction", "age_years": 4, "infusions_to_response": 2},
    {"patient_id": "p2", "cytopenia_type": "AIHA", "donor_type": "MUD", "response": "NR", "prior_therapy_count": 7,
     "prior_therapies": "rituximab; bortezomib", "vital_status": "dead", "adverse_events": "infection",
     "age_years": 50, "follow_up_months": 3},
    {"patient_id": "p3", "cytopenia_type": "PRCA", "donor_type": "MSD", "response": "R", "prior_therapy_count": 3,
     "prior_therapies": "rituximab", "relapse": "yes", "age_years": 30, "infusions_to_response": 1},
    {"patient_id": "p4", "cytopenia_type": "PRCA", "age_years": 17},
]  # fmt: skip
CASES = [
    {"case_id": "c1", "record_id": "r1", "year": 2019, "eligible": "yes", "case_source": "own"},
    {"case_id": "c2", "record_id": "r2", "year": 2023, "eligible": "yes", "case_source": "own"},
    {"case_id": "c3", "record_id": "r3", "year": 2023, "eligible": "yes", "case_source": "cited"},
    {"case_id": "c4", "record_id": "r4", "year": 2023, "eligible": "no", "case_source": "own"},
]
RECORDS = [
    {"record_id": "r1", "eligible": "yes"},
    {"record_id": "r3", "eligible": "yes"},
    {"record_id": "r4", "eligible": "no"},
    {"record_id": "r5", "eligible": "yes", "duplicate_of": "r1"},
]
VERSIONS = [{"version": 1, "made_at": "2025-01-01T00:00:00Z"}, {"version": 2, "made_at": "2026-02-03T04:05:06Z"}]
CHANGES = [
    {"version": 1, "kind": "case", "change": "new", "subject": "c1"},
    {"version": 2, "kind": "case", "change": "changed", "subject": "c1"},
    {"version": 2, "kind": "case", "change": "new", "subject": "c2"},
    {"version": 2, "kind": "case", "change": "new", "subject": "c3"},
]


@pytest.fixture(scope="module")
def topic():
    return load("anti_cd38_cytopenia")


@pytest.fixture
def database(topic):
    attributes = [attribute.name for attribute in topic.attributes]
    bibliography = ["record_id", "pmid", "doi", "title", "journal", "year", "first_author", "eligible", "duplicate_of"]
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    _table(connection, "patients", ["patient_id", "n_reports", "pmids", "case_ids", *attributes], PATIENTS)
    _table(
        connection, "cases", [*bibliography, "case_id", "case_label", "case_index", "case_source", *attributes], CASES
    )
    _table(connection, "records", bibliography, RECORDS)
    _table(connection, "versions", ["version", "made_at"], VERSIONS)
    _table(connection, "changes", ["version", "kind", "change", "subject"], CHANGES)
    yield connection
    connection.close()


def _table(connection, name, columns, rows):
    connection.execute(f"create table {name} ({', '.join(columns)})")
    for row in rows:
        places = ", ".join("?" for _ in row)
        connection.execute(f"insert into {name} ({', '.join(row)}) values ({places})", tuple(row.values()))


@pytest.fixture
def ask(topic, database):
    def answer(name, **parameters):
        question = next(question for question in topic.questions if question.name == name)
        return [dict(row) for row in database.execute(question.sql, {"since": "", **parameters})]

    return answer


def test_every_question_has_title_and_description_and_runs(topic, ask):
    assert len(topic.questions) >= 9
    for question in topic.questions:
        assert question.title
        assert question.description.endswith(".")
        ask(question.name)


def test_response_is_counted_for_each_cytopenia(ask):
    aiha, prca = ask("response_by_cytopenia")

    assert (aiha["cytopenia"], aiha["patients"], aiha["responders"], aiha["percent_responding"]) == ("AIHA", 2, 1, 50.0)
    assert (prca["patients"], prca["response_reported"], prca["ungraded"], prca["percent_responding"]) == (
        2,
        1,
        1,
        100.0,
    )


def test_patients_without_a_donor_are_left_out_of_the_donors(ask):
    assert [(row["donor"], row["patients"], row["responders"]) for row in ask("response_by_donor")] == [
        ("MUD", 2, 1),
        ("MSD", 1, 1),
    ]


def test_prior_lines_are_grouped_in_rising_order(ask):
    rows = ask("response_by_prior_lines")

    assert [(row["prior_lines"], row["responders"]) for row in rows] == [("0 to 2", 1), ("3 to 4", 1), ("7 or more", 0)]


def test_infusions_to_response_begin_with_the_quickest(ask):
    assert [row["patient_id"] for row in ask("infusions_to_response")] == ["p3", "p1"]


@pytest.mark.parametrize(
    ("question", "patients"),
    [
        ("deaths", ["p2"]),
        ("relapses", ["p3"]),
        ("responders_after_rituximab_and_bortezomib", ["p1"]),
        ("children", ["p1", "p4"]),
    ],
)
def test_question_lists_its_patients(question, patients, ask):
    assert [row["patient_id"] for row in ask(question)] == patients


@pytest.mark.parametrize(("since", "cases"), [("2020", ["c2"]), ("2019", ["c2", "c1"]), ("", ["c2", "c1"])])
def test_cases_since_a_year_are_own_and_eligible(since, cases, ask):
    assert [row["case_id"] for row in ask("cases_since", since=since)] == cases


@pytest.mark.parametrize(
    ("since", "cases"), [("2026-02-03", ["c2"]), ("2026-02-04", []), ("2025", ["c2", "c1"]), ("", ["c2", "c1"])]
)
def test_new_cases_since_a_date_are_those_that_came_then(since, cases, ask):
    assert [row["case_id"] for row in ask("new_cases_since", since=since)] == cases


def test_adverse_events_count_patients_by_event(ask):
    assert ask("adverse_events") == [
        {"event": "infection", "patients": 2},
        {"event": "infusion reaction", "patients": 1},
    ]


def test_missing_values_are_counted_for_every_attribute(topic, ask):
    rows = {row["attribute"]: row for row in ask("missing_values")}

    assert rows.keys() == {attribute.name for attribute in topic.attributes}
    assert (rows["donor_type"]["reported"], rows["donor_type"]["missing"]) == (3, 1)
    assert rows["route"]["percent_reported"] == 0


def test_eligible_reports_without_cases_are_listed_once(ask):
    assert [row["record_id"] for row in ask("reports_without_cases")] == ["r3"]

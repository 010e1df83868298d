"""Patients in the store: ids that stay, aliases, and where each merged value comes from."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from store_values import finding

from litreview.errors import UsageError
from litreview.model.bibliography import PartialDate, Record
from litreview.model.case import Case
from litreview.model.event import Event
from litreview.model.linkage import Cluster, Comparison, Pair, Profile
from litreview.model.review import Verdict
from litreview.model.topic import Topic
from litreview.store import (
    Database,
    load_profiles,
    resolve_patient,
    save_links,
    save_patients,
    save_record,
    save_report_cases,
)

YES = Verdict(True)


def same(findings: tuple[object, ...], events: tuple[Event, ...]) -> tuple[object, ...]:
    return findings


def merge(cases: Sequence[Profile]) -> dict[str, object]:
    return {name: value for case in reversed(cases) for name, value in case.values.items()}


def report(db: Database, pmid: str, topic: Topic, case: Case, **given: object) -> str:
    title = f"A snake bite in a garden, told as number {pmid}"
    record_id = save_record(db, Record(title, pmid=pmid, published=PartialDate(2020), **given))  # type: ignore[arg-type]
    save_report_cases(db, record_id, (case,), YES, topic=topic, derive=same)  # type: ignore[arg-type]
    return f"{record_id}-1"


def give(db: Database, topic: Topic, *groups: Sequence[str]) -> dict[str, str]:
    """The patient of each case once these groups of cases are one patient each."""
    save_patients(db, [Cluster(group[0], tuple(group)) for group in groups], topic=topic, merge=merge)  # type: ignore[arg-type]
    rows = db.execute("SELECT case_id, patient_id FROM cases WHERE patient_id IS NOT NULL").fetchall()
    return dict(rows)


@pytest.fixture
def three(db: Database, topic: Topic, case: Case) -> tuple[str, str, str]:
    one, two, three = (report(db, pmid, topic, case) for pmid in ("201", "202", "203"))
    return one, two, three


def test_a_paper_that_joins_two_patients_leaves_both_ids_to_be_found(
    db: Database, topic: Topic, three: tuple[str, str, str]
) -> None:
    one, two, bridge = three
    before = give(db, topic, [one], [two])
    after = give(db, topic, [two, bridge, one])
    assert set(after.values()) == {before[one]}
    assert resolve_patient(db, before[two]) == before[one]


def test_patients_that_part_again_have_the_ids_they_had(
    db: Database, topic: Topic, three: tuple[str, str, str]
) -> None:
    one, two, _ = three
    before = give(db, topic, [one], [two])
    give(db, topic, [one, two])
    assert give(db, topic, [one], [two]) == before
    assert resolve_patient(db, before[two]) == before[two]
    assert db["patient_aliases"].count == 0


def test_an_id_that_led_to_another_leads_on_when_that_one_goes(
    db: Database, topic: Topic, three: tuple[str, str, str]
) -> None:
    one, two, third = three
    first = give(db, topic, [two], [third], [one])
    give(db, topic, [two, third], [one])
    last = give(db, topic, [one, two, third])
    assert {resolve_patient(db, name) for name in first.values()} == set(last.values())


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_every_id_ever_given_is_found_whatever_order_the_reports_came_in(
    db: Database, topic: Topic, case: Case, order: tuple[int, ...]
) -> None:
    came: list[str] = []
    given: set[tuple[str, str]] = set()
    for number in order:
        came.append(report(db, f"30{number}", topic, case))
        alone = len(came) == 2
        given |= set(give(db, topic, *([[name] for name in came] if alone else [came])).items())
    (patient,) = set(give(db, topic, came).values())
    assert {resolve_patient(db, name) for _, name in given} == {patient}


def test_a_second_time_changes_nothing(db: Database, topic: Topic, three: tuple[str, str, str]) -> None:
    give(db, topic, three[:2], three[2:])
    before = list(db.conn.iterdump())
    give(db, topic, three[:2], three[2:])
    assert list(db.conn.iterdump()) == before


def test_what_was_never_a_patient_is_refused(db: Database) -> None:
    with pytest.raises(UsageError, match="p-nobody is not a patient"):
        resolve_patient(db, "p-nobody")


def test_every_value_of_a_patient_told_twice_names_its_case(db: Database, topic: Topic, case: Case) -> None:
    older = replace(case, findings=(finding("age_years", 6.0, "girl of 5"),))
    one, two = report(db, "401", topic, case), report(db, "402", topic, older)
    give(db, topic, [one, two])
    told = {
        (row["attribute"], row["case_id"]): (row["value"], row["used"])
        for row in db.query("SELECT * FROM patient_values")
    }
    assert told["age_years", one] == (5.0, "yes")
    assert told["age_years", two] == (6.0, "no")
    assert told["treatments", one] == ("serum; rest", "yes")
    give(db, topic, [one], [two])
    assert db["patient_values"].count == 0


def test_a_cited_case_that_is_linked_no_more_is_nobodys(db: Database, topic: Topic, case: Case) -> None:
    own = report(db, "501", topic, case)
    row = report(db, "502", topic, replace(case, source="cited", citation="Adder 2020"))
    assert give(db, topic, [own, row])[row] == f"p-{own}"
    assert row not in give(db, topic, [own])


def test_what_was_compared_of_two_cases_is_kept_with_their_words(
    db: Database, topic: Topic, three: tuple[str, str, str]
) -> None:
    one, two, _ = three
    compared = (Comparison("age_years", 5.0, 5.0, "same", 4.2), Comparison("sex", "female", None, "other", -4.6))
    save_links(db, "patient", [Pair(one, two, "possible", 0.4, ("shared author",), compared)])
    rows = list(db.query("SELECT attribute, left_value, bits, left_quote FROM pair_evidence"))
    assert [(row["attribute"], row["bits"]) for row in rows] == [("sex", -4.6), ("age_years", 4.2)]
    assert rows[1]["left_quote"]
    save_links(db, "patient", [])
    assert db["link_evidence"].count == 0


def test_a_report_is_compared_with_all_that_its_records_say(db: Database, topic: Topic, case: Case) -> None:
    cited = report(db, "601", topic, case)
    later = report(db, "602", topic, case, affiliations=("Serpentarium, Hospital of St Ophis",), references=("601",))
    by_id = {profile.case_id: profile for profile in load_profiles(db, topic)}
    assert by_id[later].cites == {by_id[cited].record_id}
    assert by_id[later].hospitals == ("Serpentarium, Hospital of St Ophis",)
    assert by_id[later].published == PartialDate(2020)

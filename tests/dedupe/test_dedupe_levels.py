"""How two values agree, for numbers, days, ages, names and lists."""

import pytest

from litreview import rules
from litreview.dedupe.bonds import between, person, places
from litreview.dedupe.days import unit_of
from litreview.dedupe.levels import Scale, Years
from litreview.dedupe.traits import traits
from litreview.model.bibliography import PartialDate
from litreview.model.case import Value
from litreview.model.linkage import Profile

TOPIC = rules.load("anti_cd38_cytopenia", None)
SAME_TIME = Years(0.0, None)
TWO_YEARS_LATER = Years(2.0, left_is_later=False)


def level(name: str, left: Value, right: Value, years: Years = SAME_TIME) -> str:
    scale = Scale(TOPIC.attribute(name), traits(TOPIC)[name], TOPIC)
    turned = Years(years.between, None if years.left_is_later is None else not years.left_is_later)
    assert scale.level(left, right, years) == scale.level(right, left, turned)
    return scale.level(left, right, years)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(58, 58, "same"), (58, 60, "near"), (141, 152, "loose"), (89, 91, "near"), (79, 84, "other"), (58, 75, "other")],
    ids=["the day", "days off", "five months", "weeks and days", "more than half a week", "another day"],
)
def test_days_bear_rounding_to_weeks_and_months(left: int, right: int, expected: str) -> None:
    assert level("cytopenia_onset_day", left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "years", "expected"),
    [
        (11, 11.4, SAME_TIME, "same"),
        (11, 12, SAME_TIME, "near"),
        (11, 13, SAME_TIME, "loose"),
        (11, 14, SAME_TIME, "other"),
        (11, 15, TWO_YEARS_LATER, "loose"),
        (14, 11, TWO_YEARS_LATER, "other"),
        (0.75, 1, SAME_TIME, "same"),
        (0.5, 1, SAME_TIME, "near"),
    ],
)
def test_ages_grow_by_the_years_between_the_reports(left: float, right: float, years: Years, expected: str) -> None:
    assert level("age_years", left, right, years) == expected


@pytest.mark.parametrize(
    ("name", "earlier", "later", "expected"),
    [
        ("infusion_count", 4, 9, "grew since"),
        ("infusion_count", 9, 4, "other"),
        ("vital_status", "alive", "dead", "went on since"),
        ("vital_status", "dead", "alive", "other"),
        ("response", "PR", "CR", "went on since"),
        ("relapse", "no", "yes", "went on since"),
        ("donor_chimerism_percent", 100.0, 85.0, "may have changed"),
        ("donor_type", "UD", "MUD", "near"),
        ("sex", "male", "female", "other"),
    ],
)
def test_what_time_changes_is_told_apart_from_what_stays(
    name: str, earlier: Value, later: Value, expected: str
) -> None:
    assert level(name, earlier, later, TWO_YEARS_LATER) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("AML", "acute myeloid leukemia", "same"),
        ("chronic granulomatous disease", "X-linked chronic granulomatous disease", "near"),
        ("acute myeloid leukemia", "acute lymphoblastic leukemia", "other"),
    ],
)
def test_diseases_are_compared_by_their_concept(left: str, right: str, expected: str) -> None:
    assert level("primary_disease", left, right) == expected


def test_lists_may_be_told_in_part() -> None:
    assert level("prior_therapies", ("IVIG", "rituximab"), ("rituximab", "IVIG")) == "same"
    assert level("prior_therapies", ("IVIG", "rituximab"), ("rituximab", "IVIG", "danazol")) == "near"
    assert level("prior_therapies", ("IVIG", "rituximab"), ("IVIG", "danazol", "sirolimus")) == "loose"
    assert level("prior_therapies", ("IVIG",), ("danazol",)) == "other"


def test_a_day_is_taken_for_the_largest_unit_it_is_a_multiple_of() -> None:
    assert [unit_of(days) for days in (84, 122, 365, 90, 3)] == [7.0, 30.4, 365.0, 1.0, 1.0]


def profile(**given: object) -> Profile:
    said = {"case_id": "c", "record_id": "r", "source": "own", "authors": (), "year": 2020, "full_text": True, **given}
    return Profile(values={}, **said)  # type: ignore[arg-type]


def test_an_author_is_known_by_family_name_and_first_initial() -> None:
    assert person("Prescott-Hale JE") == person("Prescott-Hale, Jane")
    assert person("Wang L") != person("Wang Y")


def test_a_hospital_is_found_in_an_affiliation_and_a_department_is_none() -> None:
    told = "Department of Haematology, St Oswin Children's Hospital, Carrowby, UK."
    assert places(profile(hospitals=(told,))) == {"st oswin childrens hospital"}


def test_the_time_between_reports_is_told_as_far_as_they_are_dated() -> None:
    early, late = profile(published=PartialDate(2020, 3)), profile(published=PartialDate(2021, 9))
    assert between(early, late) == Years(1.5, left_is_later=False)
    assert between(profile(year=2022), profile(year=2022)).left_is_later is None
    assert between(profile(year=None), late).left_is_later is None

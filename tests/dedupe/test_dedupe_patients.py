from collections.abc import Mapping
from itertools import permutations

import pytest

from litreview import rules
from litreview.dedupe import merge, patients
from litreview.model.case import Value
from litreview.model.clock import Clock
from litreview.model.eligibility import Eligibility
from litreview.model.linkage import Pair, Profile
from litreview.model.topic import Attribute, Choice, Topic


def attribute(name: str, kind: str, **given: object) -> Attribute:
    return Attribute(name=name, type=kind, definition=name, rules=(), examples=(), **given)  # type: ignore[arg-type]


TOPIC = Topic(
    name="bites",
    title="Bites",
    question="?",
    version="1",
    clock=Clock(index="bite", start="serum"),
    events=(),
    eligibility=Eligibility(question="", case_needs=(), exclusions=()),
    attributes=(
        attribute("age_years", "number", identifies=1),
        attribute("sex", "category", identifies=1),
        attribute("species", "text", identifies=1),
        attribute("onset_day", "integer", unit="days"),
        attribute("serum_day", "integer", unit="days"),
        attribute("platelets", "number", unit="10^9/L"),
        attribute("vials", "integer", unit="vials"),
        attribute("treatments", "list"),
        attribute("outcome", "category", choice=Choice(prefer="order", order=("recovered", "improved", "died"))),
        attribute("follow_up_months", "number", unit="months", choice=Choice(prefer="highest")),
    ),
)
BOY: Mapping[str, Value] = {
    "age_years": 11.0,
    "sex": "male",
    "species": "Vipera berus",
    "onset_day": 58,
    "serum_day": 118,
    "platelets": 8.4,
    "vials": 4,
}


def profile(case_id: str, values: Mapping[str, Value] = BOY, **given: object) -> Profile:
    said = {
        "record_id": f"r-{case_id}",
        "source": "own",
        "authors": ("Adder V", "Boa C"),
        "year": 2020,
        "full_text": True,
        **given,
    }
    return Profile(case_id=case_id, values=values, **said)  # type: ignore[arg-type]


def outcome(one: Profile, other: Profile) -> str:
    pairs, _ = patients((one, other), TOPIC)
    turned, _ = patients((other, one), TOPIC)
    assert [pair.outcome for pair in pairs] == [pair.outcome for pair in turned]
    return pairs[0].outcome if pairs else "different"


def test_a_follow_up_report_tells_the_same_patient() -> None:
    later = {**BOY, "age_years": 12.0, "vials": 9, "follow_up_months": 30.0}
    assert outcome(profile("a"), profile("b", later, authors=("Boa C", "Dryad E"))) == "same"


NOT_THE_SAME = {
    "the same report": profile("b", record_id="r-a"),
    "another age": profile("b", {**BOY, "age_years": 14.0, "sex": "female"}),
    "other days and another species": profile("b", {**BOY, "species": "Naja naja", "onset_day": 70, "serum_day": 99}),
    "all that tells the patients of a hospital apart": profile(
        "b", {**BOY, "onset_day": 70, "serum_day": 99, "platelets": 22.0}
    ),
    "small numbers only": profile("b", {"sex": "male", "vials": 4}, authors=("Cobra K",)),
    "little, and by other people": profile("b", {**BOY, "onset_day": 70, "serum_day": 99}, authors=("Cobra K",)),
}


@pytest.mark.parametrize("other", NOT_THE_SAME.values(), ids=NOT_THE_SAME.keys())
def test_others_are_not_taken_for_one_patient(other: Profile) -> None:
    assert outcome(profile("a"), other) == "different"


DOUBTFUL = {
    "by other people, yet the same in every number": profile("b", authors=("Cobra K",)),
    "another sex": profile("b", {**BOY, "sex": "female"}),
    "another age": profile("b", {**BOY, "age_years": 14.0}),
    "another species": profile("b", {**BOY, "species": "Naja naja"}),
    "two days that differ": profile("b", {**BOY, "onset_day": 70, "serum_day": 99}),
    "only the person's marks": profile("b", {"sex": "male", "species": "Vipera berus", "age_years": 11.0}),
}


@pytest.mark.parametrize("other", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_doubtful_pairs_are_left_to_a_person(other: Profile) -> None:
    assert outcome(profile("a"), other) == "possible"


def test_values_that_many_reports_share_tell_nobody_apart() -> None:
    usual = {"sex": "male", "platelets": 8.4, "onset_day": 58, "serum_day": 118}
    others = tuple(profile(f"x{n}", usual, authors=(f"Other{n} A",)) for n in range(60))
    pairs, _ = patients((profile("a", usual), profile("b", usual), *others), TOPIC)
    assert [pair for pair in pairs if pair.outcome == "same"] == []
    rare = {"sex": "male", "platelets": 7.1, "onset_day": 43, "serum_day": 133}
    pairs, _ = patients((profile("a", rare), profile("b", rare), *others), TOPIC)
    assert [(pair.left, pair.right) for pair in pairs if pair.outcome == "same"] == [("a", "b")]


def test_a_citation_without_a_year_is_followed_by_its_name() -> None:
    pairs, _ = patients((profile("a"), cited("c", {"sex": "male", "age_years": 11.0}, "Adder et al 6")), TOPIC)
    assert [(pair.left, pair.right) for pair in pairs] == [("c", "a")]


def test_the_case_known_before_stands_for_the_patient() -> None:
    _, (cluster,) = patients((profile("a"), profile("b", patient_id="p-b")), TOPIC)
    assert cluster.leader == "b"


def cited(case_id: str, values: Mapping[str, Value], citation: str = "Adder et al., 2020 [7]") -> Profile:
    return profile(case_id, values, source="cited", citation=citation, record_id="review", authors=("Reviewer R",))


def test_a_cited_case_is_the_patient_of_the_report_that_it_cites() -> None:
    girl = {**BOY, "sex": "female", "age_years": 40.0}
    cases = (profile("a"), profile("b", girl, record_id="r-a"), cited("c", {"sex": "female", "age_years": 40.0}))
    pairs, clusters = patients(cases, TOPIC)
    assert [(pair.left, pair.right, pair.outcome) for pair in pairs] == [("c", "b", "same")]
    assert {cluster.leader for cluster in clusters} == {"a", "b"}


@pytest.mark.parametrize(
    "case",
    [
        cited("c", {"sex": "female"}, "Adder et al 6"),
        cited("c", {"sex": "male"}, "Cobra et al., 2020"),
        cited("c", {}, "Adder 2011"),
    ],
    ids=["contradicts", "another author", "another year"],
)
def test_a_cited_case_that_fits_nobody_is_nobodys(case: Profile) -> None:
    pairs, clusters = patients((profile("a"), case), TOPIC)
    assert pairs == ()
    assert [cluster.members for cluster in clusters] == [("a",)]


def test_the_fuller_report_leads_and_the_others_fill_its_gaps() -> None:
    short = profile("b", {"age_years": 10.0, "treatments": ("serum",), "outcome": "died"}, full_text=False)
    full = profile("a", {"age_years": 11.0, "sex": "male", "treatments": ("rest", "serum"), "outcome": "recovered"})
    assert merge((short, full), TOPIC) == {
        "age_years": 11.0,
        "sex": "male",
        "treatments": ("rest", "serum"),
        "outcome": "recovered",
    }


def test_where_the_topic_prefers_one_of_several_values_so_does_the_merge() -> None:
    first = profile("a", {**BOY, "outcome": "improved", "follow_up_months": 6.0})
    second = profile("b", {"outcome": "recovered", "follow_up_months": 30.0})
    merged = merge((first, second), TOPIC)
    assert (merged["outcome"], merged["follow_up_months"]) == ("recovered", 30.0)


def said(left: str, right: str, outcome: str) -> Pair:
    return Pair(left, right, outcome, 1.0, ("decided by Ann",))  # type: ignore[arg-type]


def groups(cases: tuple[Profile, ...], *decided: Pair) -> set[frozenset[str]]:
    _, found = patients(cases, TOPIC, decided)
    return {frozenset(cluster.members) for cluster in found}


def test_what_a_person_says_of_two_cases_stands_above_what_is_found() -> None:
    cases = (profile("a"), profile("b"))
    assert groups(cases) == {frozenset("ab")}
    assert groups(cases, said("a", "b", "different")) == {frozenset("a"), frozenset("b")}


def test_people_may_join_what_would_be_excluded_also_by_way_of_a_third() -> None:
    girl = {**BOY, "sex": "female", "age_years": 40.0}
    cases = (profile("a"), profile("b", girl), profile("c", {**girl, "species": "Naja naja"}, record_id="r-b"))
    assert groups(cases, said("a", "b", "same"), said("a", "c", "same")) == {frozenset("abc")}


def test_two_patients_of_one_report_are_never_one() -> None:
    twin = {**BOY, "onset_day": 59}
    cases = (profile("a"), profile("b", twin, record_id="r-a"), profile("c"))
    assert groups(cases) == {frozenset("ac"), frozenset("b")}


def test_of_two_patients_of_a_report_who_fit_alike_neither_is_joined() -> None:
    cases = (profile("a"), profile("b", record_id="r-a"), profile("c"))
    pairs, _ = patients(cases, TOPIC)
    assert {(pair.left, pair.right, pair.outcome) for pair in pairs} == {("a", "c", "possible"), ("b", "c", "possible")}


def test_a_row_of_a_review_makes_no_one_patient_of_two() -> None:
    other = profile("b", {**BOY, "onset_day": 70, "serum_day": 99, "platelets": 22.0})
    row = cited("c", {"sex": "male", "age_years": 11.0, "species": "Vipera berus"})
    pairs, found = patients((profile("a"), other, row), TOPIC)
    assert {frozenset(cluster.members) for cluster in found} == {frozenset("a"), frozenset("b")}
    assert [pair.outcome for pair in pairs if pair.left == "c"] == ["possible", "possible"]


def test_every_reason_can_be_read_with_its_weight() -> None:
    (pair,), _ = patients((profile("a"), profile("b", {**BOY, "vials": 9})), TOPIC)
    assert pair.reasons[0] == "shared authors Adder V, Boa C"
    assert any(reason.startswith("same onset_day: 58 (+") for reason in pair.reasons)
    assert [each.how for each in pair.compared if each.attribute == "vials"] == ["other"]


def test_a_pair_that_only_a_person_may_join_says_so_first() -> None:
    (pair,), _ = patients((profile("a"), profile("b", {**BOY, "sex": "female"})), TOPIC)
    assert pair.reasons[0] == "another sex, which only a person may overlook"


def test_namesakes_of_other_hospitals_are_the_less_one_patient_for_it() -> None:
    little = {"sex": "male", "onset_day": 58}
    here = profile("a", little, hospitals=("Viper Hospital, Adder",))
    (apart,), _ = patients((here, profile("b", little, hospitals=("Cobra Clinic, Boa",))), TOPIC)
    (unknown,), _ = patients((here, profile("b", little)), TOPIC)
    assert "no hospital in common" in apart.reasons
    assert apart.score < unknown.score


def test_the_same_people_under_one_title_tell_of_one_patient_the_likelier() -> None:
    said = "Serum for a boy bitten by an adder in a garden"
    titles = (f"{said}: a case report", "Serum for two boys and a girl whom adders bit in the hills")
    first = profile("a", {"sex": "male", "age_years": 11.0, "onset_day": 58}, title=said)
    ((one,), _), ((another,), _) = (
        patients((first, profile("b", first.values, title=title)), TOPIC) for title in titles
    )
    assert "one title" in one.reasons
    assert one.score > another.score


def test_a_number_that_is_no_custom_tells_two_of_one_hospital_apart() -> None:
    usual, rare = {"sex": "male", "vials": 4}, {"sex": "male", "vials": 7}
    others = tuple(profile(f"x{n}", usual, authors=(f"Other{n} A",)) for n in range(60))
    pairs = [patients((profile("a", each), profile("b", each), *others), TOPIC)[0] for each in (usual, rare)]
    (by_custom,), (by_itself,) = ([pair for pair in each if {pair.left, pair.right} == {"a", "b"}] for each in pairs)
    assert by_itself.score > by_custom.score


@pytest.mark.parametrize(
    ("label", "other", "bits"),
    [
        ("UPN 305", "UPN 305", 6.0),
        ("UPN 305", "UPN 306", -3.0),
        ("Patient 3", "Patient 3", None),
        ("2019", "2019", None),
    ],
)
def test_a_number_of_a_register_counts_and_others_do_not(label: str, other: str, bits: float | None) -> None:
    (pair,), _ = patients((profile("a", label=label), profile("b", label=other)), TOPIC)
    told = [each.bits for each in pair.compared if each.attribute == "case_label"]
    assert told == ([] if bits is None else [bits])


def test_the_sides_of_a_pair_do_not_depend_on_the_order_of_the_cases() -> None:
    pairs = [patients(cases, TOPIC)[0][0] for cases in permutations((profile("a"), profile("b")))]
    assert [(pair.left, pair.right) for pair in pairs] == [("a", "b")] * 2


def test_of_what_changes_with_time_the_latest_report_leads_and_a_day_over_a_month() -> None:
    topic = rules.load("anti_cd38_cytopenia", None)
    full = profile("a", {"donor_chimerism_percent": 100.0, "cytopenia_onset_day": 152, "sex": "male"}, year=2020)
    letter = {"donor_chimerism_percent": 85.0, "cytopenia_onset_day": 141, "infusion_count": 9}
    later = profile("b", letter, year=2023, full_text=False)
    assert merge((full, later), topic) == {**letter, "sex": "male"}
    assert merge((later, full), topic) == merge((full, later), topic)

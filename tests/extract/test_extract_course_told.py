"""Where words stand when no cue says that treatment began; values that others leave nothing to say."""

import pytest

from litreview.extract.derive import derive, empty_because
from litreview.extract.example import example_document, read_as_report
from litreview.model.case import Finding
from litreview.model.topic import Example
from litreview.rules import load


@pytest.fixture(scope="module")
def topic():
    return load("anti_cd38_cytopenia")


def values(text, attribute, topic):
    document, _ = example_document(Example(text=text, expect="nothing"))
    return [
        found.value
        for case in read_as_report(document, topic)
        for found in case.findings
        if found.attribute == attribute
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "A boy had AIHA after HSCT. Daratumumab rendered him transfusion independent.",
            ["yes"],
            id="named-without-a-verb-of-giving",
        ),
        pytest.param(
            "A boy had AIHA after HSCT. Daratumumab was refused. Rituximab rendered him transfusion independent.",
            [],
            id="refused",
        ),
        pytest.param(
            "A boy was transfusion independent. AIHA followed. Daratumumab seemed right to us.",
            [],
            id="told-before-it-is-named",
        ),
    ],
)
def test_treatment_begins_where_its_agent_is_first_named_if_nothing_says_that_it_was_given(text, expected, topic):
    assert values(text, "transfusion_independent", topic) == expected


def test_a_value_is_left_out_where_another_leaves_it_nothing_to_say(topic):
    findings = (Finding("response", "NR", ()), Finding("relapse", "yes", ()))

    assert [finding.attribute for finding in derive(findings, topic)] == ["response"]
    assert empty_because(findings[1], findings, topic) == "has nothing to say where response is NR"


@pytest.mark.parametrize(
    "findings",
    [
        pytest.param((Finding("response", "PR", ()), Finding("relapse", "yes", ())), id="another-value"),
        pytest.param((Finding("relapse", "yes", ()),), id="nothing-told"),
        pytest.param((Finding("response", "NR", ()), Finding("relapse", "yes", (), origin="decided")), id="decided"),
    ],
)
def test_a_value_stays_where_nothing_denies_it_or_a_person_decided(findings, topic):
    assert "relapse" in [finding.attribute for finding in derive(findings, topic)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("On day +30 the boy, 3 years and 2 months old, was pale.", [3.17], id="another-time-is-near"),
        pytest.param("On day +30 the boy, 3 years 2 months old, was pale.", [3.17], id="side-by-side"),
        pytest.param("The boy was pale 3 years and 2 months after birth.", [], id="no-age"),
    ],
)
def test_an_anchor_that_holds_its_time_takes_no_other(text, expected, topic):
    assert values(text, "age_years", topic) == expected


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("At 14 years of age, she relapsed with AIHA. A 15-year-old by then, she was started on daratumumab.", 15),
        ("A 5-month-old girl had AIHA. Rituximab failed. At 8 months of age, daratumumab was started.", 0.67),
        ("He had had ITP since he was 6. At 17 years, he received daratumumab.", 17),
        ("A boy had ITP at 4 years. At the age of 9, he had AIHA. At 14, he relapsed. Daratumumab was given.", 14),
        ("A 9-year-old girl had AIHA. At 7 months, before daratumumab was given, she relapsed.", 9),
    ],
    ids=["by-then", "months-open", "years-open", "the-last-episode", "months-of-a-course"],
)
def test_of_several_ages_the_one_at_the_intervention_is_told(text, age, topic):
    assert values(text, "age_years", topic) == [age]

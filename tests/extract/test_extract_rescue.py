"""What is told after another treatment was begun is not owed to the intervention."""

import pytest
from extract_values import found, results

from litreview.extract.example import example_document, read_as_report
from litreview.model.topic import Example
from litreview.rules import load

TOPIC = load("anti_cd38_cytopenia")
GIVEN = "A man of 50 years had ITP. Daratumumab was given for four weeks. "


def told(text, *attributes):
    document, _ = example_document(Example(text=text, expect="nothing"))
    (case,) = read_as_report(document, TOPIC)
    found = {finding.attribute: str(finding.value) for finding in case.findings}
    return [found.get(attribute) for attribute in attributes]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        pytest.param(
            GIVEN + "There was no effect. Avatrombopag was started and led to a complete response.", "NR", id="failed"
        ),
        pytest.param(
            GIVEN + "A partial response was seen. He relapsed, was given rituximab and had a complete response.",
            "PR",
            id="lost",
        ),
        pytest.param(
            GIVEN + "Prednisone was added, and a complete response followed.", "CR", id="not-because-it-failed"
        ),
        pytest.param(
            GIVEN + "There was no effect in week 4. A complete response was noted in week 9.", "CR", id="late"
        ),
        pytest.param(
            GIVEN + "There was no effect at first. Rituximab was planned. A complete response came before it.",
            "CR",
            id="planned-only",
        ),
        pytest.param(
            GIVEN
            + "There was no effect. Rituximab was given. A second course of daratumumab was started, and he had a "
            "complete response.",
            "CR",
            id="begun-again",
        ),
    ],
)
def test_effects_after_another_treatment_are_not_the_antibodys(text, response):
    assert told(text, "response") == [response]


def test_a_response_to_another_treatment_has_no_day():
    text = GIVEN + "There was no effect. Avatrombopag was started, and platelets rose within eight days."
    assert told(text, "days_to_response") == [None]


def test_harm_and_death_are_told_of_the_patient_whatever_was_given_then():
    text = GIVEN + "There was no effect. Avatrombopag was started. Pneumonia followed, and he died."
    assert told(text, "adverse_events", "vital_status") == ["infection", "dead"]


ONCE = "Refractory ITP.\n\nA man of 50 years had ITP. He had four doses of daratumumab. A partial response was seen. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            ONCE + "Nine months later ITP relapsed. He was retreated with six doses and attained a complete response.",
            ["PR", "4"],
            id="begun-again-after-a-loss",
        ),
        pytest.param(
            ONCE + "At relapse nine months later another six doses of daratumumab led to a complete response.",
            ["PR", "4"],
            id="in-one-sentence",
        ),
        pytest.param(
            ONCE + "As this was not enough, a second course was given, and a complete response followed.",
            ["CR", "4"],
            id="no-loss",
        ),
    ],
)
def test_a_course_that_followed_a_loss_is_another_one(text: str, expected: list[str]) -> None:
    given = results(text)

    assert [found(given, name)[name] for name in ("response", "infusion_count")] == [[value] for value in expected]

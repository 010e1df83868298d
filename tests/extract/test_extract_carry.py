"""What one patient takes over from another, and amounts that count: seen through whole extractions of short reports."""

import pytest

from litreview.extract.example import example_document, read_as_report
from litreview.extract.reread import rederive
from litreview.model.case import DocumentCase
from litreview.model.topic import Example, Topic
from litreview.rules.load import load

FIRST = (
    "Patient 1, a 5-year-old boy, was transplanted after conditioning with busulfan and fludarabine. "
    "Patient 2, a 9-year-old girl, underwent HSCT. "
)


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load("anti_cd38_cytopenia")


def cases(topic: Topic, text: str = "", table: str = "") -> tuple[DocumentCase, ...]:
    return read_as_report(example_document(Example(text=text, table=table, expect=""))[0], topic)


def values(case: DocumentCase, attribute: str) -> list[object]:
    return [finding.value for finding in case.findings if finding.attribute == attribute]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("She had the same conditioning regimen as patient 1.", id="same as a label"),
        pytest.param("Conditioning was identical to that of P1.", id="identical to"),
        pytest.param("Her conditioning was as described for our first patient.", id="by order"),
        pytest.param("The conditioning regimen was the same as in the other patient.", id="the only other"),
    ],
)
def test_a_patient_takes_over_what_the_words_point_to(topic: Topic, words: str) -> None:
    second = cases(topic, FIRST + words)[1]
    found = [finding for finding in second.findings if finding.attribute == "conditioning_agents"]
    assert [finding.value for finding in found] == ["busulfan", "fludarabine"]
    assert {finding.origin for finding in found} == {"derived"}
    assert found[0].evidence[0].quote in words
    assert "busulfan" in found[0].evidence[1].quote
    assert rederive(found[0], second.findings, second.events, topic)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("She was not given the same conditioning as patient 1.", id="denied"),
        pytest.param("She had the same rituximab schedule as patient 1.", id="something else"),
        pytest.param("She had the same conditioning as patient 1 except for alemtuzumab.", id="with an exception"),
        pytest.param("She had the same conditioning as patient 7.", id="nobody"),
    ],
)
def test_a_patient_takes_over_nothing_else(topic: Topic, words: str) -> None:
    assert values(cases(topic, FIRST + words)[1], "conditioning_agents") == []


def test_a_cell_may_point_to_another_row(topic: Topic) -> None:
    table = "Patient | Age | Conditioning\n1 | 5 | Bu/Flu\n2 | 9 | as patient 1"
    assert sorted(map(str, values(cases(topic, table=table)[1], "conditioning_agents"))) == ["busulfan", "fludarabine"]


def test_measured_amounts_count_and_thresholds_do_not(topic: Topic) -> None:
    measured = cases(topic, "ITP developed with platelets of 7 G/L. Daratumumab was started.")[0]
    threshold = cases(topic, "ITP developed; the target was platelets above 20 G/L. Daratumumab was started.")[0]
    assert values(measured, "baseline_platelets_1e9_l") == [7]
    assert values(threshold, "baseline_platelets_1e9_l") == []


def test_a_condition_on_the_paragraph_sees_the_patients_own_words_only(topic: Topic) -> None:
    text = (
        "Patient 1, a 5-year-old boy, was transplanted from a 10/10 matched unrelated donor. "
        "Patient 2, a 9-year-old girl, was transplanted from her haploidentical mother and, "
        "after the graft was lost, received a second transplant from a 9/10 matched unrelated donor."
    )
    assert values(cases(topic, text)[0], "hla_match") == ["10/10"]

"""The examples in the shipped rules, each a test of its own."""

import pytest

from litreview.extract.example import try_example
from litreview.rules import load
from litreview.steps.screening_examples import screened

TOPIC = load("anti_cd38_cytopenia")
EXAMPLES = [
    pytest.param(attribute, example, id=f"{attribute.name}-{number}")
    for attribute in TOPIC.attributes
    for number, example in enumerate(attribute.examples, 1)
]


@pytest.mark.parametrize(("attribute", "example"), EXAMPLES)
def test_an_attributes_example_gives_what_it_says(attribute, example):
    assert try_example(example, attribute, TOPIC).fault == ""


@pytest.mark.parametrize("example", TOPIC.eligibility.examples, ids=lambda example: example.title[:60])
def test_screening_says_of_an_example_what_it_should(example):
    assert screened(example, TOPIC) == example.expect


def test_every_reason_to_leave_a_report_out_has_an_example():
    shown = {example.expect for example in TOPIC.eligibility.examples}

    assert shown == {"eligible", *(exclusion.reason for exclusion in TOPIC.eligibility.exclusions)}

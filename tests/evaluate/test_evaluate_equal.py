"""When two values count as equal."""

import pytest

from litreview.evaluate.equal import equal
from litreview.model.case import Value
from litreview.model.topic import Topic


@pytest.mark.parametrize(
    ("attribute", "found", "gold"),
    [
        pytest.param("age", 4.54, 4.5, id="number within 0.05"),
        pytest.param("age", 1004.0, 1000.0, id="number within half a percent"),
        pytest.param("doses", 4, 4, id="integer"),
        pytest.param("doses", 4.0, 4, id="integer kept as a real"),
        pytest.param("start", 204, 200, id="days within three percent"),
        pytest.param("observed", 9.2, 9, id="months within three percent"),
        pytest.param("sex", "Female", "female", id="category without case"),
        pytest.param("drugs", "CsA", "cyclosporine", id="synonym"),
        pytest.param("drugs", "Haemo-filtration", "hemo filtration", id="British spelling and hyphen"),
        pytest.param("ratio", "9/10", "9/10", id="text with a form"),
        pytest.param("illness", "SA", "sideroblastic anaemia", id="abbreviation spelled out"),
        pytest.param("illness", "AML", "acute myeloid leukaemia", id="abbreviation of a grouped concept"),
        pytest.param("illness", "XYZ disease", "xanthic yellow zone syndrome", id="abbreviation told by the other"),
        pytest.param("illness", "severe Foo syndrome", "Foo disease", id="generic words"),
        pytest.param("illness", "Foo", "Foo-Bar deficiency", id="half of the words"),
    ],
)
def test_values_are_equal(attribute: str, found: Value, gold: Value, topic: Topic) -> None:
    assert equal(found, gold, topic.attribute(attribute), topic)
    assert equal(gold, found, topic.attribute(attribute), topic)


@pytest.mark.parametrize(
    ("attribute", "found", "gold"),
    [
        pytest.param("age", 4.56, 4.5, id="number beyond 0.05"),
        pytest.param("doses", 5, 4, id="integer off by one"),
        pytest.param("doses", 101, 100, id="a large integer off by one percent"),
        pytest.param("start", 207, 200, id="days beyond three percent"),
        pytest.param("sex", "male", "female", id="category"),
        pytest.param("drugs", "methotrexate", "cyclosporine", id="another drug"),
        pytest.param("ratio", "10/10", "9/10", id="text with a form is compared whole"),
        pytest.param("illness", "Foo syndrome", "Bar syndrome", id="only generic words agree"),
        pytest.param("illness", "AML", "Foo disease", id="another illness"),
        pytest.param("age", "old", 4.5, id="no number"),
    ],
)
def test_values_differ(attribute: str, found: Value, gold: Value, topic: Topic) -> None:
    assert not equal(found, gold, topic.attribute(attribute), topic)

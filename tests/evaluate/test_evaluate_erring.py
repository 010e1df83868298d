"""Which rule errs: against gold and against what people decided."""

import pytest

from litreview.evaluate import printed
from litreview.evaluate.comparison import Count
from litreview.evaluate.erring import Decided, by_decisions, worst_first
from litreview.model.case import Finding, Value
from litreview.model.topic import Topic


def test_what_errs_most_surely_comes_first() -> None:
    counts = {
        "age.1": Count(tp=30, fp=1),
        "sex.1": Count(tp=1, fp=1),
        "dose.1": Count(tp=17, fp=9),
        "abo.1": Count(tp=5),
    }

    assert [each.rule for each in worst_first(counts)] == ["dose.1", "sex.1", "age.1", "abo.1"]


def test_few_rules_are_told_with_their_interval_and_on_request_every_one() -> None:
    counts = {"age.1": Count(tp=3, fp=1), "abo.1": Count(tp=5)}

    assert [line.split() for line in printed.by_rule(counts)][1:] == [
        ["age.1", "3", "1", "0.25", "(0.05", "to", "0.70)"],
    ]
    assert [line.split()[0] for line in printed.by_rule(counts, every=True)] == ["rule", "age.1", "abo.1"]


@pytest.mark.parametrize(
    ("action", "values", "expected"),
    [
        ("accept", ("cyclosporine", "methotrexate"), {"drugs.1": Count(tp=1), "drugs.2": Count(tp=1)}),
        ("correct", ("ciclosporin",), {"drugs.1": Count(tp=1), "drugs.2": Count(fp=1)}),
        ("not_reported", (), {"drugs.1": Count(fp=1), "drugs.2": Count(fp=1)}),
        ("reject", ("methotrexate",), {"drugs.2": Count(fp=1)}),
    ],
)
def test_a_decision_tells_which_rules_were_right(
    action: str, values: tuple[Value, ...], expected: dict[str, Count], topic: Topic
) -> None:
    found = (Finding("drugs", "cyclosporine", (), rule_id="drugs.1"), Finding("drugs", "MTX", (), rule_id="drugs.2"))

    assert by_decisions([Decided(found, topic.attribute("drugs"), action, values)], topic) == expected

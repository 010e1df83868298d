"""Quantities of an analyte, as a value or as a threshold that gives a fixed one."""

from collections.abc import Iterator

from litreview.extract.amounts.units import Quantity
from litreview.extract.match import Match, View
from litreview.model.case import Qualifier
from litreview.model.rule import QuantityRule, RuleBase, ThresholdRule
from litreview.model.topic import Attribute


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every measured amount of the rule's analyte in the story."""
    assert isinstance(rule, QuantityRule | ThresholdRule)
    analyte = view.story.topic.analyte(rule.analyte)
    for passage, amount in view.story.amounts(analyte):
        if amount.kind == "reference" or (isinstance(rule, ThresholdRule) and not _beyond(rule, amount)):
            continue
        span = passage.place(amount.start, amount.end)
        extent = span.joined(passage.place(amount.anchor_start, amount.anchor_end))
        if isinstance(rule, QuantityRule):
            yield Match(round(amount.value, 2), span, extent, passage, rule, amount.qualifier)
        else:
            yield Match(rule.value, span, extent, passage, rule)


def _beyond(rule: ThresholdRule, amount: Quantity) -> bool:
    """Whether the amount surely lies beyond the limit: "below 5" is below 5, "above 4" need not be."""
    below = rule.below is None or _less(amount.value, rule.below, amount.qualifier, open_to="<", closed_to=">")
    above = rule.above is None or _less(-amount.value, -rule.above, amount.qualifier, open_to=">", closed_to="<")
    return below and above


def _less(value: float, limit: float, qualifier: Qualifier, *, open_to: Qualifier, closed_to: Qualifier) -> bool:
    return qualifier != closed_to and (value < limit or (value == limit and qualifier == open_to))

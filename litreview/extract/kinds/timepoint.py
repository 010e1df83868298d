"""Timepoints: an amount of time beside an anchor, outside the timeline (an age, a duration)."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from litreview.extract.match import Match, View
from litreview.model.rule import RuleBase, TimepointRule
from litreview.model.topic import Attribute

REACH = 60  # characters between the anchor and its time
# Years with months ("3 years and 2 months") are kept as months of 30.4 days.
_PER_DAY = {"days": 1.0, "weeks": 1 / 7, "months": 1 / 30.4, "years": 1 / (12 * 30.4)}


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every time expression within reach of the rule's anchor, in the rule's unit."""
    assert isinstance(rule, TimepointRule)
    for passage, matches in groupby(view.story.matches(rule.anchor), key=itemgetter(0)):
        anchors = [match.span() for _, match in matches]
        found = view.story.times(passage)
        holding = {anchor for anchor in anchors if any(_holds(anchor, (time.start, time.end)) for time in found)}
        for time in found:
            near = [anchor for anchor in anchors if _reaches(rule, anchor, (time.start, time.end), anchor in holding)]
            if near and time.days is not None:
                start, end = near[0]
                span = passage.place(time.start, time.end)
                extent = span.joined(passage.place(start, end))
                value = round(time.days * _PER_DAY[rule.unit], 1 if rule.unit == "months" else 2)
                yield Match(value, span, extent, passage, rule, time.qualifier)


def _reaches(rule: TimepointRule, anchor: tuple[int, int], time: tuple[int, int], holding: bool) -> bool:
    """Whether a time belongs to an anchor; one whose words hold a time of their own takes no other."""
    if holding:
        return _holds(anchor, time)
    after = time[0] - anchor[1]
    before = anchor[0] - time[1]
    return (rule.side != "before" and 0 <= after <= REACH) or (rule.side != "after" and 0 <= before <= REACH)


def _holds(anchor: tuple[int, int], time: tuple[int, int]) -> bool:
    return anchor[0] <= time[0] and time[1] <= anchor[1]

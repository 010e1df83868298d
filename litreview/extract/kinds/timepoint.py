"""Timepoints: an amount of time beside an anchor, outside the timeline (an age, a duration)."""

from collections.abc import Iterator

from litreview.extract.match import Match, View
from litreview.extract.times import times
from litreview.model.topic import Attribute, RuleBase, TimepointRule

REACH = 60  # characters between the anchor and its time
_PER_DAY = {"days": 1.0, "weeks": 1 / 7, "months": 1 / 30.4, "years": 1 / 365}


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every time expression within reach of the rule's anchor, in the rule's unit."""
    assert isinstance(rule, TimepointRule)
    pattern = view.story.topic.regex(rule.anchor)
    for passage in view.story.passages:
        anchors = [match.span() for match in pattern.finditer(passage.text)]
        if not anchors:
            continue
        for time in times(passage.text, view.story.habit):
            near = [anchor for anchor in anchors if _within_reach(rule, anchor, (time.start, time.end))]
            if near and time.days is not None:
                start, end = near[0]
                span = passage.place(time.start, time.end)
                extent = span.joined(passage.place(start, end))
                value = round(time.days * _PER_DAY[rule.unit], 1 if rule.unit == "months" else 2)
                yield Match(value, span, extent, passage, rule, time.qualifier)


def _within_reach(rule: TimepointRule, anchor: tuple[int, int], time: tuple[int, int]) -> bool:
    after = time[0] - anchor[1]
    before = anchor[0] - time[1]
    holds = anchor[0] <= time[0] and time[1] <= anchor[1]
    return holds or (rule.side != "before" and 0 <= after <= REACH) or (rule.side != "after" and 0 <= before <= REACH)

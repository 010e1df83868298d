"""How sure each value of a case is: what the topic's weights make of its signs, after the topic's checks."""

from collections.abc import Sequence
from dataclasses import replace

from litreview.extract.checks import checked
from litreview.model.case import Finding
from litreview.model.confidence import Weight, traits
from litreview.model.event import Event
from litreview.model.rule import DeriveRule
from litreview.model.topic import Topic

DECIDED = 1.0


def weighed(findings: Sequence[Finding], events: Sequence[Event], topic: Topic) -> tuple[Finding, ...]:
    """The findings of one case with the topic's checks held against them and their confidence made anew.

    What a person decided is certain. A derived value is made of others: these are weighed before it.
    """
    held = list(checked(findings, events, topic))
    waiting = list(range(len(held)))
    while waiting:
        names = {held[number].attribute for number in waiting}
        ready = [number for number in waiting if not names & set(held[number].derived_from)] or waiting
        told = [finding for number, finding in enumerate(held) if number not in waiting]
        for number in ready:
            held[number] = _with_confidence(held[number], told, topic)
        waiting = [number for number in waiting if number not in ready]
    return tuple(held)


def weights(finding: Finding, findings: Sequence[Finding], topic: Topic) -> tuple[Weight, ...]:
    """Everything that counts for or against one of a case's findings, once they are weighed."""
    seen = traits(finding, topic.rule(finding.rule_id))
    return tuple(topic.confidence.weights(seen, _source(finding, findings, topic)))


def rests_on_any(finding: Finding, topic: Topic) -> bool:
    """Whether one of the values a derived one rests on is enough for it.

    What is told of a whole report holds for everyone of whom any of the values beside it is told.
    """
    rule = topic.rule(finding.rule_id)
    return isinstance(rule, DeriveRule) and rule.how == "of_report"


def _with_confidence(finding: Finding, told: Sequence[Finding], topic: Topic) -> Finding:
    if finding.origin == "decided":
        return replace(finding, confidence=DECIDED)
    seen = traits(finding, topic.rule(finding.rule_id))
    return replace(finding, confidence=topic.confidence.share(seen, _source(finding, told, topic)))


def _source(finding: Finding, findings: Sequence[Finding], topic: Topic) -> float | None:
    """The confidence of the least sure value that a derived one needs; `None` where it rests on none."""
    resting = [other.confidence for other in findings if other.attribute in finding.derived_from]
    return (max if rests_on_any(finding, topic) else min)(resting, default=None)

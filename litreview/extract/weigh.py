"""How sure each value of a case is: what its rule, its attribute and its signs weigh, after the topic's checks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import exp, log

from litreview.extract.checks import checked
from litreview.model.case import Finding
from litreview.model.event import Event
from litreview.model.rule import DeriveRule
from litreview.model.topic import Topic

USUAL_STRENGTH, USUAL_SOURCE = 0.8, 0.95
LEAST, MOST = 0.01, 0.99  # nothing is surer than this, for or against
DECIDED = 1.0

Weight = tuple[str, float]
"""What counts for or against a value, in words, and how much, in log odds."""


def weighed(findings: Sequence[Finding], events: Sequence[Event], topic: Topic) -> tuple[Finding, ...]:
    """The findings of one case with the topic's checks held against them and their confidence made anew.

    What a person decided is certain. A derived value is made of others: these are weighed before it.
    """
    held = list(checked(findings, events, topic))
    sure: dict[str, float] = {}
    waiting = list(range(len(held)))
    while waiting:
        names = {held[number].attribute for number in waiting}
        ready = [number for number in waiting if not names & set(held[number].derived_from)] or waiting
        for number in ready:
            held[number] = _with_confidence(held[number], sure, topic)
        for number in ready:
            name = held[number].attribute
            sure[name] = min(sure.get(name, DECIDED), held[number].confidence)
        waiting = [number for number in waiting if number not in ready]
    return tuple(held)


def weights(finding: Finding, source: float | None, topic: Topic) -> Iterator[Weight]:
    """Everything that counts for or against a finding; `source` is the least sure value that it rests on."""
    scale = topic.confidence
    rule = topic.rule(finding.rule_id)
    yield "stated once", scale.base
    if rule is not None:
        kind = rule.how if isinstance(rule, DeriveRule) else rule.kind
        yield f"strength of the rule {rule.strength:g}", scale.strength * (_odds(rule.strength) - _odds(USUAL_STRENGTH))
        yield f"kind of rule {kind}", scale.kinds.get(kind, 0.0)
        yield f"rule {rule.id}", scale.rules.get(rule.id, 0.0)
    yield f"attribute {finding.attribute}", scale.attributes.get(finding.attribute, 0.0)
    for sign in (*finding.signs, *(doubt.partition(":")[0] for doubt in finding.doubts)):
        yield sign, scale.signs.get(sign, 0.0)
    if source is not None:
        yield f"rests on a value of {source:.2f}", scale.source * (_odds(source) - _odds(USUAL_SOURCE))


def _with_confidence(finding: Finding, sure: dict[str, float], topic: Topic) -> Finding:
    if finding.origin == "decided":
        return replace(finding, confidence=DECIDED)
    source = min((sure[name] for name in finding.derived_from if name in sure), default=None)
    odds = sum(weight for _, weight in weights(finding, source, topic))
    return replace(finding, confidence=round(min(MOST, max(LEAST, 1 / (1 + exp(-odds)))), 3))


def _odds(share: float) -> float:
    """Log odds; certainty and impossibility are taken as nearly so."""
    held = min(MOST, max(LEAST, share))
    return log(held / (1 - held))

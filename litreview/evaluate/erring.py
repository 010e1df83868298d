"""Which rule errs: right and wrong values by rule, the one that errs most surely first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litreview.evaluate.comparison import Count
from litreview.evaluate.equal import equal
from litreview.model.case import Finding, Value
from litreview.model.proportion import wilson
from litreview.model.topic import Attribute, Topic


@dataclass(frozen=True, slots=True)
class RuleErrors:
    """A rule with its right and wrong values, and the 95 % interval of the share that is wrong."""

    rule: str
    right: int
    wrong: int
    low: float
    high: float


def worst_first(counts: Mapping[str, Count]) -> tuple[RuleErrors, ...]:
    """By the lower end of the share that is wrong: 9 wrong of 26 stands before 1 of 2."""
    found = [
        RuleErrors(rule, count.tp, count.fp, *interval)
        for rule, count in counts.items()
        if (interval := wilson(count.fp, count.tp + count.fp)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (-each.low, -each.wrong, -each.right, each.rule)))


@dataclass(frozen=True, slots=True)
class Decided:
    """What the machine found of an attribute of a case, and what a person decided on it."""

    findings: tuple[Finding, ...]
    attribute: Attribute
    action: str
    values: tuple[Value, ...]


def refused(decided: Decided, topic: Topic) -> tuple[Finding, ...]:
    """What was found and a person replaced or refused."""
    return tuple(finding for finding in decided.findings if _is_right(finding, decided, topic) is False)


def by_decisions(decisions: Iterable[Decided], topic: Topic) -> dict[str, Count]:
    """Right and wrong values by rule, measured by what people decided.

    What was accepted, or put in its place, is right, and anything else that was found is wrong; where something was
    rejected, that is wrong, and nothing is said of the rest.
    """
    counts: dict[str, Count] = {}
    for each in decisions:
        for finding in each.findings:
            right = _is_right(finding, each, topic)
            if right is not None:
                counts[finding.rule_id] = counts.get(finding.rule_id, Count()) + Count(tp=right, fp=not right)
    return counts


def _is_right(finding: Finding, decided: Decided, topic: Topic) -> bool | None:
    """`None` where a rejection is of another value."""
    named = any(equal(finding.value, value, decided.attribute, topic) for value in decided.values)
    if decided.action == "reject":
        return False if named else None
    return named

"""Events moved to the days that people decided, so that what is counted from them follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from litreview.model.case import Finding
from litreview.model.event import DECIDED, Event
from litreview.model.rule import DeriveRule
from litreview.store.overlay import Ruling

if TYPE_CHECKING:
    from litreview.model.topic import Topic

_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}


@dataclass(frozen=True, slots=True)
class Redated:
    """A case's events as people's decisions on its days have them, and the kinds of those that they moved."""

    events: tuple[Event, ...]
    kinds: frozenset[str]

    def without(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings but for those derived from a day that was moved: they are to be derived again."""
        return tuple(
            each for each in findings if each.origin != "derived" or not self.kinds.intersection(each.derived_from)
        )


def redated(events: Sequence[Event], rulings: Iterable[Ruling], topic: Topic) -> Redated:
    """Move the events to the decided days.

    An attribute that is the day of an event on the clock of another moves that event, or leaves it without a day where
    the day was emptied. What the same words say of it on other clocks goes: it was reckoned from the day that was
    wrong. A moved event says that it is `DECIDED`.
    """
    moved, kinds = tuple(events), set[str]()
    for ruling in rulings:
        rule = day_rule(ruling.attribute, topic)
        if rule is not None and ruling.action in ("correct", "not_reported", "reject"):
            before, moved = moved, _moved(moved, ruling, rule, topic)
            kinds |= {rule.event} if moved != before else set()
    return Redated(moved, frozenset(kinds))


def day_rule(attribute: str, topic: Topic) -> DeriveRule | None:
    """How the attribute is read off the timeline, if that is what it is first of all, not a difference of two."""
    rules = (rule for known in topic.attributes if known.name == attribute for rule in known.rules)
    first = next((rule for rule in rules if isinstance(rule, DeriveRule)), None)
    return first if first is not None and first.how == "day_of" else None


def _moved(events: tuple[Event, ...], ruling: Ruling, rule: DeriveRule, topic: Topic) -> tuple[Event, ...]:
    clock = rule.since or topic.clock.index
    meant = [event for event in events if event.kind == rule.event]
    words = meant[0].evidence[:1] if meant else ()
    left = tuple(event for event in events if event.kind != rule.event or event.evidence[:1] != words)
    value = ruling.values[0] if ruling.action == "correct" and ruling.values else None
    if not isinstance(value, int | float):
        return left if ruling.action != "reject" or _is_refused(meant, clock, rule, ruling) else events
    first = meant[0] if meant else Event(rule.event, evidence=ruling.evidence)
    day = value * _DAYS[rule.unit]
    decided = replace(first, day=day, clock=clock, day_qualifier=ruling.qualifier, exact=0.0, derived_from=(DECIDED,))
    return (decided, *left)


def _is_refused(meant: Sequence[Event], clock: str, rule: DeriveRule, ruling: Ruling) -> bool:
    """Whether the day that was rejected is the event's."""
    days = [event.day for event in meant if event.clock == clock and event.day is not None]
    refused = [value * _DAYS[rule.unit] for value in ruling.values if isinstance(value, int | float)]
    return any(abs(day - other) < 1 for day in days for other in refused)

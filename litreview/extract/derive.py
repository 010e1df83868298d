"""Derive rules: values that follow from others of the same case, marked so and pointing to what they rest on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from litreview.extract.judge import normalise, value_fault
from litreview.extract.kept import per_topic
from litreview.extract.timeline.timeline import Difference, days_between
from litreview.model.case import Finding
from litreview.model.event import Event
from litreview.model.evidence import Evidence
from litreview.model.rule import DeriveRule
from litreview.model.topic import Attribute, Topic
from litreview.model.written import concept

_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}


def derive(findings: Sequence[Finding], topic: Topic, events: Sequence[Event] | None = None) -> tuple[Finding, ...]:
    """The findings with every value added that follows from them, in the topic's order.

    Values derived earlier are made anew, so that a corrected value changes what rests on it; a stated or decided value
    is never replaced. What another value leaves nothing to say is left out. Without `events` what was taken off the
    timeline, or over from another patient, stays as it is.
    """
    order = _order(topic)
    kept = [finding for finding in findings if finding.origin != "derived" or _stays(finding, order, events)]
    # A derived value may rest on another: as many rounds as it takes until nothing is added. What events say, and what
    # rests on values known before, has been tried in the first one.
    added = list(_round(_derived(topic), kept, topic, events or ()))
    while added:
        kept += added
        resting = _resting(topic, {finding.attribute for finding in added})
        added = list(_round(resting, kept, topic, events or ()))
    empty = {id(finding) for finding, _ in left_empty(kept, topic)}
    holding = [finding for finding in kept if id(finding) not in empty] if empty else kept
    return tuple(sorted(holding, key=lambda finding: order.get(finding.attribute, len(order))))


def left_empty(findings: Sequence[Finding], topic: Topic) -> Iterator[tuple[Finding, str]]:
    """Those of a case's findings that others of them leave nothing to say, each with what does, in words."""
    deniable = _deniable(topic)
    for finding in findings:
        if finding.attribute in deniable and (reason := empty_because(finding, findings, topic)):
            yield finding, reason


def empty_because(finding: Finding, findings: Sequence[Finding], topic: Topic) -> str:
    """What of the case's other findings leaves this one nothing to say, in words; empty where nothing does.

    What a person has decided always holds.
    """
    known = _deniable(topic).get(finding.attribute)
    if known is None or finding.origin == "decided":
        return ""
    denying = {**known.empty_where, **known.not_where.get(str(finding.value), {})}
    others = (other for other in findings if str(other.value) in denying.get(other.attribute, ()))
    return next((f"has nothing to say where {other.attribute} is {other.value}" for other in others), "")


def counted_up(finding: Finding, topic: Topic) -> bool:
    """Whether a value is made of others of the case, rather than told or taken off the timeline."""
    return finding.origin == "derived" and set(finding.derived_from) <= _order(topic).keys()


@per_topic
def _order(topic: Topic) -> dict[str, int]:
    """The place of each attribute among the topic's."""
    return {attribute.name: number for number, attribute in enumerate(topic.attributes)}


@per_topic
def _deniable(topic: Topic) -> dict[str, Attribute]:
    """The attributes that have nothing to say where others say so."""
    return {one.name: one for one in topic.attributes if one.empty_where or one.not_where}


def _stays(finding: Finding, names: Collection[str], events: Sequence[Event] | None) -> bool:
    return events is None and not set(finding.derived_from).issubset(names)


_Ruled = tuple[Attribute, Sequence[DeriveRule]]


def _round(
    ruled: Iterable[_Ruled], kept: Sequence[Finding], topic: Topic, events: Sequence[Event]
) -> Iterator[Finding]:
    told = {finding.attribute for finding in kept}
    for attribute, rules in ruled:
        if attribute.name not in told:
            made = (_made(rule, attribute, kept, topic, events) for rule in rules if not rule.of or rule.of in told)
            yield from islice(filter(None, made), 1)


def _resting(topic: Topic, names: set[str]) -> Iterator[_Ruled]:
    """The attributes that may follow from others of these names, each with its rules for that."""
    for attribute, rules in _derived(topic):
        if resting := [rule for rule in rules if rule.of in names or rule.less in names]:
            yield attribute, resting


@per_topic
def _derived(topic: Topic) -> tuple[_Ruled, ...]:
    """The attributes that may follow from others, each with its rules for that."""
    ruled = ((one, tuple(rule for rule in one.rules if isinstance(rule, DeriveRule))) for one in topic.attributes)
    return tuple((attribute, rules) for attribute, rules in ruled if rules)


@dataclass(frozen=True, slots=True)
class _Result:
    """A derived value with what it rests on."""

    value: str | int | float
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    signs: tuple[str, ...] = ()


def _made(
    rule: DeriveRule, attribute: Attribute, kept: Sequence[Finding], topic: Topic, events: Sequence[Event]
) -> Finding | None:
    result = _HOW[rule.how](rule, kept, topic, events) if rule.how in _HOW else None
    if result is None:
        return None
    value = normalise(result.value, attribute, topic)
    if value_fault(value, attribute):
        return None
    return Finding(
        attribute=attribute.name,
        value=value,
        evidence=result.evidence,
        unit=attribute.unit,
        origin="derived",
        derived_from=result.sources,
        rule_id=rule.id,
        signs=result.signs,
    )


def _day_of(rule: DeriveRule, kept: Sequence[Finding], topic: Topic, events: Sequence[Event]) -> _Result | None:
    between = days_between(events, rule.event, rule.since or topic.clock.index, direct=rule.direct)
    if between is None:
        return None
    # Days have been rounded before, so that longer units are good to a tenth.
    value = round(between.days / _DAYS[rule.unit], 1)
    return _Result(
        value,
        (rule.event, rule.since or topic.clock.index),
        between.evidence,
        tuple(_signs(between, rule.event, events)),
    )


def _signs(between: Difference, kind: str, events: Sequence[Event]) -> Iterator[str]:
    """What makes a day less sure: told in weeks or months, reckoned over other events, or not the only one told."""
    if between.exact > 1:
        yield "day not exact"
    # A table that says the same makes no detour.
    if len([words for words in between.evidence if words.section != "table"]) > 2:
        yield "day reckoned"
    days = {(event.clock, event.day) for event in events if event.kind == kind and event.day is not None}
    if len(days) > len({clock for clock, _ in days}):
        yield "another value stands back"


def _difference(rule: DeriveRule, kept: Sequence[Finding], topic: Topic, events: Sequence[Event]) -> _Result | None:
    of, less = _one(kept, rule.of), _one(kept, rule.less)
    if of is None or less is None or isinstance(of.value, str | tuple) or isinstance(less.value, str | tuple):
        return None
    return _from(of.value - less.value, (of, less))


def _count(rule: DeriveRule, kept: Sequence[Finding], topic: Topic, events: Sequence[Event]) -> _Result | None:
    items = [finding for finding in kept if finding.attribute == rule.of]
    return _from(len(items), items) if items and not _is_open(rule, items, topic) else None


def _is_open(rule: DeriveRule, items: Sequence[Finding], topic: Topic) -> bool:
    """Whether the words that support the items say that there are others ("several drugs, among them ...")."""
    words = [" ".join(evidence.quote for evidence in item.evidence) for item in items]
    return any(topic.regex(condition.pattern).search(one) for condition in rule.unless for one in words)


def _count_events(rule: DeriveRule, kept: Sequence[Finding], topic: Topic, events: Sequence[Event]) -> _Result | None:
    found = [event for event in events if event.kind == rule.event and event.day is not None]
    if not found:
        return None
    evidence = tuple(dict.fromkeys(words for event in found for words in event.evidence))
    return _Result(len({event.day for event in found}), (rule.event,), evidence)


def _copy(rule: DeriveRule, kept: Sequence[Finding], topic: Topic, events: Sequence[Event]) -> _Result | None:
    for finding in kept:
        if finding.attribute == rule.of and (not rule.when or str(finding.value) in rule.when):
            value = rule.map.get(str(finding.value), "" if rule.map else str(finding.value))
            return _from(value, (finding,)) if value else None
    return None


def _group(rule: DeriveRule, kept: Sequence[Finding], topic: Topic, events: Sequence[Event]) -> _Result | None:
    finding = _one(kept, rule.of)
    entry = concept(str(finding.value), topic.vocabulary(rule.vocabulary)) if finding else None
    if finding is None or entry is None:
        return None
    tags = (tag for tag in entry.tags if tag in rule.map)
    return next((_from(rule.map[tag], (finding,)) for tag in tags), None)


_HOW = {
    "day_of": _day_of,
    "difference": _difference,
    "count": _count,
    "count_events": _count_events,
    "copy": _copy,
    "group": _group,
}


def _one(kept: Sequence[Finding], attribute: str) -> Finding | None:
    return next((finding for finding in kept if finding.attribute == attribute), None)


def _from(value: str | int | float, sources: Sequence[Finding]) -> _Result:
    evidence = tuple(dict.fromkeys(words for source in sources for words in source.evidence))
    names = tuple(dict.fromkeys(source.attribute for source in sources))
    return _Result(value, names, evidence)

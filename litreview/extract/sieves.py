"""All that a topic looks for in one kind of text, tried on a text at once."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from litreview.extract.amounts.letters import fold
from litreview.extract.amounts.units import names_of
from litreview.extract.kept import per_topic
from litreview.extract.timeline.times import ANY_TIME
from litreview.model.pattern import Pattern, Sieve
from litreview.model.rule import (
    ColumnRule,
    DeriveRule,
    LookupRule,
    QuantityRule,
    RegexRule,
    Rule,
    TermsRule,
    ThresholdRule,
    TimepointRule,
)
from litreview.model.topic import Topic
from litreview.model.vocabulary import any_of


@per_topic
def prose(topic: Topic) -> Sieve:
    """The patterns of the rules that read running text, and of all events."""
    return Sieve([topic.regex(pattern) for pattern in dict.fromkeys(_in_prose(topic))])


@lru_cache(maxsize=1024)
def words(terms: tuple[str, ...]) -> str:
    """A pattern that matches any of the terms."""
    return any_of(terms)


@per_topic
def headers(topic: Topic) -> Sieve:
    """The headers that rules ask for."""
    rules = (rule for attribute in topic.attributes for rule in attribute.rules)
    asked = dict.fromkeys(rule.header for rule in rules if isinstance(rule, ColumnRule))
    return Sieve([topic.regex(header) for header in asked])


@per_topic
def figures(topic: Topic) -> Sieve:
    """The names of what is measured, and what times are told by, for a text that is folded."""
    return Sieve([*(names_of(analyte) for analyte in topic.analytes), *ANY_TIME])


@per_topic
def sieved(topic: Topic) -> frozenset[Pattern]:
    """All that passages are asked for at once."""
    return frozenset((*prose(topic).patterns, *figures(topic).patterns))


def may_hold(text: str, sieve: Sieve) -> tuple[Pattern, ...]:
    """The patterns of a sieve that may match in a text, in the sieve's order."""
    return tuple(sieve.patterns[number] for number in _passing(text, sieve))


def held_by(texts: Sequence[str], topic: Topic) -> Iterator[set[Pattern]]:
    """For each of the texts of passages, what may match in it of all that passages are asked for."""
    prosaic, measured = prose(topic), figures(topic)
    said, amounts = prosaic.passing_each(texts), measured.passing_each([fold(text) for text in texts])
    for one, other in zip(said, amounts, strict=True):
        found = {prosaic.patterns[number] for number in one}
        found.update([measured.patterns[number] for number in other])
        yield found


# Rows of a table share headers.
@lru_cache(maxsize=1024)
def _passing(text: str, sieve: Sieve) -> tuple[int, ...]:
    return tuple(sieve.passing(text))


# The conditions of many rules ask for the same words near several matches of a passage.
@lru_cache(maxsize=8192)
def may_hold_within(text: str, pattern: Pattern | Sieve) -> bool:
    """Whether a pattern, or any of a sieve, may match in any part of a text, taken for itself."""
    return pattern.may_match_within(text)


class Needing(NamedTuple):
    """A rule of an attribute; in their order rules stand as in the topic."""

    place: int
    attribute: str
    rule: Rule


@per_topic
def needs(topic: Topic) -> dict[Pattern | str | None, list[Needing]]:
    """The rules that look at texts by what must be there for them to find anything.

    That is a pattern, or the name of a vocabulary; `None` where nothing can be said.
    """
    found: dict[Pattern | str | None, list[Needing]] = {}
    rules = ((attribute, rule) for attribute in topic.attributes for rule in attribute.rules)
    for place, (attribute, rule) in enumerate(rules):
        if not isinstance(rule, DeriveRule):
            found.setdefault(_need(rule, topic), []).append(Needing(place, attribute.name, rule))
    return found


def _need(rule: Rule, topic: Topic) -> Pattern | str | None:
    match rule:
        case RegexRule() | LookupRule():
            return topic.regex(rule.pattern)
        case TimepointRule():
            return topic.regex(rule.anchor)
        case TermsRule():
            return topic.regex(words(rule.terms)) if rule.terms else rule.vocabulary
        case ColumnRule():
            return topic.regex(rule.header)
        case QuantityRule() | ThresholdRule():
            return names_of(topic.analyte(rule.analyte))
    return None


def _in_prose(topic: Topic) -> Iterator[str]:
    for rule in (rule for attribute in topic.attributes for rule in attribute.rules):
        match rule:
            case RegexRule():
                yield rule.pattern
            case LookupRule():
                yield from filter(None, (rule.pattern, rule.elsewhere))
            case TimepointRule():
                yield rule.anchor
            case DeriveRule() if rule.how == "same_as":
                yield rule.pattern
            case TermsRule() if rule.terms:
                yield words(rule.terms)
    if topic.clock.later_index:
        yield topic.clock.later_index
    if topic.clock.rescue:
        yield topic.clock.rescue.begun
        yield topic.clock.rescue.because
        yield topic.clock.rescue.lost or topic.clock.rescue.because
    for kind in topic.events:
        yield from kind.anchors
        yield from (cue.pattern for cue in (*kind.cues, *kind.shown_by, *kind.again))
        if kind.agents:
            yield f"<{kind.agents}>"

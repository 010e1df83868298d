"""All that a topic looks for in one kind of text, tried on a text at once."""

from collections.abc import Iterator
from functools import lru_cache

from litreview.extract.amounts.units import names_of
from litreview.extract.kept import per_topic
from litreview.model.pattern import Pattern, Sieve
from litreview.model.rule import ColumnRule, DeriveRule, LookupRule, RegexRule, TermsRule, TimepointRule
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
def analytes(topic: Topic) -> Sieve:
    """The names of what is measured, for a text that is folded."""
    return Sieve([names_of(analyte) for analyte in topic.analytes])


def may_hold(text: str, sieve: Sieve) -> tuple[Pattern, ...]:
    """The patterns of a sieve that may match in a text, in the sieve's order."""
    return tuple(sieve.patterns[number] for number in _passing(text, sieve))


# Patients share passages and headers, and a patient's passages are read for the timeline and for the rules.
@lru_cache(maxsize=1024)
def _passing(text: str, sieve: Sieve) -> tuple[int, ...]:
    return tuple(sieve.passing(text))


def _in_prose(topic: Topic) -> Iterator[str]:
    for rule in (rule for attribute in topic.attributes for rule in attribute.rules):
        match rule:
            case RegexRule() | LookupRule():
                yield rule.pattern
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
    for kind in topic.events:
        yield from kind.anchors
        yield from (cue.pattern for cue in (*kind.cues, *kind.shown_by, *kind.again))
        if kind.agents:
            yield f"<{kind.agents}>"

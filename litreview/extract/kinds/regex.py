"""Regex: a pattern whose value is fixed or its group `value`."""

import re
from collections.abc import Iterator

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.numbers import Number, numbers
from litreview.extract.concepts import concepts
from litreview.extract.match import Match, View
from litreview.extract.passages import Passage
from litreview.model.case import Qualifier
from litreview.model.document import Span
from litreview.model.rule import RegexRule, RuleBase
from litreview.model.topic import Attribute


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every place in the story where the pattern matches and its value can be read."""
    assert isinstance(rule, RegexRule)
    for passage, match in view.story.matches(rule.pattern):
        yield from _read(rule, match, passage, view)


def _read(rule: RegexRule, match: re.Match[str], passage: Passage, view: View) -> Iterator[Match]:
    extent = passage.place(match.start(), match.end())
    start, end = _place_of_value(rule, match)
    if start < 0:
        return
    words, span = match.string[start:end], passage.place(start, end)
    if rule.vocabulary:
        for value, first, last in concepts(words, view.story.topic.vocabulary(rule.vocabulary), ""):
            yield Match(value, passage.place(start + first, start + last), extent, passage, rule)
    elif rule.number:
        alone = not match.groupdict().get("value")  # then `more` is the value, and nothing is added
        added = [] if alone else [text or "" for name, text in match.groupdict().items() if name.startswith("more")]
        yield from _number(rule, words, added, span, extent, passage, view.story.habit)
    elif rule.map:
        for key, value in rule.map.items():
            if view.story.topic.regex(key).search(words):
                yield Match(value, span, extent, passage, rule, rule.qualifier or "=")
                return
    else:
        yield Match(rule.value or " ".join(words.split()), span, extent, passage, rule, rule.qualifier or "=")


def _place_of_value(rule: RegexRule, match: re.Match[str]) -> tuple[int, int]:
    """Where the value stands: its group, or where the pattern has two places for it, `more`."""
    groups = match.re.groupindex
    if "value" not in groups:
        return match.span()
    other = match["value"] is None and "more" in groups
    return match.span("more" if other else "value")


# "Less than 5 %" of one share is more than 95 % of the other.
_TURNED: dict[Qualifier, Qualifier] = {"<": ">", ">": "<"}


def _number(
    rule: RegexRule, words: str, added: list[str], span: Span, extent: Span, passage: Passage, habit: Habit
) -> Iterator[Match]:
    more = sum(number.value for words_added in added for number in numbers(words_added, habit)[:1])
    for number in numbers(words, habit)[:1]:
        value = number_value(number, rule.number, rule.scale, rule.offset + more)
        place = Span(span.start + number.start, span.start + number.end)
        qualifier = _TURNED.get(number.qualifier, number.qualifier) if rule.scale < 0 else number.qualifier
        yield Match(value, place, extent, passage, rule, rule.qualifier or qualifier)


def number_value(number: Number, form: str, scale: float = 1.0, offset: float = 0.0) -> str | int | float:
    """A number in the form a rule asks for: `integer` rounds, `fraction` is "n/m" as text."""
    if form == "fraction":
        return f"{number.low:.0f}/{number.high:.0f}"
    value = number.value * scale + offset
    return round(value) if form == "integer" else round(value, 2)

"""Lookups: two parts of a match through a table of pairs."""

import re
from collections.abc import Iterator

from litreview.extract.match import Match, View
from litreview.extract.passages import Passage
from litreview.extract.story import Story
from litreview.model.document import Span
from litreview.model.rule import LookupRule, RuleBase
from litreview.model.topic import Attribute, Topic

# A sentence that tells the other part stands no further away than this.
_SENTENCES = 6


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every place where both parts can be read and the table knows the pair; tables' cells are read alike."""
    assert isinstance(rule, LookupRule)
    for passage, match in view.story.matches(rule.pattern):
        span = passage.place(match.start(), match.end())
        other = _nearest(rule, span, passage, view.story) if rule.elsewhere else (passage, match)
        if other and (value := pair_value(rule, match.group("a"), other[1].group("b"), view.story.topic)):
            place = other[0].place(other[1].start(), other[1].end())
            evidence = (view.story.evidence(place, "anchor"),) if rule.elsewhere else ()
            yield Match(value, span, span, passage, rule, others=evidence)


def _nearest(rule: LookupRule, span: Span, passage: Passage, story: Story) -> tuple[Passage, re.Match[str]] | None:
    """Where the other part is told: the nearest place in the same telling, in another stretch of it."""
    near = [
        (other, match)
        for other, match in story.matches(rule.elsewhere)
        if other.part == passage.part
        and abs(other.sentence.index - passage.sentence.index) <= _SENTENCES
        and not other.place(match.start("b"), match.end("b")).overlaps(span)
    ]
    return min(near, key=lambda one: abs(one[0].span.start + one[1].start() - span.start), default=None)


def pair_value(rule: LookupRule, a: str, b: str, topic: Topic) -> str:
    """What the table says of the groups `a` and `b`, empty where it does not know them."""
    one, other = _part(rule, a or "", topic), _part(rule, b or "", topic)
    return rule.table.get(f"{other}>{one}" if rule.swap else f"{one}>{other}", "")


def _part(rule: LookupRule, words: str, topic: Topic) -> str:
    for key, value in rule.parts.items():
        if topic.regex(key).search(words):
            return value
    return " ".join(words.split())

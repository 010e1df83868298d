"""Lookups: two parts of a match through a table of pairs."""

import re
from collections.abc import Iterator

from litreview.extract.match import Match, View
from litreview.model.rule import LookupRule, RuleBase
from litreview.model.topic import Attribute, Topic


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every place where both parts can be read and the table knows the pair; tables' cells are read alike."""
    assert isinstance(rule, LookupRule)
    for passage, match in view.story.matches(rule.pattern):
        if value := pair_value(rule, match, view.story.topic):
            span = passage.place(match.start(), match.end())
            yield Match(value, span, span, passage, rule)


def pair_value(rule: LookupRule, match: re.Match[str], topic: Topic) -> str:
    """What the table says of the groups `a` and `b`, empty where it does not know them."""
    a, b = (_part(rule, match.group(name) or "", topic) for name in ("a", "b"))
    return rule.table.get(f"{b}>{a}" if rule.swap else f"{a}>{b}", "")


def _part(rule: LookupRule, words: str, topic: Topic) -> str:
    for key, value in rule.parts.items():
        if topic.regex(key).search(words):
            return value
    return " ".join(words.split())

"""Terms: words of a vocabulary, or words listed in the rule."""

from collections.abc import Iterator

from litreview.extract.match import Match, View
from litreview.extract.sieves import words
from litreview.model.rule import RuleBase, TermsRule
from litreview.model.topic import Attribute


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every mention of the rule's words in the story."""
    assert isinstance(rule, TermsRule)
    return _listed(rule, view) if rule.terms else _mentioned(rule, view)


def _mentioned(rule: TermsRule, view: View) -> Iterator[Match]:
    for passage, mention, extent in view.mentions(rule.vocabulary, rule.tag):
        yield Match(rule.value or mention.value, mention.span, extent, passage, rule)


def _listed(rule: TermsRule, view: View) -> Iterator[Match]:
    for passage, match in view.story.matches(words(rule.terms)):
        span = passage.place(match.start(), match.end())
        yield Match(rule.value or match.group(), span, span, passage, rule)

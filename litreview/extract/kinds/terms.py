"""Terms: words of a vocabulary, or words listed in the rule."""

from collections.abc import Iterator

from litreview.extract.match import Match, View
from litreview.model.rule import RuleBase, TermsRule
from litreview.model.topic import Attribute
from litreview.model.vocabulary import any_of


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every mention of the rule's words in the story."""
    assert isinstance(rule, TermsRule)
    if rule.terms:
        yield from _listed(rule, view)
        return
    for passage in view.story.passages:
        for mention in view.story.mentions(passage, rule.vocabulary, rule.tag):
            yield Match(rule.value or mention.value, mention.span, mention.span, passage, rule)


def _listed(rule: TermsRule, view: View) -> Iterator[Match]:
    for passage, match in view.story.matches(any_of(rule.terms)):
        span = passage.place(match.start(), match.end())
        yield Match(rule.value or match.group(), span, span, passage, rule)

"""Tokens: spaCy token patterns with a fixed value."""

from collections.abc import Iterator
from functools import lru_cache

from spacy.matcher import Matcher

from litreview.extract.lexicon import tokenizer
from litreview.extract.match import Match, View
from litreview.model.document import Span
from litreview.model.rule import RuleBase, TokensRule
from litreview.model.topic import Attribute


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every place in the story where one of the token patterns matches."""
    assert isinstance(rule, TokensRule)
    doc = view.story.parsed.doc
    for _, first, last in _matcher(rule.id, repr(rule.patterns), rule)(doc):
        span = Span(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
        for passage in view.story.passages:
            if span in passage.span and not any(mask.overlaps(span) for mask in passage.segment.masks):
                yield Match(rule.value, span, span, passage, rule)


@lru_cache(maxsize=256)
def _compiled(key: tuple[str, str]) -> Matcher:
    return Matcher(tokenizer().vocab)


def _matcher(rule_id: str, printed: str, rule: TokensRule) -> Matcher:
    matcher = _compiled((rule_id, printed))
    if not len(matcher):
        patterns = [[{key: _typed(value) for key, value in token.items()} for token in p] for p in rule.patterns]
        matcher.add(rule_id, patterns, greedy="LONGEST")
    return matcher


def _typed(token: object) -> object:
    """YAML is read as text; spaCy wants booleans and numbers as such."""
    if isinstance(token, dict):
        return {key: _typed(value) for key, value in token.items()}
    if isinstance(token, list):
        return [_typed(value) for value in token]
    return {"true": True, "false": False}.get(str(token), token)

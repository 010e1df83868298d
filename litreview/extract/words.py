"""Words about people and clauses: every one of a text found in a single pass over it."""

import re
from collections import defaultdict
from dataclasses import dataclass

from litreview.model.document import Span
from litreview.model.topic import Entry, Topic, term_pattern

VOCABULARIES = ("people", "pronouns", "relatives", "donors_people", "literature", "groups", "turns", "comparisons")
_WORD = re.compile(r"[A-Za-z]+|\d+(?=/)")
_FIRST_WORD = re.compile(r"([A-Za-z]+)(?=$|[^A-Za-z?*+{|\\]|\\[sb])")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a vocabulary where it stands."""

    span: Span
    vocabulary: str
    value: str
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    vocabulary: str
    value: str
    tags: frozenset[str]


class Lexicon:
    """The vocabularies above, looked up by the first word of each form."""

    def __init__(self, topic: Topic) -> None:
        self._by_word: dict[str, list[_Form]] = defaultdict(list)
        self._anywhere: list[_Form] = []
        for name in VOCABULARIES:
            for entry in topic.vocabularies[name].entries:
                self._add(name, entry)

    def _add(self, vocabulary: str, entry: Entry) -> None:
        tags = frozenset(entry.tags)
        forms = [(term, term_pattern(term)) for term in entry.terms] + [(p, rf"\b(?:{p})") for p in entry.patterns]
        for source, pattern in forms:
            form = _Form(re.compile(pattern, re.IGNORECASE), vocabulary, entry.value, tags)
            words = first_words(source)
            for word in words:
                self._by_word[word].append(form)
            if not words:
                self._anywhere.append(form)

    def scan(self, text: str) -> tuple[Hit, ...]:
        """All hits in the order of the text; of one vocabulary the longest at each place."""
        best: dict[tuple[str, frozenset[str], int], Hit] = {}
        for word in _WORD.finditer(text):
            for form in self._by_word.get(word[0].lower(), ()):
                if match := form.pattern.match(text, word.start()):
                    _keep(best, form, match)
        for form in self._anywhere:
            for match in form.pattern.finditer(text):
                _keep(best, form, match)
        return tuple(sorted(best.values(), key=lambda hit: (hit.span.start, -hit.span.end)))


def _keep(best: dict[tuple[str, frozenset[str], int], Hit], form: _Form, match: re.Match[str]) -> None:
    key = (form.vocabulary, form.tags, match.start())
    if key not in best or len(best[key].span) < match.end() - match.start():
        best[key] = Hit(Span(*match.span()), form.vocabulary, form.value, form.tags)


def first_words(pattern: str) -> tuple[str, ...]:
    """The words one of which a match begins with; empty where the pattern does not say.

    >>> first_words("(?:has|have) been")
    ('has', 'have')
    """
    if group := re.match(r"\(\?:([A-Za-z|]+)\)(?=$|[^?*A-Za-z])", pattern):
        return tuple(word.lower() for word in group[1].split("|"))
    match = _FIRST_WORD.match(pattern)
    return (match[1].lower(),) if match else ()


_made: dict[str, tuple[Topic, Lexicon]] = {}


def lexicon(topic: Topic) -> Lexicon:
    """The topic's lexicon, made once; the topic is kept beside it so that its id stays its own."""
    key = topic.rules_hash or str(id(topic))
    if key not in _made:
        _made[key] = (topic, Lexicon(topic))
    return _made[key][1]

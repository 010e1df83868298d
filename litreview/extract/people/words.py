"""Words about people and clauses: every one of a text found in a single pass over it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.topic import Topic
from litreview.model.values import dataclass
from litreview.model.vocabulary import Entry, is_acronym, term_pattern

VOCABULARIES = ("people", "pronouns", "relatives", "donors_people", "literature")
_WORD = re.compile(r"[A-Za-z0-9]+")
_STEM = re.compile(r"[A-Za-z0-9]+")
_KEY = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a vocabulary where it stands."""

    span: Span
    vocabulary: str
    value: str
    tags: frozenset[str]


@dataclass(frozen=True)
class _Form:
    expression: str
    vocabulary: str
    value: str
    tags: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression, re.IGNORECASE)


class Lexicon:
    """The vocabularies above, looked up by the first word of each form.

    A term of one word is known by that word alone; acronyms, longer terms and patterns are tried where they may begin.
    """

    def __init__(self, topic: Topic) -> None:
        self._words: dict[str, list[_Form]] = defaultdict(list)
        self._by_key: dict[str, list[_Form]] = defaultdict(list)
        self._anywhere: list[_Form] = []
        for name in VOCABULARIES:
            for entry in topic.vocabularies[name].entries:
                self._add(name, entry)

    def _add(self, vocabulary: str, entry: Entry) -> None:
        tags = frozenset(entry.tags)
        forms = [(term, term_pattern(term)) for term in entry.terms] + [(p, rf"\b(?:{p})") for p in entry.patterns]
        for source, pattern in forms:
            form = _Form(pattern, vocabulary, entry.value, tags)
            if source in entry.terms and _WORD.fullmatch(source) and not is_acronym(source):
                self._words[source.lower()].append(form)
                continue
            found = keys(source)
            for key in found:
                self._by_key[key].append(form)
            if not found:
                self._anywhere.append(form)

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve([Pattern(form.expression) for form in self._anywhere])

    @cached_property
    def _keyed(self) -> Sieve:
        listed = (*self._words.values(), *self._by_key.values())
        forms = (form.expression for forms in listed for form in forms)
        return Sieve([Pattern(expression) for expression in dict.fromkeys(forms)])

    def scan(self, text: str) -> tuple[Hit, ...]:
        """All hits in the order of the text; of one vocabulary the longest at each place."""
        best: dict[tuple[str, frozenset[str], int], Hit] = {}
        for match in self._begun(text):
            word = match[0].lower()
            for form in self._words.get(word, ()):
                _keep(best, form, match)
            for form in self._by_key.get(word[:_KEY], ()):
                if longer := form.pattern.match(text, match.start()):
                    _keep(best, form, longer)
        for number in self._sieve.passing(text):
            for match in self._sieve.patterns[number].finditer(text):
                _keep(best, self._anywhere[number], match)
        return tuple(sorted(best.values(), key=lambda hit: (hit.span.start, -hit.span.end)))

    def _begun(self, text: str) -> Iterator[re.Match[str]]:
        """The words at which a form with a first word may begin: few of a text, so these are looked for first."""
        for start, end in self._keyed.stretches(text):
            past = max(end, start + 1)
            for word in _WORD.finditer(text, start):
                if word.start() >= past:
                    break
                yield word


def _keep(best: dict[tuple[str, frozenset[str], int], Hit], form: _Form, match: re.Match[str]) -> None:
    key = (form.vocabulary, form.tags, match.start())
    known = best.get(key)
    if known is None or known.span.end < match.end():
        best[key] = Hit(Span(*match.span()), form.vocabulary, form.value, form.tags)


def keys(pattern: str) -> frozenset[str]:
    """The first three letters (or the whole of a shorter word) of whatever a pattern can begin with; empty if unknown.

    >>> sorted(keys("(?:has|have) been")), sorted(keys(r"(?:an?\\s+)?transplant")), sorted(keys(r"\\d+ years"))
    (['has', 'hav'], ['a', 'an', 'tra'], [])
    """
    found = _keys(pattern)
    return frozenset() if None in found else frozenset(key for key in found if key)


def _keys(pattern: str) -> set[str | None]:
    """Keys of a pattern; `None` among them where it may begin with anything."""
    pattern = re.sub(r"^(?:\(\?<![^()]*\)|\\b)+", "", pattern)
    if pattern.startswith("(?:"):
        end = _closing(pattern)
        found = {key for part in _alternatives(pattern[3:end]) for key in _keys(part)}
        rest = pattern[end + 1 :]
        return found | _keys(rest[1:]) if rest[:1] in ("?", "*") else found
    stem = _STEM.match(pattern)
    if not stem:
        return {None}
    word, behind = stem[0].lower(), pattern[stem.end() :]
    if behind[:1] in ("?", "*", "{"):
        shorter = word[:-1]
        return {word[:_KEY], *((shorter[:_KEY],) if shorter else (None,))}
    grows = behind.startswith(("\\w", "[", "(?:"))
    return {word[:_KEY]} if len(word) >= _KEY or not grows else {None}


def _closing(pattern: str) -> int:
    """Where the group that a pattern begins with closes."""
    depth = 0
    for position, mark in enumerate(pattern):
        if pattern[position - 1 : position] != "\\":
            depth += (mark == "(") - (mark == ")")
        if depth == 0:
            return position
    return len(pattern)


def _alternatives(body: str) -> list[str]:
    parts, depth = [""], 0
    for mark in body:
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += mark
    return parts


_made: dict[str, tuple[Topic, Lexicon]] = {}


def lexicon(topic: Topic) -> Lexicon:
    """The topic's lexicon, made once; the topic is kept beside it so that its id stays its own."""
    key = topic.rules_hash or str(id(topic))
    if key not in _made:
        _made[key] = (topic, Lexicon(topic))
    return _made[key][1]

"""Which concepts of a vocabulary a text holds, whole words, the longest first."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from litreview.model.pattern import Pattern, Sieve
from litreview.model.vocabulary import Entry, Vocabulary, term_pattern

Concept = tuple[str, int, int]

_KEPT = 256
# So few patterns take less time in so short a text (in letters) than it takes to ask whether they are worth it.
_FEW, _SHORT = 8, 64
_indexes: dict[int, tuple[Vocabulary, "_Index"]] = {}


def concepts(text: str, vocabulary: Vocabulary, tag: str = "") -> tuple[Concept, ...]:
    """Every concept in a text as (value, start, end), in order; where two overlap, the longer words win.

    All of the vocabulary competes and `tag` then narrows what is left, so that a tagged word inside a longer untagged
    term is not taken for itself. Terms follow `model.topic.term_pattern`; patterns are used as they stand.
    """
    found, tags = _kept(text, _index(vocabulary))
    if not tag or not found:
        return found
    return tuple(concept for concept, tagged in zip(found, tags, strict=True) if tag in tagged)


# The same few words are asked for by many rules.
@lru_cache(maxsize=2048)
def _kept(text: str, index: "_Index") -> tuple[tuple[Concept, ...], tuple[tuple[str, ...], ...]]:
    """The concepts in a text, and the tags of each."""
    if whole := index.whole(text):
        return ((whole.named(text), 0, len(text)),), (whole.tags,)
    found = _longest(list(index.matches(text)))
    concepts = tuple([(entry.named(text[start:end]), start, end) for start, end, entry in found])
    return concepts, tuple([entry.tags for _, _, entry in found])


def _index(vocabulary: Vocabulary) -> "_Index":
    """The vocabulary's index, kept by identity: the entry holds the vocabulary, so an id is never used twice."""
    known = _indexes.get(id(vocabulary))
    if known is None:
        if len(_indexes) >= _KEPT:
            _indexes.clear()
        known = _indexes[id(vocabulary)] = (vocabulary, _Index(vocabulary))
    return known[1]


_Match = tuple[int, int, Entry]
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_PIECE = re.compile(r"[A-Za-z0-9]*")


class _Index:
    """Terms by their first word, so that a text's words lead to the few terms that may begin there."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_word: dict[str, list[tuple[Pattern, Entry]]] = {}
        anywhere: list[tuple[Pattern, Entry]] = []
        for entry in vocabulary.entries:
            for term in entry.terms:
                if term and not self._learn(term, entry):
                    anywhere.append((Pattern(term_pattern(term)), entry))
            anywhere += [(Pattern(pattern), entry) for pattern in entry.patterns]
        self._anywhere = anywhere
        self._sieve = Sieve([pattern for pattern, _ in anywhere])

    def whole(self, text: str) -> Entry | None:
        """The first entry with a term that is all of the text; it leaves no place for another."""
        first = _TOKEN.match(text)
        for pattern, entry in self._by_word.get(first[0].lower(), ()) if first else ():
            if (match := pattern.compiled.match(text)) and match.end() == len(text):
                return entry
        return None

    def matches(self, text: str) -> Iterator[_Match]:
        """Every place where a term or pattern matches, overlaps included."""
        for token in _TOKEN.finditer(text):
            for pattern, entry in self._by_word.get(token[0].lower(), ()):
                if match := pattern.compiled.match(text, token.start()):
                    yield match.start(), match.end(), entry
        for number in self._passing(text):
            pattern, entry = self._anywhere[number]
            for match in pattern.compiled.finditer(text):
                if match.end() > match.start():
                    yield match.start(), match.end(), entry

    def _passing(self, text: str) -> Sequence[int]:
        """The numbers of the patterns that may match anywhere in a text: all, where `re` is to look for a few."""
        few = len(self._anywhere) < _FEW and len(text) < _SHORT
        return range(len(self._anywhere)) if few else self._sieve.passing(text)

    def _learn(self, term: str, entry: Entry) -> bool:
        """Keep a term under its first word; whether it has one."""
        pattern, words = Pattern(term_pattern(term)), _first_words(term)
        for word in words:
            self._by_word.setdefault(word, []).append((pattern, entry))
        return bool(words)


def _first_words(term: str) -> set[str]:
    """What a term's first word may be in a text: hyphens may be missing there, blanks may not.

    Empty where the term does not begin, or not only, with plain letters and figures.
    """
    pieces = re.split(r"[-–]", re.split(r"\s", term)[0])
    words, joined = set(), ""
    for piece in pieces:
        plain = _PIECE.match(piece)
        joined += plain.group().lower() if plain else ""
        if joined:
            words.add(joined)
        if plain and plain.group() != piece:
            break
    return words if term[0].isascii() and term[0].isalnum() else set()


def _longest(matches: list[_Match]) -> list[_Match]:
    """Matches without overlaps, longest first (then the earliest, then the vocabulary's order), in the text's order."""
    if len(matches) < 2:
        return matches
    kept: list[_Match] = []
    taken: set[int] = set()
    for start, end, entry in sorted(matches, key=lambda match: (match[0] - match[1], match[0])):
        if start not in taken and end - 1 not in taken and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, entry))
    return sorted(kept, key=lambda match: match[0])

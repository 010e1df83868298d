"""Which concept of a vocabulary a few words stand for as a whole."""

import re
from functools import lru_cache

from litreview.model.vocabulary import Entry, Vocabulary


def concept(words: str, vocabulary: Vocabulary) -> Entry | None:
    """The entry that is written exactly so, white space and hyphens aside; `None` where none is."""
    known = _ways(vocabulary)
    nowhere = len(vocabulary.entries)
    literal = min(known.values.get(words, nowhere), known.terms.get(_bare(words), nowhere))
    places = (place for place, pattern in known.patterns if place < literal and _compiled(pattern).fullmatch(words))
    place = next(places, literal)
    return vocabulary.entries[place] if place < nowhere else None


class _Ways:
    """The ways in which a vocabulary's concepts are written, each with the place of the first entry that has it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary  # held, so that its id is not used twice
        entries = list(enumerate(vocabulary.entries))
        self.values = {entry.value: place for place, entry in reversed(entries)}
        self.terms = {_bare(term): place for place, entry in reversed(entries) for term in entry.terms}
        self.patterns = [(place, pattern) for place, entry in entries for pattern in entry.patterns]


_KEPT = 256
_known: dict[int, _Ways] = {}


def _ways(vocabulary: Vocabulary) -> _Ways:
    """The vocabulary's ways, kept by identity."""
    if id(vocabulary) not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        _known[id(vocabulary)] = _Ways(vocabulary)
    return _known[id(vocabulary)]


@lru_cache(maxsize=16384)
def _bare(words: str) -> str:
    """In small letters, but for short acronyms, whose capitals tell them from words."""
    bare = re.sub(r"[\s\-–]+", "", words)
    return bare if len(bare) <= 4 and bare.isupper() else bare.casefold()


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)

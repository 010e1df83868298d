"""Which concept of a vocabulary a few words stand for as a whole."""

import re
from functools import lru_cache

from litreview.model.vocabulary import Entry, Vocabulary


def concept(words: str, vocabulary: Vocabulary) -> Entry | None:
    """The entry that is written exactly so, white space and hyphens aside; `None` where none is."""
    return next((entry for entry in vocabulary.entries if _is_written(words, entry)), None)


def _is_written(words: str, entry: Entry) -> bool:
    bare = _bare(words)
    if words == entry.value or any(bare == _bare(term) for term in entry.terms):
        return True
    return any(_compiled(pattern).fullmatch(words) for pattern in entry.patterns)


@lru_cache(maxsize=16384)
def _bare(words: str) -> str:
    """In small letters, but for short acronyms, whose capitals tell them from words."""
    bare = re.sub(r"[\s\-–]+", "", words)
    return bare if len(bare) <= 4 and bare.isupper() else bare.casefold()


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)

"""Which concept of a vocabulary a few words stand for as a whole."""

import re
from functools import lru_cache

from litreview.model.topic import Entry, Vocabulary, term_pattern


def concept(words: str, vocabulary: Vocabulary) -> Entry | None:
    """The entry that is written exactly so; `None` where none is."""
    return next((entry for entry in vocabulary.entries if _is_written(words, entry)), None)


def _is_written(words: str, entry: Entry) -> bool:
    if words == entry.value:
        return True
    patterns = (*(term_pattern(term) for term in entry.terms if term), *entry.patterns)
    return any(_compiled(pattern).fullmatch(words) for pattern in patterns)


@lru_cache(maxsize=16384)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)

"""Breaks of a sentence: the parts within which words bear on each other."""

import re
from functools import lru_cache

from litreview.model.document import Span

# Punctuation and conjunctions that begin a new statement; a comma alone does not, since lists are full of them.
_BREAK = re.compile(
    r"(?=[;:,\s])(?:[;:]\s|\s[–—]\s"
    r"|,?\s(?=[abhtuwy])(?:but|whereas|while|although|though|however|yet|unlike|and then|after which|until)\s"
    r"|,\s(?:and|so|which|who|when|where|with which)\s"
    r"(?=(?:he|she|they|it|we|the|his|her|this|was|were|is|had|has)\b))",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parts(sentence: str) -> tuple[Span, ...]:
    """The clauses of a sentence as spans of its words, in order and without gaps."""
    starts = [0, *(match.start() for match in _BREAK.finditer(sentence) if not _inside_parentheses(sentence, match))]
    return tuple(
        Span(start, end) for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True) if end > start
    )


def part_at(sentence: str, position: int) -> Span:
    """The clause that holds a position of the sentence."""
    for clause in parts(sentence):
        if clause.start <= position < clause.end:
            return clause
    return Span(0, len(sentence))


def _inside_parentheses(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[: match.start()]
    return before.count("(") > before.count(")")

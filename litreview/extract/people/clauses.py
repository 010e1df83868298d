"""Clauses: where a sentence turns to something, or somebody, else."""

import re

from litreview.model.document import Span
from litreview.model.topic import Topic

_TURN = (
    r"\s*;\s*|(?:,\s*|\s+)(?:<clauses#contrast>)\s+(?!than\b)|,\s+and\s+(?!(?:also\s+|then\s+|later\s+|had\b|<clauses#verb>|\w+ed\b))|,\s+so\s+that\s+"
    r"|\s+and\s+(?=s?he\s)|\s+and\s+(?=(?:that\s+of\s+)?(?:the|our|his|her|this|in|for|an?)?\s*(?:the\s+)?(?:<people#one>|<donors_people#donor>))"
    r"|,\s+(?=(?:his|her|their|the)\s+(?:\w+\s+){0,2}?(?:<relatives>)\s+having\b)"
    r"|\s*/\s*(?=recipient|patient|donor)"
)


def clauses(text: str, span: Span, topic: Topic) -> tuple[Span, ...]:
    """The clauses of a stretch, in order and without gaps; a turn inside round brackets does not count."""
    found, start = [], span.start
    for turn in topic.regex(_TURN).finditer(text, span.start, span.end):
        if turn.start() > start and balanced(text, span.start, turn.start()):
            found.append(Span(start, turn.end()))
            start = turn.end()
    return (*found, Span(start, span.end))


def clause_at(parts: tuple[Span, ...], position: int) -> Span:
    """The clause that holds a position."""
    return next((part for part in parts if position in part), parts[-1])


def balanced(text: str, start: int, position: int) -> bool:
    """Whether no round bracket opened since `start` is still open at a position."""
    if text.find("(", start, position) < 0:
        return True
    depth = 0
    for mark in re.finditer(r"[()]", text[start:position]):
        depth = depth + 1 if mark[0] == "(" else max(depth - 1, 0)
    return depth == 0

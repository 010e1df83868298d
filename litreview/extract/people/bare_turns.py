"""Ordinals that stand like persons: "the first attained CR, the second PR"."""

import re
from collections.abc import Iterator

from litreview.extract.people.counts import meaning
from litreview.extract.people.lines import Line
from litreview.model.topic import Topic

TURN = "<turns>"
BARE_TURN = (
    r"\b(?:the\s+)?(?:(?P<turn><turns>)(?:\s+one\b)?(?=\s*[,.;)]|\s+(?:<clauses#verb>|no\b|had\b|an?\s|[a-z]+ly\b|(?:CR|PR|NR)\b|none\b))"
    r"|(?<=the\s)(?P<gapped><turns>)(?=\s+(?:(?-i:[A-Z]{2,})|(?:<counts>|\d{1,2})\s*(?:[.,;)]|$)))"
    r"|(?P<pair>former|latter)"
    r"(?=\s+(?:on|in|at|after|from|with|by|within|until|to|for|only|not|never|and|but|while|whereas|[a-z]+ed|[a-z]+ly|\d)\b))"
)


def turns_in(text: str, line: Line, topic: Topic) -> Iterator[str]:
    """The values of ordinals that stand like persons: "the first attained CR, the second PR"."""
    for match in line.finditer(text, topic.regex(BARE_TURN)):
        yield meaning(turn_word(match), "turns", topic)


def turn_word(match: re.Match[str]) -> str:
    """The ordinal of a match of `BARE_TURN`."""
    return (match["turn"] or match["gapped"] or match["pair"]).lower()

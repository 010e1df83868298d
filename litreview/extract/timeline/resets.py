"""Where a report says from what its days are counted: "day 0 is the first dose", "the first dose (day 0)"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from litreview.extract.kept import per_document
from litreview.extract.passages import Part, part_of
from litreview.extract.timeline.anchors import Node, anchor_node
from litreview.model.document import Document, Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.topic import Topic


@dataclass(frozen=True, slots=True)
class Reset:
    """From `position` to the end of its part, days without a word on what they are counted from count from `origin`.

    `first` is the number of the origin's own day, 0 or 1. With `listed` only that is told: the doses' own days ("on
    days 1, 8 and 15") need not be the clock of what follows.
    """

    position: int
    origin: Node
    part: Part
    first: int = 0
    listed: bool = False


_AFTER = Pattern(r"\bdays?\s+(?:after|post|since|from|following)[\s-]+(?P<words>[^.;()]{3,60})")
_ZERO = r"\b(?:days?|d|time)\s*0"
_IS = Pattern(
    r"\b(?:days?|d|time)\s*(?P<first>[01])\s*"
    r"(?:=|:|,|\(|(?:is|was|being|denotes|means|marks|refers\s+to|defined\s+as|corresponds\s+to|taken\s+as)\b)"
    r"(?P<words>[^.;)]{0,60})",
)
# "Day 1 of treatment: day +90".
_FIRST_OF = Pattern(r"\b(?:day|d)\s*1\s+of\s+(?:the\s+)?(?P<words>[^.;:()=]{3,40}?)\s*[:=()]")
_COUNTED = Pattern(
    r"\b(?:days?|weeks?|times?|months|intervals)\s+(?:(?:is|are|was|were|have\s+been|numbers?)\s+)?(?:here\s+|all\s+|always\s+)*"
    r"(?:(?:counted|given|calculated|numbered|expressed|reported|indicated|stated|measured|reckoned)\s+"
    r"(?:from|after|since|relative\s+to|in\s+relation\s+to|with\s+respect\s+to|as\s+days\s+(?:from|after))"
    r"|refer(?:s|red)?\s+to|run\s+from)\s+(?P<words>[^.;()]{3,60})",
)
_AT_ZERO = rf"[(=]\s*(?:=\s*)?{_ZERO}\b"
_MARKED_ZERO = Pattern(rf"{_AT_ZERO}(?!\s*(?:=|:|\())")
_FARTHEST = 60
_BEFORE = re.compile(rf"(?P<words>[^.;,()]{{3,{_FARTHEST}}}?)\s*{_AT_ZERO}", re.IGNORECASE)
_LISTED = r"\b(?:days|d)\s*1\s*[,/]\s*(?:d(?:ay)?\s*)?(?:8|15)\b"
_MARKED_LISTED = Pattern(_LISTED)
_BEFORE_LISTED = re.compile(rf"(?P<words>[^.;]{{3,{_FARTHEST}}}?)\s*[,(]?\s*\b(?:on\s+)?{_LISTED}", re.IGNORECASE)
_ASKED = Sieve((_IS, _COUNTED, _FIRST_OF, _MARKED_ZERO, _MARKED_LISTED))
_LEAD = re.compile(r"\s*(?:the\s+)?(?:(?:day|date|time|moment)\s+(?:of|when|on\s+which)\s+)?", re.IGNORECASE)
_RESERVED = re.compile(r"\b(?:unless|except|if\s+not|where\s+not|but)\b", re.IGNORECASE)
_WORD = re.compile(r"\b(?=\w)")


@per_document
def resets(document: Document, topic: Topic) -> tuple[Reset, ...]:
    """Every place where the report sets its clock, in order; a caption speaks of its table or figure alone."""
    captions = [section.span for section in document.sections if section.kind == "caption"]
    found = [
        replace(reset, part=part_of(document, Span(reset.position, reset.position + 1)))
        for reset in _found(document.text, topic)
        if not any(span.start <= reset.position < span.end for span in captions)
    ]
    return tuple(sorted(found, key=lambda reset: reset.position))


def clock_of(text: str, topic: Topic) -> tuple[Node, int] | None:
    """What a table's caption or foot counts its days from, and the number of that day; `None` where it does not say."""
    if told := next(_found(text, topic), None):
        return told.origin, told.first
    named = (anchor_node(match["words"][_length(match["words"]) :], topic) for match in _AFTER.finditer(text))
    return next(((origin, 0) for origin in named if origin), None)


def _found(text: str, topic: Topic) -> Iterator[Reset]:
    told = _told(text)
    for position, words, first in told.behind:
        if origin := anchor_node(words[_length(words) :], topic):
            yield Reset(position, origin, "body", first)
    for position, words in told.before_zero:
        if origin := _at_the_end(words, topic):
            yield Reset(position, origin, "body")
    for position, words in told.before_listed:
        if origin := _at_the_end(words, topic, nearest=True):
            yield Reset(position, origin, "body", first=1, listed=True)


class _Words(NamedTuple):
    """What stands behind a day 0 or a first day, with that day's number; what before a day 0; before listed days."""

    behind: tuple[tuple[int, str, int], ...]
    before_zero: tuple[tuple[int, str], ...]
    before_listed: tuple[tuple[int, str], ...]


# Asked for each patient's row of a table.
@lru_cache(maxsize=4)
def _told(text: str) -> _Words:
    passing = (_ASKED.patterns[number] for number in _ASKED.passing(text))
    found = {pattern: pattern.finditer(text) for pattern in passing}
    named = [(match, int(match["first"])) for match in found.get(_IS, ())]
    named += [(match, 0) for match in found.get(_COUNTED, ())] + [(match, 1) for match in found.get(_FIRST_OF, ())]
    return _Words(
        tuple((match.start(), _RESERVED.split(match["words"])[0], first) for match, first in named),
        tuple(_before(text, found.get(_MARKED_ZERO, ()), _BEFORE)),
        tuple(_before(text, found.get(_MARKED_LISTED, ()), _BEFORE_LISTED)),
    )


def _before(text: str, marks: Iterable[re.Match[str]], whole: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """What stands before marks as "(day 0)". Marks are looked for first: before most words of a text there is none."""
    reached = 0
    for found in marks:
        start = len(text[: found.start()].rstrip()) - _FARTHEST
        if match := whole.search(text, max(start, reached), found.end()):
            yield match.start(), match["words"]
            reached = match.end()


def _length(words: str) -> int:
    lead = _LEAD.match(words)
    return lead.end() if lead else 0


def _at_the_end(words: str, topic: Topic, *, nearest: bool = False) -> Node | None:
    """The event that the last words before "(day 0)" name: the longest of them that name one, or the `nearest`."""
    starts = [match.start() for match in _WORD.finditer(words)][:: -1 if nearest else 1]
    return next((origin for start in starts if (origin := anchor_node(words[start:], topic))), None)

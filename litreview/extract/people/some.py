"""Some of several: counts of patients whom nobody names, so that what is told of them is nobody's own."""

import re
from collections.abc import Iterator

from litreview.extract.people.counts import counted
from litreview.extract.people.lines import Line
from litreview.model.document import Span
from litreview.model.topic import Topic

_NUMBER = r"(?P<count>\d{1,2}|<counts>)"
_OF = r"(?:\s*/\s*\d{1,3}|\s+(?:out\s+)?of\s+(?:(?:the|our|these|all)\s+)?(?:\d{1,3}|<counts>|them|us|those|patients))?"
_WHO = rf"{_NUMBER}{_OF}(?:\s+(?:\w+\s+)?(?:<people#many>|<people#one>))?"
_JOINT = r"(?:[;:,]|\b(?:and|but|while|whereas)\b)"
# Not the first of several numbers: "in 2 and 3 weeks", "in 1, 2 and 4".
_MORE = r"\s*(?:,|,?\s*\b(?:and|or)\b)\s*\d"
# "Infections occurred in two patients", "in 2/5", "was seen in three of the five": told of them up to there.
_IN = rf"\b(?:in|by|among)\s+(?:only\s+)?{_WHO}(?!{_MORE})(?=\s*(?:[.;,:)]|$|{_JOINT}))"
# "Two had infections and one neutropenia", "there were two infections": told of them from there on.
_VERB = (
    r"(?:had|has|have|developed|experienced|suffered|achieved|attained|reached|responded|relapsed|died|received|"
    r"required|needed|remained|became|showed|were|was|are|did|underwent|lost|contracted|presented)\b"
)
_FIRST = rf"\b{_WHO}\s+(?:\w+\s+)?{_VERB}"
_BEFORE_FIRST = re.compile(r"(?:^|[;:,]|\b(?:and|but|while|whereas))\s*$", re.IGNORECASE)
_LABELS = re.compile(r"\d\s*(?:,|,?\s*\band)\s*$")  # "patients 4, 5 and 2 had": the last is a label
_OF_THEM = r"\b(?P<count>\d{1,2}|<counts>)\s+of\s+(?:them|whom|these|those)\s"
OTHERS_DID = (
    r"\b(?:\d{1,2}|<counts>)\s+of\s+(?:them|whom|these|those)\s+(?:have\s+|had\s+|has\s+)?"
    r"(?:died|relapsed|responded|recovered|survived|are\s+alive|were\s+transplanted|achieved|developed)\b"
)
_THERE = rf"\bthere\s+(?:was|were|have\s+been|had\s+been)\s+(?:also\s+|only\s+)?{_NUMBER}\s"
_NEXT = (
    rf"{_JOINT}\s+(?:and\s+|in\s+)?(?:the\s+)?(?:\d{{1,2}}\b|<counts>|others?\b|another\b|all\b|both\b|none\b|each\b)"
)


def of_some(text: str, span: Span, size: int, topic: Topic) -> tuple[Span, ...]:
    """The stretches of a sentence on `size` patients that tell of fewer of them without naming which."""
    return tuple(sorted({*_up_to(text, span, size, topic), *_from(text, span, size, topic)}))


def of_others(text: str, line: Line, span: Span, topic: Topic) -> tuple[Span, ...]:
    """The stretches of a sentence's part on one patient that count others: "...; two of them died"."""
    found = line.finditer(text, topic.regex(OTHERS_DID), span)
    return tuple(Span(match.start(), _clause_end(text, match.end(), span.end)) for match in found)


def _clause_end(text: str, start: int, end: int) -> int:
    stop = re.compile(r"[;.]").search(text, start, end)
    return stop.start() if stop else end


def _up_to(text: str, span: Span, size: int, topic: Topic) -> Iterator[Span]:
    start = span.start
    for match in topic.regex(_IN).finditer(text, span.start, span.end):
        if _is_part(match["count"], size, topic):
            joints = [joint.end() for joint in topic.regex(_JOINT).finditer(text, start, match.start())]
            start = max([start, *joints])
            yield Span(start, match.end())
        start = match.end()


def _from(text: str, span: Span, size: int, topic: Topic) -> Iterator[Span]:
    for pattern in (_FIRST, _OF_THEM, _THERE):
        for match in topic.regex(pattern).finditer(text, span.start, span.end):
            before = text[span.start : match.start()]
            opens = pattern == _THERE or (_BEFORE_FIRST.search(before) and not _LABELS.search(before))
            if opens and _is_part(match["count"], size, topic):
                yield from _run(text, match.start(), Span(match.end(), span.end), size, topic)


def _run(text: str, start: int, rest: Span, size: int, topic: Topic) -> Iterator[Span]:
    """From a count on to the next that is all or the others, with further parts in passing ("and one neutropenia")."""
    end = rest.end
    for joint in topic.regex(_NEXT).finditer(text, rest.start, rest.end):
        word = text[joint.start() : joint.end()].split()[-1].lower()
        if not _is_part(word, size, topic):
            end = joint.start()
            break
    yield Span(start, end)


def _is_part(word: str, size: int, topic: Topic) -> bool:
    count = counted(word.lower(), topic)
    return count is not None and 0 < count < size

"""Shares: cuts a sentence about several patients so that each gets its own part, "respectively" included."""

import re
from dataclasses import dataclass

from litreview.extract.people.clauses import balanced
from litreview.extract.people.people import Ref
from litreview.extract.people.whom import Whom
from litreview.model.document import Span
from litreview.model.topic import Topic

RESPECTIVELY = re.compile(r"\brespectively\b|\bresp\.", re.IGNORECASE)
_IN = re.compile(r"(?:\b(?:in|for|of|by|to|from|with)\s+(?:both\s+)?|\()$", re.IGNORECASE)
_UNIT = r"(?:\s?(?:%|[a-zµμ]{1,3}/\w+|years?|months?|weeks?|days?|mg/kg|g/d[lL]|g/L|×\s?10\S+))?"
_NUMBER = rf"(?:[+<>≥≤~−-]?\d[\d.,/:]*(?<![.,]){_UNIT}|\b<counts>)"
_ITEM_GAP = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*;\s*(?:and\s+)?|\s*&\s*)"
_STEP = r"(?:[a-z]+\s+)?"
_LEAD_IN = (
    r"\b(?:<clauses#verb>|of|by|with|for|in|on|from|to|after|at|experienced|had|were|was|received|showed|including)\s+"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a sentence, the patients it is about, and what of it is others'."""

    span: Span
    whom: Whom
    masks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with the patients it means."""

    ref: Ref
    whom: Whom


def distribute(text: str, span: Span, named: tuple[Named, ...], everybody: Whom, topic: Topic) -> tuple[Share, ...]:
    """The shares of a sentence by its lists that end in "respectively"; empty where it has none that fit patients.

    The members are those of a label list, or of phrases one after the other, or all patients in the order of telling.
    """
    closings = list(RESPECTIVELY.finditer(text, span.start, span.end))
    if not closings:
        return ()
    closing = closings[-1]
    members, chunks = _members(text, named, everybody, closing.start(), span.end)
    if len(members) < 2:
        return ()
    lists = _lists(text, span, closing.start(), len(members), chunks, topic)
    if not lists:
        return ()
    return tuple(_share(span, place, members, chunks, lists) for place in range(len(members)))


def share_cast(text: str, span: Span, phrases: tuple[Span, ...], topic: Topic) -> tuple[Share, ...]:
    """The shares of a sentence that lists all patients, each with the phrase that stands for it, and their values."""
    lists = _lists(text, span, span.end, len(phrases), [], topic)
    shares = []
    for place, own in enumerate(phrases):
        others = [phrase for phrase in dict.fromkeys(phrases) if phrase != own]
        others += [item for items in lists for number, item in enumerate(items) if number != place]
        shares.append(Share(span, (place,), tuple(sorted(others))))
    return tuple(shares)


def _share(span: Span, place: int, members: Whom, chunks: list[Span], lists: list[list[Span]]) -> Share:
    others = [chunk for number, chunk in enumerate(chunks) if number != place]
    others += [item for items in lists for number, item in enumerate(items) if number != place]
    return Share(span, (members[place],), tuple(sorted(others)))


def _members(text: str, named: tuple[Named, ...], everybody: Whom, closing: int, end: int) -> tuple[Whom, list[Span]]:
    """The patients in the order of the lists, and each one's own chunk where phrases introduce them."""
    listed = [one for one in named if one.ref.kind == "label" and len(one.whom) > 1]
    if listed:
        return listed[-1].whom, []
    single = [one for one in named if len(one.whom) == 1 and one.ref.kind != "pronoun"]
    first = list(dict.fromkeys(one.whom[0] for one in single))
    if len(first) > 1:
        starts = [next(one.ref.span.start for one in single if one.whom[0] == index) for index in first]
        return tuple(first), _chunks(text, starts, closing, end)
    if len(first) == 1:
        return (), []
    groups = [one.whom for one in named if len(one.whom) > 1]
    return (groups[-1], []) if groups else (everybody, []) if len(everybody) > 1 else ((), [])


def _chunks(text: str, starts: list[int], closing: int, end: int) -> list[Span]:
    """What belongs to each phrase: up to the next one, the last up to where the common part goes on.

    Phrases behind the lists have the rest of the sentence: "after 13 and 7 months, respectively, A was well and B ill".
    """
    ends = [_before_joint(text, start) for start in starts[1:]]
    common = re.compile(
        r",\s+(?:in|to|of|for|from)\s+wh(?:om|ich)\b|,\s+who\b|\s+(?:were|was|had|received|achieved|responded)\b"
    )
    last = common.search(text, starts[-1], closing)
    ends.append(end if starts[0] > closing else last.start() if last else starts[-1] + 1)
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _before_joint(text: str, start: int) -> int:
    joint = re.compile(r"[\s,;]*(?:\b(?:and|or)\s+)?$")
    match = joint.search(text[max(0, start - 12) : start])
    return start - (len(match[0]) if match else 0)


def _lists(text: str, span: Span, closing: int, size: int, chunks: list[Span], topic: Topic) -> list[list[Span]]:
    """Parallel lists of the right length: all of numbers, and the one of words right before "respectively"."""
    found = []
    pattern = topic.regex(rf"(?P<first>{_NUMBER})(?:{_ITEM_GAP}{_STEP}{_NUMBER})+")
    number = topic.regex(_NUMBER)
    for match in pattern.finditer(text, span.start, closing):
        items = [Span(*item.span()) for item in number.finditer(text, match.start(), match.end())]
        inside = any(Span(*match.span()) in chunk for chunk in chunks)
        if len(items) == size and not inside and not _is_label_list(text, match.start()):
            found.append(items)
    words = _word_list(text, span, closing, size, topic) if closing < span.end else []
    if words and not any(item.overlaps(words[-1]) for items in found for item in items):
        found.append(words)
    return found


def _is_label_list(text: str, start: int) -> bool:
    return (
        re.search(
            r"(?:patients?|cases?|pts?|#|\bP)\s*(?:nos?\.?\s*)?$", text[max(0, start - 12) : start], re.IGNORECASE
        )
        is not None
    )


def _word_list(text: str, span: Span, closing: int, size: int, topic: Topic) -> list[Span]:
    """Items of words: after the last verb or preposition before the list, cut at its commas and its "and"."""
    end = len(text[:closing].rstrip(" ,("))
    best: list[Span] = []
    for lead in topic.regex(_LEAD_IN).finditer(text, span.start, end):
        pieces = _pieces(text, lead.end(), end)
        best = pieces if len(pieces) == size else best
    return _without_shared_head(text, best)


def _pieces(text: str, start: int, end: int) -> list[Span]:
    cuts = [
        match
        for match in re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+").finditer(text, start, end)
        if balanced(text, start, match.start())
    ]
    edges = [start, *(edge for cut in cuts for edge in cut.span()), end]
    return [Span(edges[place], edges[place + 1]) for place in range(0, len(edges), 2)]


def _without_shared_head(text: str, pieces: list[Span]) -> list[Span]:
    """The last item keeps a plural noun that all items share ("rhinovirus and adenovirus infections") unmasked."""
    if not pieces:
        return []
    last = text[pieces[-1].start : pieces[-1].end].split(" ")
    if len(last) > 1 and last[-1].endswith("s") and len(pieces[0]) > 0:
        return [*pieces[:-1], Span(pieces[-1].start, pieces[-1].end - len(last[-1]) - 1)]
    return pieces

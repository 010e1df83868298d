"""Shares: cuts a sentence about several patients so that each gets its own part, "respectively" included."""

import re
from dataclasses import dataclass

from litreview.extract.people.cast import PHRASE, PHRASES, Player
from litreview.extract.people.clauses import balanced
from litreview.extract.people.people import Ref
from litreview.extract.people.whom import Whom
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.topic import Topic

RESPECTIVELY = Pattern(r"\brespectively\b|\bresp\.")
_IN = re.compile(r"(?:\b(?:in|for|of|by|to|from|with)\s+(?:both\s+)?|\()$", re.IGNORECASE)
_UNIT = r"(?:\s?(?:%|[a-zµμ]{1,3}/\w+|years?|months?|weeks?|days?|mg/kg|g/d[lL]|g/L|×\s?10\S+))?"
_SHARED_UNIT = re.compile(
    r"(?<=[\d.,/:\w])\s?(?:%|[a-zµμ]{1,3}/\w+|years?|months?|weeks?|days?|mg/kg|g/d[lL]|g/L|×\s?10\S+)$"
)
_NUMBER = rf"(?:[+<>≥≤~−-]?\d[\d.,/:]*(?<![.,]){_UNIT}|\b<counts>)"
_ITEM_GAP = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*;\s*(?:and\s+)?|\s*&\s*)"
_STEP = r"(?:[a-z]+\s+)?"
_NAME = re.compile(r"[A-Z][\w-]*[A-Z][\w-]*")
_NAMES = re.compile(
    r"((?:[A-Z][\w-]*[A-Z][\w-]*(?:,\s*(?:and\s+)?|\s+and\s+))+[A-Z][\w-]*[A-Z][\w-]*)\s+(?:(?:on|at|after|from|since)\s+)?(?:days?\s+|d|\(days?\s+|\()?$"
)
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
    return tuple(_share(text, span, place, members, chunks, lists) for place in range(len(members)))


# After these a list gives each patient one of its numbers; days and intervals in a list are everyone's, unless they are
# of what happens once, or of what is so at the end.
_EACH_ONE = re.compile(
    r"\b(?:were|was|are|is|aged|had|received|got|given)\s+(?:about\s+)?$"
    r"|\b(?:was|were)\s+(?:started|begun|commenced|initiated|introduced|diagnosed)\s+(?:about\s+|on\s+days?\s+)?$"
    r"|\b(?:remain|are|relapsed|recurred|responded|died|became|recovered|normali[sz]ed|(?:achieved|reached|attained|obtained|entered|stayed|remained)\s+(?:an?\s+|in\s+)?(?:CR|PR|complete|partial|remission|response|transfusion))\b"
    r"[^.;:\d]{0,60}?(?:\b(?:at|on|after|for|within|by|since)\s+(?:days?\s*\+?|weeks?\s+|months?\s+|about\s+|a\s+follow-up\s+of\s+)?\s*|,\s+)$",
    re.IGNORECASE,
)


def in_order(text: str, span: Span, named: tuple[Named, ...], carried: Whom, topic: Topic) -> tuple[Share, ...]:
    """The shares of "patients 1, 2 and 3 were 4, 7 and 9 years old", without "respectively"; empty where none fit."""
    groups = [one.whom for one in named if len(one.whom) > 1]
    members = groups[0] if len(named) == 1 and groups else carried if not named else ()
    if len(members) < 2:
        return ()
    lists = [
        items
        for items in _lists(text, span, span.end, len(members), [], topic)
        if text[items[0].start] in "+0123456789" and _EACH_ONE.search(text, span.start, items[0].start)
    ]
    lists += _one_each(text, span, len(members))
    return tuple(_share(text, span, place, members, [], lists) for place in range(len(members))) if lists else ()


def share_cast(text: str, span: Span, players: tuple[tuple[int, Player], ...], topic: Topic) -> tuple[Share, ...]:
    """The shares of a sentence that lists patients, each with its phrase, its age and its values."""
    common = {stretch for _, player in players for stretch in player.common}
    lists = [
        items
        for items in _lists(text, span, span.end, len(players), [], topic)
        if items[0].start not in {stretch.start for stretch in common}
    ]
    shares = []
    for place, (index, own) in enumerate(players):
        masks = [part for stretch in common for part in _around(text, stretch, (own.phrase, own.age_span))]
        masks += [part for items in lists for part in _others(text, items, place)]
        shares.append(Share(span, (index,), tuple(sorted(masks))))
    return tuple(shares)


def _around(text: str, stretch: Span, kept: tuple[Span, ...]) -> list[Span]:
    """What is left of a stretch without the part of it that is kept."""
    own = next((part for part in kept if part in stretch), None)
    return [stretch] if own is None else _but(text, stretch, own)


def _but(text: str, stretch: Span, own: Span) -> list[Span]:
    """The stretch on either side of a part of it, without the blanks beside it."""
    end = own.start - 1 if text[own.start - 1].isspace() else own.start
    start = own.end + 1 if text[own.end : own.end + 1].isspace() else own.end
    return [Span(*side) for side in ((stretch.start, end), (start, stretch.end)) if side[0] < side[1]]


def _share(text: str, span: Span, place: int, members: Whom, chunks: list[Span], lists: list[list[Span]]) -> Share:
    others = [chunk for number, chunk in enumerate(chunks) if number != place]
    others += [part for items in lists for part in _others(text, items, place)]
    return Share(span, (members[place],), tuple(sorted(others)))


def _others(text: str, items: list[Span], place: int) -> list[Span]:
    """A list but for one item: its joints go too, and what stays is a phrase: "10 and 12 months" is "10 months"."""
    own = items[place]
    unit = _SHARED_UNIT.search(text, items[-1].start, items[-1].end)
    shared = unit and own != items[-1] and not _SHARED_UNIT.search(text, own.start, own.end)
    end = unit.start() if unit and shared else items[-1].end
    return _but(text, Span(items[0].start, end), own)


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
    found += [names for items in found if (names := _names_before(text, span, items))]
    if people := _people_list(text, Span(span.start, closing), size, topic):
        found.append(people)
    words = _word_list(text, span, closing, size, topic) if closing < span.end else []
    if words and not any(item.overlaps(words[-1]) for items in found for item in items):
        found.append(words)
    return found + (_one_each(text, span, size) if closing < span.end else [])


# "Two children, one with ITP and the other with AIHA after HSCT, ...": in the order of telling.
_ONE_WITH = re.compile(
    r"(?:[:(–—-]\s*|\s*,\s*(?:and\s+)?|\s+and\s+)(?P<item>(?:one|another|the\s+other|a\s+second|a\s+third)\s+with\s)",
    re.IGNORECASE,
)
_ONE_ENDS = re.compile(
    r"\s*(?:[,;:)–—]|\.(?!\d)|\b(?:were|was|who|whom|are|received|responded|had|treated)\b)", re.IGNORECASE
)


def _one_each(text: str, span: Span, size: int) -> list[list[Span]]:
    """The list of what "one with ..., one with ..." says of each, if it has as many members."""
    heads = list(_ONE_WITH.finditer(text, span.start, span.end))
    if len(heads) != size or text[heads[0].start()].isspace():
        return []
    last = _ONE_ENDS.search(text, heads[-1].end(), span.end)
    ends = [*(head.start() for head in heads[1:]), last.start() if last else span.end]
    return [[Span(head.start("item"), end) for head, end in zip(heads, ends, strict=True)]]


def _names_before(text: str, span: Span, items: list[Span]) -> list[Span]:
    """A list of short names right before one of numbers: "AIHA and ITP on days +60 and +92"."""
    before = _NAMES.search(text[span.start : items[0].start])
    names = (
        [Span(*one.span()) for one in _NAME.finditer(text, span.start + before.start(1), span.start + before.end(1))]
        if before
        else []
    )
    return names if len(names) == len(items) else []


def _people_list(text: str, span: Span, size: int, topic: Topic) -> list[Span]:
    """Nouns with an article, one for each: "were a man, a woman and a girl aged 57, 44 and 9 years"."""
    listed = topic.regex(PHRASES).search(text, span.start, span.end)
    people = topic.regex(PHRASE).finditer(text, listed.start(), listed.end()) if listed else ()
    items = [Span(*one.span()) for one in people]
    return items if len(items) == size else []


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

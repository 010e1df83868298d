"""Cuts: divides a sentence that names several patients at the places where it turns from one to the next."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from litreview.extract.people.clauses import clause_at, clauses
from litreview.extract.people.share import Named, Share
from litreview.extract.people.whom import Whom
from litreview.model.document import Span
from litreview.model.topic import Topic

_IN = re.compile(r"\b(?:in|for|of|by|to|from)\s+(?:both\s+)?$|\($", re.IGNORECASE)
_JOINED = re.compile(r"\s*\(?(?:,|,?\s*\band\b|&|,?\s*\bn?or\b|\bas\s+well\s+as\b|\()?\s*", re.IGNORECASE)
_DIRECT = (
    r"(?:;|,|\b(?:and|or|<clauses#contrast>)\s|\()\s*(?:(?:and|<clauses#contrast>)\s+)?"
    r"(?:(?:in|for|of|by|to|from)\s+)?$"
)
_STRONG = r"\s*;\s*|,?\s+(?:<clauses#contrast>)\s+"
_WEAK = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_LEAD_IN = r"\b(?:<clauses#verb>|of|by|at|reached)\s+"
_PARTICIPLE = re.compile(r"\s*(?:\w+ed|seen|given|found|present|noted|made|begun|shown)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """Mentions of the same patients one after the other. `inside` says that a preposition stands before ("in P1")."""

    whom: Whom
    span: Span
    inside: bool
    leading: bool


def cut(text: str, span: Span, named: tuple[Named, ...], topic: Topic) -> tuple[Share, ...]:
    """The shares of a sentence, one for each turn to other patients; together they cover it.

    Patients told in a row after their values ("100% in patients 2 and 4 and 94% in patient 1") each get the beginning
    that they share, with the others' values masked.
    """
    parts = _parts(text, span, named)
    starts = [span.start]
    for left, right in pairwise(parts):
        starts.append(_turn(text, left, right, topic))
    ends = [*starts[1:], span.end]
    shares, head = [], None
    for place, part in enumerate(parts):
        own = Span(starts[place], max(ends[place], starts[place]))
        chained = (
            place > 0 and part.inside and parts[place - 1].inside and not _strong(text, parts[place - 1], part, topic)
        )
        head = head if chained and head else _head(text, own, part, topic)
        if chained and head and head.start < own.start:
            shares.append(Share(Span(head.start, own.end), part.whom, (Span(head.end, own.start),)))
        else:
            shares.append(Share(own, part.whom))
    return tuple(share for share in shares if len(share.span))


def _parts(text: str, span: Span, named: tuple[Named, ...]) -> list[Part]:
    parts: list[Part] = []
    for one in sorted(named, key=lambda one: one.ref.span.start):
        inside = _IN.search(text, max(span.start, one.ref.span.start - 12), one.ref.span.start)
        leading = inside is not None and not re.search(r"\w", text[span.start : inside.start()])
        part = Part(one.whom, one.ref.span, inside is not None, leading)
        if parts and _same(text, parts[-1], part):
            union = tuple(sorted({*parts[-1].whom, *part.whom}))
            parts[-1] = replace(parts[-1], whom=union, span=parts[-1].span.joined(part.span))
        else:
            parts.append(part)
    return parts


def _same(text: str, left: Part, right: Part) -> bool:
    if left.whom == right.whom:
        return True
    between = text[left.span.end : right.span.start]
    return bool(_JOINED.fullmatch(between)) and not right.inside


def _turn(text: str, left: Part, right: Part, topic: Topic) -> int:
    """Where the sentence turns from one part to the next."""
    between = Span(left.span.end, right.span.start)
    opened = _open_bracket(text, between)
    behind = text[left.span.start - 1 : left.span.start] == text[right.span.start - 1] == "("
    if behind and (joint := _WEAK.search(text, between.start, between.end)):
        return joint.start()
    if opened is not None:
        return opened
    if direct := topic.regex(_DIRECT).search(text, between.start, between.end):
        return direct.start()
    strong = list(topic.regex(_STRONG).finditer(text, between.start, between.end))
    if strong:
        return strong[-1].start()
    weak = [match for match in _WEAK.finditer(text, between.start, between.end) if match.end() > match.start()]
    if not weak:
        return between.end
    return (weak[0] if left.inside and not left.leading else weak[-1]).start()


def _open_bracket(text: str, between: Span) -> int | None:
    opened: list[int] = []
    for mark in re.finditer(r"[()]", text[between.start : between.end]):
        if mark[0] == "(":
            opened.append(between.start + mark.start())
        elif opened:
            opened.pop()
    return opened[0] if opened else None


def _strong(text: str, left: Part, right: Part, topic: Topic) -> bool:
    return topic.regex(_STRONG).search(text, left.span.end, right.span.start) is not None


def _head(text: str, own: Span, part: Part, topic: Topic) -> Span | None:
    """What comes before the value of a part that names its patients last; `None` where the value comes first."""
    if not part.inside or part.leading:
        return None
    clause = clause_at(clauses(text, own, topic), part.span.start)
    preposition = _IN.search(text, clause.start, part.span.start)
    end = preposition.start() if preposition else part.span.start
    leads = list(topic.regex(_LEAD_IN).finditer(text, clause.start, end))
    if not leads or _PARTICIPLE.fullmatch(text, leads[-1].end(), end):
        return None
    return Span(clause.start, leads[-1].end())

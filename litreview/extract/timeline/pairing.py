"""Which moment a cue belongs to: the nearest of its own statement, else a free one of the sentence."""

import re
from collections.abc import Iterator, Sequence

from litreview.extract.passages import Passage
from litreview.extract.timeline.anchors import Node
from litreview.extract.timeline.cues import Hit
from litreview.extract.timeline.moments import Moment
from litreview.extract.timeline.statements import statement_at
from litreview.model.clock import EventKind
from litreview.model.values import dataclass

MENTION = 0.5  # strength below which a cue is a mere mention,
CLOSE = 40  # which only a time this near dates


@dataclass(frozen=True, slots=True)
class Placed:
    """A moment with its place on the timeline, the passage it stands in, and the kinds of events it is counted from."""

    moment: Moment
    place: Node
    passage: Passage
    origins: frozenset[str] = frozenset()


def pairs(told: Sequence[Hit], here: Sequence[Placed], text: str, index: str) -> Iterator[tuple[Hit, Placed | None]]:
    """Each cue of a passage with its moment, `None` where there is none.

    A moment outside a cue's statement is free for it where no cue of its own statement has taken it; one that tells of
    the same event shares it ("on 30 May platelets were 9; the disease was diagnosed").
    """
    if not here:
        yield from ((hit, None) for hit in told)
        return
    own = [(hit, _nearest(text, hit, _unclaimed(hit, _usable(hit, here, index), told, text))) for hit in told]
    taken = [(hit.kind, one) for hit, near in own if near is not None for one in series(near, here)]
    for hit, near in own:
        if near is None and hit.cue.reach != "clause":
            near = _closest(text, hit, list(_free(hit, _usable(hit, here, index), taken)))
        yield hit, near


def _unclaimed(hit: Hit, usable: list[Placed], told: Sequence[Hit], text: str) -> list[Placed]:
    """Without the times of what was told before: "it relapsed 4 months after the last dose and the child is alive"."""
    if hit.kind.keep != "last":
        return usable
    firsts = [one for one in told if one.kind.keep == "first" and not one.kind.series]
    return [
        one
        for one in usable
        if not _AND.search(text, one.moment.ways[0].end, hit.start)
        or not any(_CLAIMS.fullmatch(text, first.end, one.moment.start) for first in firsts)
    ]


_AND = re.compile(r"\band\b", re.IGNORECASE)
_CLAIMS = re.compile(r"\s*(?:only\s+|on\s+|at\s+|in\s+|about\s+|just\s+)?", re.IGNORECASE)


def _free(hit: Hit, usable: Sequence[Placed], taken: Sequence[tuple[EventKind, Placed]]) -> Iterator[Placed]:
    """The moments that no cue of another event has taken, of a series none that is taken at all."""
    for one in usable:
        takers = [kind for kind, other in taken if other == one]
        if all(kind == hit.kind and not kind.series for kind in takers):
            yield one


def series(near: Placed, here: Sequence[Placed]) -> list[Placed]:
    """The moment, with the others of its list ("on days +3, +10 and +17")."""
    number = near.moment.ways[0].series
    return [near] if number is None else [one for one in here if one.moment.ways[0].series == number]


def _usable(hit: Hit, here: Sequence[Placed], index: str) -> list[Placed]:
    """What may date a cue.

    A duration dates only what is asked for its last time ("in remission for 14 months"), which a time behind "since"
    does not; a member of a series wants a day of its own, not "within ten weeks"; the index event, from which days
    count, a calendar date. Nothing is dated by a time that is counted from it.
    """
    usable = [one for one in here if hit.kind.keep == "last" or not one.moment.lasting]
    usable = [one for one in usable if not _circular(hit, one)]
    if hit.kind.kind == index:
        return [one for one in usable if any(way.date for way in one.moment.ways)]
    if hit.kind.keep == "last":
        usable = [one for one in usable if not _GOES_ON.search(one.passage.text, one.moment.end, hit.start)]
        usable = [
            one for one in usable if not (_BEGINS.search(one.passage.text, 0, one.moment.start) or _outdone(one, here))
        ]
    return [one for one in usable if not hit.kind.series or one.moment.ways[0].form != "interval"]


def _outdone(one: Placed, here: Sequence[Placed]) -> bool:
    """Whether a duration is followed at once by a time that says from when ("for 9 months, 11 months after it")."""
    behind = (other.moment for other in here if other.moment.start > one.moment.end and not other.moment.lasting)
    return one.moment.lasting and any(
        moment.ways[0].anchor is not None and _AT_ONCE.fullmatch(one.passage.text, one.moment.end, moment.start)
        for moment in behind
    )


_AT_ONCE = re.compile(r"\s*[,;(]\s*(?:and\s+|now\s+|i\.\s?e\.,?\s+|that\s+is,?\s+|at\s+)?", re.IGNORECASE)


def _circular(hit: Hit, one: Placed) -> bool:
    """Whether a time is counted from the event itself: nothing is 5 months after its own diagnosis."""
    own = not hit.kind.series and hit.kind.kind in one.origins
    return own and any(way.days for way in one.moment.ways)


_BEGINS = re.compile(r"\b(?:since|from)\s+(?:(?:the|about|around|approximately|~)\s*){0,2}$", re.IGNORECASE)


def _nearest(text: str, hit: Hit, usable: Sequence[Placed]) -> Placed | None:
    """The moment of the cue's own statement that stands nearest."""
    statement = statement_at(text, hit.start)
    within = [one for one in usable if statement.start <= one.moment.start < statement.end]
    if hit.cue.strength < MENTION:
        within = [one for one in within if _distance(text, hit, one.moment) <= CLOSE]
    return _closest(text, hit, within)


def _closest(text: str, hit: Hit, pool: Sequence[Placed]) -> Placed | None:
    if len(pool) < 2:
        return pool[0] if pool else None
    return min(pool, key=lambda one: _distance(text, hit, one.moment))


# A time in brackets is that of what stands before them.
_BEHIND_BRACKET = 30
_ASIDE = re.compile(r"\([^()]*\)")
# "Was given and repeated on days 146 and 153": those days are of what came after.
_AGAIN = re.compile(r"\b(?:repeated|again|continued)\b", re.IGNORECASE)
# "Steroids ended six weeks after it and she has not relapsed": that time is of what was told before.
_GOES_ON = re.compile(r"(?<!,)\s+and\s+(?:he|she|they|it)\b")
_NEW_SUBJECT = re.compile(r"\band\s+(?:he|she|they|it)\b")
_BARRIER = re.compile(r"\b(?:and|but|which|then|before|after|until)\b(?!\s+\+?\d)|;")


def _distance(text: str, hit: Hit, moment: Moment) -> int:
    """Characters between a cue and a moment, without what is in brackets; a conjunction between them parts further."""
    between = text[hit.end : moment.start] if hit.end <= moment.start else text[moment.end : hit.start]
    between = _ASIDE.sub("", between)
    aside = hit.start > moment.end and re.match(r"[^()]*\)", text[moment.end : hit.start]) is not None
    again = hit.end <= moment.start and _AGAIN.search(between) is not None
    parted = (
        30 * (len(_BARRIER.findall(between)) + len(_NEW_SUBJECT.findall(between))) + 60 * again + 5 * between.count(",")
    )
    return _BEHIND_BRACKET * aside + len(between) + parted

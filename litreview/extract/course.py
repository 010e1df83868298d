"""A patient's course as it is told: moments in the order of the story, what ties them, and the events seen at them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from litreview.extract.anchors import Node, anchor_node
from litreview.extract.cues import Hit, hits, told_of
from litreview.extract.dates import middle
from litreview.extract.moments import Moment, moments
from litreview.extract.statements import statement_at
from litreview.extract.story import Passage, Story
from litreview.extract.ties import Tie
from litreview.extract.time_expression import TimeExpression
from litreview.model.evidence import Evidence
from litreview.model.topic import EventKind

CALENDAR = Node("*calendar")


@dataclass(frozen=True, slots=True)
class Sighting:
    """An event that the story tells of; `place` is the moment it is told to have happened at, if there is one."""

    kind: EventKind
    place: Node | None
    strength: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All ties between moments and events, and all sightings, in the order of the story."""

    ties: tuple[Tie, ...]
    sightings: tuple[Sighting, ...]


def course(story: Story, *, started_on: float | None = None) -> Course:
    """Read a story; `started_on` is the day of the intervention's start where it is known already.

    A day without a plus sign that is told after the start, and is smaller than it, counts from the start.
    """
    reading = _Reading(story, started_on)
    for passage in story.passages:
        reading.read(passage)
    return Course(tuple(reading.ties), tuple(reading.sightings))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A moment with its place on the timeline and the passage it stands in."""

    moment: Moment
    place: Node
    passage: Passage


_RESET = re.compile(
    r"\bday\s*0\s*(?:=|:|is|was|being|denotes|refers to|\(|defined as|corresponds to)([^.;)]{0,60})", re.IGNORECASE
)
_FOLLOW_UP = re.compile(r"(?:\w+\s+)?(?:follow|observation|surveillance|f/u)", re.IGNORECASE)
_NEIGHBOUR = re.compile(
    r"later|afterward|thereafter|subsequent|\bafter$|next|following|same|that day|previous|preceding", re.IGNORECASE
)


@dataclass
class _Reading:
    """The state of reading: what was told last, and from where unmarked days count."""

    story: Story
    started_on: float | None
    ties: list[Tie] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    placed: list[_Placed] = field(default_factory=list)
    last: Node | None = None
    explicit: Node | None = None

    def __post_init__(self) -> None:
        topic = self.story.topic
        self.index, self.start = Node(topic.clock.index), Node(topic.clock.start)
        self.indexed = told_of(self.story, topic.event(topic.clock.index))
        text = self.story.parsed.document.text
        origins = [anchor_node(match.group(1), topic) for match in _RESET.finditer(text)]
        self.reset = next((origin for origin in origins if origin), None)

    def read(self, passage: Passage) -> None:
        """Take one passage in."""
        found = tuple(moment for moment in moments(passage.text, self.story.habit) if self._ours(passage, moment))
        told = hits(self.story, passage, found)
        self.explicit = None
        here: list[_Placed] = []
        marks: list[tuple[int, Moment | Hit]] = [*((m.start, m) for m in found), *((h.start, h) for h in told)]
        for _, mark in sorted(marks, key=lambda item: item[0]):
            if isinstance(mark, Moment):
                here.append(self._place(passage, mark))
            elif mark.kind.kind == self.index.kind or (not found and not mark.kind.series):
                self.last = Node(mark.kind.kind)
        self._see_all(passage, told, here)
        self.placed += here

    def _ours(self, passage: Passage, moment: Moment) -> bool:
        return self.story.role_at(passage.place(moment.start, moment.end)) == "patient"

    def _place(self, passage: Passage, moment: Moment) -> _Placed:
        place = Node("*moment", len(self.placed) + len(self.ties) + 1)
        for way in moment.ways:
            tie = self._tie(passage, way, place)
            if tie:
                self.ties.append(tie)
        if not moment.lasting:
            self.last = place
        return _Placed(moment, place, passage)

    def _tie(self, passage: Passage, way: TimeExpression, place: Node) -> Tie | None:
        origin = self._origin(passage, way)
        if origin is None or origin == place:
            return None
        words = passage.place(way.start, max(way.end, way.anchor[1] if way.anchor else way.end))
        evidence = (self.story.evidence(words, "anchor"),)
        if way.date is not None:
            day, exact = middle(way.date)
            return Tie(origin, place, day, exact, evidence)
        return Tie(origin, place, way.days or 0.0, way.exact, evidence) if way.days is not None else None

    def _origin(self, passage: Passage, way: TimeExpression) -> Node | None:
        """What a time is counted from."""
        if way.date is not None:
            return CALENDAR
        if way.anchor is not None:
            words = passage.text[slice(*way.anchor)]
            named = anchor_node(words, self.story.topic)
            if named:
                self.explicit = named if way.form == "point" else self.explicit
                return named
            if _FOLLOW_UP.match(words):
                return self.start
            return self.index if way.signed or words.lower() in ("post", "after") else None
        if way.form == "point":
            return self._clock(passage, way)
        if way.form == "interval" and (
            _NEIGHBOUR.search(passage.text[way.start : way.end]) or not self._started(passage, way)
        ):
            return self.last
        return self.start

    def _clock(self, passage: Passage, way: TimeExpression) -> Node:
        """Where an unmarked "day 20", "week 8" or "at 3 months" counts from."""
        if not self.indexed and not way.signed:
            return self.start
        if self.reset:
            return self.reset
        if way.signed:
            return self.index
        if self.explicit:
            return self.explicit
        if self._started(passage, way) and (way.unit != "days" or self._small(way)):
            return self.start
        return self.index

    def _small(self, way: TimeExpression) -> bool:
        return self.started_on is not None and (way.days or 0) < self.started_on

    def _started(self, passage: Passage, way: TimeExpression) -> bool:
        return self.story.phase_at(passage, passage.place(way.start, way.end)) in ("during", "after")

    def _see_all(self, passage: Passage, told: Sequence[Hit], here: Sequence[_Placed]) -> None:
        """Tie each cue to its moment: the nearest of its statement, else a free one of the sentence, else one before.

        A moment is free where no cue of its own statement has taken it.
        """
        own = {hit: _nearest(passage.text, hit, _usable(hit, here)) for hit in told}
        taken = [one for near in own.values() if near is not None for one in _series(near, here)]
        for hit, near in own.items():
            if near is None and hit.cue.reach != "clause":
                free = [one for one in _usable(hit, here) if one not in taken]
                near = min(free, key=lambda one: _distance(passage.text, hit, one.moment), default=None)
            if near is None and hit.cue.reach == "paragraph":
                near = self._before(passage)
            self._see(passage, hit, near, here)

    def _see(self, passage: Passage, hit: Hit, near: _Placed | None, here: Sequence[_Placed]) -> None:
        if near is None:
            words = self.story.evidence(passage.place(hit.start, hit.end))
            self.sightings.append(Sighting(hit.kind, None, hit.cue.strength, (words,)))
            return
        for one in _series(near, here):
            self.sightings.append(Sighting(hit.kind, one.place, hit.cue.strength, self._evidence(passage, hit, one)))

    def _before(self, passage: Passage) -> _Placed | None:
        """The last moment told before in the paragraph, up to three sentences back."""
        for one in reversed(self.placed):
            near = passage.sentence.index - one.passage.sentence.index <= 3
            if not one.moment.lasting:
                return one if near and one.passage.sentence.paragraph == passage.sentence.paragraph else None
        return None

    def _evidence(self, passage: Passage, hit: Hit, one: _Placed) -> tuple[Evidence, ...]:
        cue = passage.place(hit.start, hit.end)
        time = one.passage.place(one.moment.start, one.moment.end)
        if one.passage is passage:
            return (self.story.evidence(cue.joined(time)),)
        return (self.story.evidence(cue), self.story.evidence(time, "anchor"))


def _usable(hit: Hit, here: Sequence[_Placed]) -> list[_Placed]:
    """A duration dates only what is asked for its last time ("in remission for 14 months")."""
    return [one for one in here if hit.kind.keep == "last" or not one.moment.lasting]


def _nearest(text: str, hit: Hit, usable: Sequence[_Placed]) -> _Placed | None:
    """The moment of the cue's own statement that stands nearest."""
    statement = statement_at(text, hit.start)
    within = [one for one in usable if statement.start <= one.moment.start < statement.end]
    return min(within, key=lambda one: _distance(text, hit, one.moment), default=None)


_ASIDE = re.compile(r"\([^()]*\)")
_BARRIER = re.compile(r"\b(?:and|but|which|then|before|after|until)\b(?!\s+\+?\d)|;")


def _distance(text: str, hit: Hit, moment: Moment) -> int:
    """Characters between a cue and a moment, without what is in brackets; a conjunction between them parts further."""
    between = text[hit.end : moment.start] if hit.end <= moment.start else text[moment.end : hit.start]
    between = _ASIDE.sub("", between)
    return len(between) + 30 * len(_BARRIER.findall(between)) + 5 * between.count(",")


def _series(near: _Placed, here: Sequence[_Placed]) -> list[_Placed]:
    """The moment, with the others of its list ("on days +3, +10 and +17")."""
    series = near.moment.ways[0].series
    return [near] if series is None else [one for one in here if one.moment.ways[0].series == series]

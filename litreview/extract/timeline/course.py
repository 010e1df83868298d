"""A patient's course as it is told: moments in the order of the story, what ties them, and the events seen at them."""

import re
from collections.abc import Sequence
from dataclasses import field

from litreview.extract.passages import Passage
from litreview.extract.story import Story
from litreview.extract.timeline.anchors import Node, anchor_node
from litreview.extract.timeline.bare_dates import completed
from litreview.extract.timeline.cues import Hit, hits, told_of
from litreview.extract.timeline.dates import middle
from litreview.extract.timeline.moments import Moment, moments
from litreview.extract.timeline.named_before import told_before
from litreview.extract.timeline.pairing import Placed, pairs, series
from litreview.extract.timeline.resets import Reset, resets
from litreview.extract.timeline.statements import statement_at
from litreview.extract.timeline.ties import Tie
from litreview.extract.timeline.time_anchors import words_behind
from litreview.extract.timeline.time_expression import TimeExpression
from litreview.model.bibliography import PartialDate
from litreview.model.clock import EventKind
from litreview.model.evidence import Evidence
from litreview.model.pattern import Pattern
from litreview.model.values import dataclass

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
    """All ties between moments and events, and all sightings, in the order of the story.

    `unsure` are the days that would count from the intervention's start if that lay behind them, `late` those that
    would count from the index event if it lay before them.
    """

    ties: tuple[Tie, ...]
    sightings: tuple[Sighting, ...]
    unsure: tuple[float, ...] = ()
    late: tuple[float, ...] = ()

    def rests_on(self, start: float) -> bool:
        """Whether days count from elsewhere now that the intervention's start is known."""
        return any(day < start for day in self.unsure) or any(day >= start for day in self.late)


Marked = tuple[Passage, tuple[Moment, ...], tuple[Hit, ...]]


def marked(story: Story) -> tuple[Marked, ...]:
    """The passages of a story, each with the patient's moments and the cues of events in it."""
    found = [_moments(story, passage) for passage in story.passages]
    return tuple(zip(story.passages, found, hits(story, found), strict=True))


def _moments(story: Story, passage: Passage) -> tuple[Moment, ...]:
    found = moments(passage.text, story.times(passage))
    return found and tuple(
        moment for moment in found if story.role_at(passage.place(moment.start, moment.end)) == "patient"
    )


def course(story: Story, passages: Sequence[Marked], *, started_on: float | None = None) -> Course:
    """Read a story's passages; `started_on` is the day of the intervention's start where it is known already.

    A day without a plus sign that is told after the start, and is smaller than it, counts from the start.
    """
    reading = _Reading(story, started_on)
    reading.indexed = reading.indexed or _starts_late(story, passages)
    counting = _counting_on(passages)
    for number, (passage, found, told) in enumerate(passages):
        if found or told or number < counting:
            reading.read(passage, found, told, counting=number < counting)
    return Course(tuple(reading.ties), tuple(reading.sightings), tuple(reading.unsure))


def _counting_on(passages: Sequence[Marked]) -> int:
    """In how many passages it matters what was told last, as a time may yet count from there ("two weeks later")."""
    for number in range(len(passages), 0, -1):
        moments = passages[number - 1][1]
        if moments and any(way.form == "interval" and not way.anchor for one in moments for way in one.ways):
            return number
    return 0


_LATE = 30  # days beyond which a day on which the intervention was begun cannot count from itself
_AT_ONCE = re.compile(r"(?:(?!\b(?:and|then|but|by)\b)[^.;]){0,40}", re.IGNORECASE)


def _starts_late(story: Story, passages: Sequence[Marked]) -> bool:
    """Whether the intervention is told to be begun "on day 231": the days count from an index event not told here."""
    start = story.topic.clock.start
    return any(
        _is_late(moment.ways[0]) and _AT_ONCE.fullmatch(passage.text, hit.end, moment.start) is not None
        for passage, found, told in passages
        for hit in told
        for moment in found
        if hit.kind.kind == start and moment.start >= hit.end
    )


def _is_late(way: TimeExpression) -> bool:
    counted = way.form == "point" and way.unit == "days" and way.date is None and way.anchor is None
    return counted and (way.days or 0) > _LATE


_AT_EVENT = Pattern(
    r"\b(?:at|upon|with|after|following)\s+(?=(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|last)\s)",
)
_FOLLOW_UP = re.compile(r"(?:\w+\s+)?(?:follow|observation|surveillance|f/u)", re.IGNORECASE)
_NEIGHBOUR = re.compile(
    r"later|afterward|thereafter|subsequent|\bafter$|next|following|same|that day|previous|preceding", re.IGNORECASE
)


@dataclass(frozen=False)
class _Reading:
    """The state of reading: what was told last, and from where unmarked days count."""

    story: Story
    started_on: float | None
    ties: list[Tie] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    unsure: list[float] = field(default_factory=list)
    last: Node | None = None
    explicit: Node | None = None
    dated: PartialDate | None = None
    here: list[Placed] = field(default_factory=list)

    def __post_init__(self) -> None:
        topic = self.story.topic
        self.index, self.start = Node(topic.clock.index), Node(topic.clock.start)
        self.turns = {place.kind: place for place in (self.index, self.start, Node(topic.clock.condition))}
        self.opening = {kind.first_is for kind in topic.events}
        self.indexed = told_of(self.story, topic.event(topic.clock.index))
        self.resets = resets(self.story.parsed.document, topic)

    def read(self, passage: Passage, found: Sequence[Moment], told: Sequence[Hit], *, counting: bool) -> None:
        """Take one passage in; without `counting` nothing that comes later counts from what was told last."""
        self.explicit = None
        here = self.here = list[Placed]()
        for mark in self._marks(passage, found, told) if counting else found:
            if isinstance(mark, Moment):
                here.append(self._place(passage, mark))
            else:
                self.last = mark
        for hit, near in pairs(told, here, passage.text, self.index.kind):
            self._see(passage, hit, near, here)
        self.placed += here
        self.here = []

    def _marks(self, passage: Passage, found: Sequence[Moment], told: Sequence[Hit]) -> list[Moment | Node]:
        """The moments, and between them the events that what comes later counts from."""
        marks: list[tuple[int, Moment | Node]] = [(moment.start, moment) for moment in found]
        turns = [(hit, self.turns[hit.kind.kind]) for hit in told if hit.kind.kind in self.turns]
        marks += [(hit.start, turn) for hit, turn in turns if self._is_turn(passage, hit, found)]
        marks += [
            (start, named)
            for start, named in self._events_named(passage.text)
            if not any(moment.start <= start < moment.end for moment in found)
        ]
        return [mark for _, mark in sorted(marks, key=lambda item: item[0])]

    def _is_turn(self, passage: Passage, hit: Hit, found: Sequence[Moment]) -> bool:
        """Whether what comes later counts from an event that is told: nothing in its own statement dates it."""
        if not found or hit.kind.kind == self.index.kind:
            return True
        own = statement_at(passage.text, hit.start)
        behind = [moment for moment in found if moment.start > hit.end]
        return len(behind) == len(found) and all(moment.start >= own.end for moment in behind)

    def _events_named(self, text: str) -> list[tuple[int, Node]]:
        """Events that another is told at or behind: "4.0 at the first dose and 6.3 four weeks later"."""
        named = [(match.start(), words_behind(text, match.end())) for match in _AT_EVENT.finditer(text)]
        found = [(start, anchor_node(text[slice(*words)], self.story.topic)) for start, words in named if words]
        return [(start, node) for start, node in found if node]

    def _place(self, passage: Passage, moment: Moment) -> Placed:
        place = Node("*moment", len(self.placed) + len(self.ties) + 1)
        origins = []
        for way in moment.ways:
            tie = self._tie(passage, way, place)
            if tie:
                self.ties.append(tie)
                origins.append(tie.earlier.kind)
        if not moment.lasting:
            self.last = place
        return Placed(moment, place, passage, frozenset(origins))

    def _tie(self, passage: Passage, way: TimeExpression, place: Node) -> Tie | None:
        origin = self._origin(passage, way)
        if origin is None or origin == place or self._is_window(way, origin):
            return None
        words = passage.place(way.start, max(way.end, way.anchor[1] if way.anchor else way.end))
        evidence = (self.story.evidence(words, "anchor"),)
        if way.date is not None:
            told = completed(way.date, self.dated)
            self.dated = told or self.dated
            return Tie(origin, place, *middle(told), evidence) if told else None
        if way.days is None:
            return None
        return Tie(origin, place, way.days - self._first_day(passage, way, origin), way.exact, evidence)

    def _first_day(self, passage: Passage, way: TimeExpression, origin: Node) -> int:
        """1 where the origin is day 1: "on day 15" is then 14 days later."""
        if way.form != "point" or way.unit != "days" or way.signed:
            return 0
        reset = self._reset(passage, way)
        return reset.first if reset and reset.origin == origin else 0

    def _is_window(self, way: TimeExpression, origin: Node) -> bool:
        """Whether "in week 8 of the condition" leaves open what a day would have to say."""
        return way.form == "point" and way.unit != "days" and origin.kind == self.story.topic.clock.condition

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
            if way.signed or words.lower() in ("post", "after"):
                return self.index
            return told_before(words, (*self.placed, *self.here)) if way.form == "interval" else None
        if way.form == "point":
            return self._clock(passage, way)
        if way.form == "interval" and _NEIGHBOUR.search(passage.text[way.start : way.end]):
            return self.last
        if way.form == "duration" and self._rescued(passage, way):
            return None
        if way.form == "duration" or self._started(passage, way) or self._last_from_start():
            return self.start
        return self.last

    def _clock(self, passage: Passage, way: TimeExpression) -> Node:
        """Where an unmarked "day 20", "week 8" or "at 3 months" counts from."""
        if not self.indexed and not way.signed:
            return self.start
        if (reset := self._reset(passage, way)) and not reset.listed:
            return reset.origin
        if way.signed:
            return self.index
        if self.explicit:
            return self.explicit
        if self._started(passage, way) and (way.unit != "days" or self._small(way)):
            return self.start
        return self.index

    def _reset(self, passage: Passage, way: TimeExpression) -> Reset | None:
        """The clock that the telling has last set for its days before a time, or with it."""
        position = passage.place(way.start, way.end).start
        before = [one for one in self.resets if one.part == passage.part and one.position <= position]
        return before[-1] if before else None

    def _small(self, way: TimeExpression) -> bool:
        day = way.days or 0
        self.unsure.append(day)
        return self.started_on is not None and day < self.started_on

    def _started(self, passage: Passage, way: TimeExpression) -> bool:
        """Whether the intervention has begun where a time is told; its agent named before in the sentence will do."""
        kind = self.story.topic.event(self.start.kind)
        if (
            way.unit != "days"
            and kind.agents
            and self.story.topic.regex(f"<{kind.agents}>").search(passage.text[: way.start])
        ):
            return True
        return self.story.reached_at(passage, passage.place(way.start, way.end)) in ("during", "after")

    def _rescued(self, passage: Passage, way: TimeExpression) -> bool:
        """Whether the story has come to another treatment: a remission that lasts from there has its own beginning."""
        return self.story.reached_at(passage, passage.place(way.start, way.end)) == "rescue"

    def _last_from_start(self) -> bool:
        """Whether the last moment was itself counted from the start."""
        return any(tie.later == self.last and tie.earlier == self.start for tie in self.ties)

    def _see(self, passage: Passage, hit: Hit, near: Placed | None, here: Sequence[Placed]) -> None:
        if near is None and hit.cue.reach == "paragraph":
            near = self._before(passage)
        if near is None:
            words = self.story.evidence(passage.place(hit.start, hit.end))
            self.sightings.append(Sighting(hit.kind, None, hit.cue.strength, (words,)))
            return
        for one in series(near, here)[: 1 if hit.kind.kind in self.opening else None]:
            self.sightings.append(Sighting(hit.kind, one.place, hit.cue.strength, self._evidence(passage, hit, one)))

    def _before(self, passage: Passage) -> Placed | None:
        """The last moment told before in the paragraph, up to three sentences back."""
        for one in reversed(self.placed):
            near = passage.sentence.index - one.passage.sentence.index <= 3
            if not one.moment.lasting:
                return one if near and one.passage.sentence.paragraph == passage.sentence.paragraph else None
        return None

    def _evidence(self, passage: Passage, hit: Hit, one: Placed) -> tuple[Evidence, ...]:
        cue = passage.place(hit.start, hit.end)
        time = one.passage.place(one.moment.start, one.moment.end)
        if one.passage is passage:
            return (self.story.evidence(cue.joined(time)),)
        return (self.story.evidence(cue), self.story.evidence(time, "anchor"))

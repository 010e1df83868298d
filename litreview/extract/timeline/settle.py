"""Settle which sighting of each event counts, and tie the event to it, until nothing changes."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from math import inf
from typing import NamedTuple

from litreview.extract.kept import per_topic
from litreview.extract.timeline.anchors import Node, node
from litreview.extract.timeline.course import CALENDAR, Course
from litreview.extract.timeline.ties import Tie, Way, Web
from litreview.model.clock import EventKind
from litreview.model.evidence import Evidence
from litreview.model.topic import Topic
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """An event at its place on the timeline, with the words that tell of it."""

    kind: EventKind
    place: Node
    evidence: tuple[Evidence, ...]
    strength: float = 0.8


@dataclass(frozen=True, slots=True)
class Settled:
    """All ties, and per kind what was seen, the one that counts first."""

    web: Web
    seen: dict[str, tuple[Seen, ...]]


def settle(read: Course, topic: Topic) -> Settled:
    """Choose for every kind of event the sighting that counts, and order the rest behind it.

    What is dated on the index clock is chosen first, since it may date the rest; what is not dated at all comes last.
    """
    work = _Work(read, topic, Web(read.ties))
    for anywhere in (False, True):
        if work.tie_all(anywhere=anywhere):
            work.tie_all(anywhere=anywhere)
    seen = {kind.kind: work.series(kind) if kind.series else work.events(kind) for kind in topic.events}
    return Settled(work.web, seen)


Dated = tuple[Seen, Way]


@dataclass(frozen=False)
class _Work:
    """The ties so far; what is dated by them is kept until another comes in."""

    read: Course
    topic: Topic
    web: Web
    tied: set[str] = field(default_factory=set)
    known_dates: dict[tuple[Node, str], list[Dated]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clock = self.topic.clock
        self.index, self.start = Node(clock.index), Node(clock.start)
        self.places = _places(self.topic)

    def tie_all(self, *, anywhere: bool) -> bool:
        """Tie every kind that was seen at a time, and say whether there was anything to tie."""
        before = len(self.web.ties)
        for kind in self.topic.events:
            if kind.kind in self._sights:
                self._add(self.series_ties(kind) if kind.series else self.event_tie(kind, anywhere=anywhere))
        return len(self.web.ties) > before

    def _add(self, ties: list[Tie]) -> None:
        """Take in further ties."""
        if ties:
            self.web.add(ties)
            self.known_dates.clear()

    def event_tie(self, kind: EventKind, *, anywhere: bool) -> list[Tie]:
        """The tie of an event to the sighting that counts, unless there is one already or none is dated yet."""
        if kind.kind in self.tied:
            return []
        own = self.places[kind.kind].own
        dated = self._dated(kind, anywhere=anywhere)
        best = _best(kind, dated)[0][0] if dated else next(iter(self._adrift(kind)), None) if anywhere else None
        if best is None or best.place == own:
            return []
        self.tied.add(kind.kind)
        return [Tie(own, best.place, 0.0, 0.0, best.evidence)]

    def events(self, kind: EventKind) -> tuple[Seen, ...]:
        """Everything seen of a kind: the one that counts, the other dated ones by day, those without a date."""
        own = self.places[kind.kind].own
        if own == self.index:
            return tuple(replace(seen, place=own) for seen in self._told(kind)[-1:])
        sighted = self._sighted(kind)
        found: dict[Node, Seen] = {}
        left = {own, *(seen.place for seen in sighted)}
        for clock in self.places[kind.kind].clocks if sighted or own in self.web else ():
            if not self.web.ways(clock).keys().isdisjoint(left):
                for seen, _ in _best(kind, self._dated_on(clock, kind)):
                    found.setdefault(seen.place, seen)
                left.difference_update(found)
        return tuple(found.values()) or tuple(() if sighted else self._told(kind)[:1])

    def series(self, kind: EventKind) -> tuple[Seen, ...]:
        """The dated members of a series by day, one a day; a single one makes no series."""
        dated = self._dated(kind, anywhere=True) if kind.kind in self._sights else []
        if not dated:
            return ()
        opening = Node(kind.first_is)
        for origin in self.places[kind.kind].clocks:
            reached = self.web.ways(origin)
            if opening in reached and any(one.place in reached for one, _ in dated):
                own = Seen(kind, opening, _nearest_words(reached[opening]))
                dated = [
                    (own, reached[opening]),
                    *((one, reached[one.place]) for one, _ in dated if one.place in reached),
                ]
                break
        days: dict[float, Seen] = {}
        for seen, way in sorted(dated, key=lambda item: (item[1].days, item[0].place != opening)):
            if round(way.days) - 1 not in days:  # "days 1, 8 and 15" begin on day 1; a dose may be split over two days
                days.setdefault(round(way.days), seen)
        return tuple(days.values()) if len(days) > 1 else ()

    def series_ties(self, kind: EventKind) -> list[Tie]:
        """Number the members of a dated series, so that "after the second dose" has a day."""
        members = enumerate(self.series(kind), start=1)
        numbered = [(node(kind, number), seen) for number, seen in members]
        return [
            Tie(place, seen.place, 0.0, 0.0, seen.evidence)
            for place, seen in numbered
            if place != seen.place and not self._is_reached(place)
        ]

    def _is_reached(self, place: Node) -> bool:
        """Whether something ties a place to the index event, or to the intervention's start."""
        return place in self.web.ways(self.index) or place in self.web.ways(self.start)

    def _sighted(self, kind: EventKind) -> list[Seen]:
        """One sighting per place, the strongest."""
        return self._sights.get(kind.kind, [])

    @cached_property
    def _sights(self) -> dict[str, list[Seen]]:
        """Of each kind that was seen at a time, one sighting per place, the strongest."""
        found: dict[str, dict[Node, Seen]] = {}
        for one in self.read.sightings:
            if one.place is not None:
                seen = found.setdefault(one.kind.kind, {})
                if one.place not in seen or seen[one.place].strength < one.strength:
                    seen[one.place] = Seen(one.kind, one.place, one.evidence, one.strength)
        return {kind: list(seen.values()) for kind, seen in found.items()}

    def _told(self, kind: EventKind) -> list[Seen]:
        told = [one for one in self.read.sightings if one.kind.kind == kind.kind]
        return [Seen(kind, one.place or Node(kind.kind), one.evidence, one.strength) for one in told]

    def _adrift(self, kind: EventKind) -> list[Seen]:
        """Sightings that nothing ties to the index event, nor to the intervention's start."""
        return [seen for seen in self._sighted(kind) if not self._is_reached(seen.place)]

    def _dated(self, kind: EventKind, *, anywhere: bool) -> list[Dated]:
        """The sightings on the first clock that has any."""
        origins = self.places[kind.kind].clocks
        for origin in origins if anywhere else origins[:1]:
            if dated := self._dated_on(origin, kind):
                return dated
        return []

    def _dated_on(self, origin: Node, kind: EventKind) -> list[Dated]:
        """The sightings that have a day on a clock."""
        key = (origin, kind.kind)
        if key not in self.known_dates:
            self.known_dates[key] = self._on(origin, kind)
        return self.known_dates[key]

    def _on(self, origin: Node, kind: EventKind) -> list[Dated]:
        """The same, with the event itself where times refer to it."""
        own, after, _ = self.places[kind.kind]
        reached = self.web.ways(origin)
        found = [(one, reached[one.place]) for one in self._sighted(kind) if one.place in reached]
        if own in reached and not kind.series and origin != CALENDAR:
            found += [(Seen(kind, own, _nearest_words(reached[own])), reached[own])]
        if not found:
            return []
        limits = [reached[place] for place in after if place in reached]
        earliest = max([limit.days - limit.exact for limit in limits], default=-inf)
        latest = self._latest(kind, reached) if kind.kind == self.topic.clock.condition else inf
        others = self._others(kind)
        return [
            (one, way)
            for one, way in found
            if way.days + way.exact + 1 >= earliest
            and way.days - way.exact <= latest
            and others.get(one.place, -inf) < one.strength
        ]

    def _latest(self, kind: EventKind, reached: Mapping[Node, Way]) -> float:
        """The day of the intervention, where it is surely and exactly told: the condition came before it."""
        start = self.topic.event(self.start.kind)
        if kind.kind not in start.after:
            return inf
        sure = (one for one in self._sighted(start) if one.strength >= _PLAIN)
        ways = (reached[one.place] for one in sure if one.place in reached)
        return min((way.days + 1 for way in ways if not way.exact), default=inf)

    def _others(self, kind: EventKind) -> dict[Node, float]:
        """The places of events which must have come first, and how surely they are: what is less sure is not there."""
        found: dict[Node, float] = {}
        for place in self.places[kind.kind].after:
            if place.kind != kind.first_is:
                for other in self._sights.get(place.kind, ()):
                    found[other.place] = max(found.get(other.place, -inf), other.strength)
                found.update(dict.fromkeys(self.web.one_with(place), inf))
        return found


def _nearest_words(way: Way) -> tuple[Evidence, ...]:
    return tuple(words.in_role("value") for words in way.ties[-1].evidence) if way.ties else ()


def clocks(kind: EventKind, topic: Topic) -> tuple[Node, ...]:
    """The events that days of a kind may count from: what begins the story, the condition and the intervention.

    Kinds without cues of their own, to which times only refer, come last.
    """
    return _clocks(topic)[kind.kind]


@per_topic
def _clocks(topic: Topic) -> dict[str, tuple[Node, ...]]:
    turns = [topic.clock.index, topic.clock.condition, topic.clock.start]
    referred = [kind.kind for kind in topic.events if kind.anchors and not kind.cues]
    found: dict[str, tuple[Node, ...]] = {}
    for name in (kind.kind for kind in topic.events):
        names = turns[: turns.index(name)] if name in turns else [*turns, *(one for one in referred if one != name)]
        found[name] = tuple(Node(one) for one in dict.fromkeys(names) if one)
    return found


class _Places(NamedTuple):
    """A kind's own place, those of the events it comes after, and what its days may count from.

    The index event comes first of these; the index event itself has only the calendar.
    """

    own: Node
    after: tuple[Node, ...]
    clocks: tuple[Node, ...]


@per_topic
def _places(topic: Topic) -> dict[str, _Places]:
    return {
        kind.kind: _Places(
            Node(kind.kind),
            tuple(Node(name) for name in kind.after),
            (CALENDAR,) if kind.kind == topic.clock.index else (*clocks(kind, topic), CALENDAR),
        )
        for kind in topic.events
    }


_SURE = 0.7
_PLAIN = 0.9  # strength of a cue that names the event outright
_NAMED = 0.75  # strength below which a cue is a sign of the event rather than its name,
_ABOUT = 42.0  # which dates it only this near to where the event is named
_GRADES = (1.0, 8.0, 40.0)


def _best(kind: EventKind, dated: Sequence[Dated]) -> list[Dated]:
    """The one that counts, then the others by day.

    The most exactly dated count first, of them the first or the last as the kind says; but one that lies further out
    than its own vagueness explains is another event, and then it is the first (or last).
    """
    if len(dated) < 2:
        return list(dated)
    sign = 1 if kind.keep == "first" else -1
    strong = _without_far_signs([item for item in dated if item[0].strength >= _SURE]) or list(dated)
    outermost = min(strong, key=lambda item: (sign * item[1].days, item[1].exact))
    grades = [_grade(way) for _, way in strong]
    sharpest = min(grades)
    sharp = [item for item, grade in zip(strong, grades, strict=True) if grade == sharpest]
    best = min(sharp, key=lambda item: (sign * item[1].days, item[1].exact))
    if sign * (best[1].days - outermost[1].days) > 3 * outermost[1].exact + 21:
        best = outermost
    return [best, *sorted((item for item in dated if item is not best), key=lambda item: item[1].days)]


def _without_far_signs(dated: Sequence[Dated]) -> list[Dated]:
    """Without the signs that lie far from every place where the event is named, if it is named at a time at all."""
    named = [way for seen, way in dated if seen.strength >= _NAMED]
    return [
        (seen, way)
        for seen, way in dated
        if seen.strength >= _NAMED
        or not named
        or any(abs(way.days - other.days) <= _ABOUT + way.exact + other.exact for other in named)
    ]


def _grade(way: Way) -> int:
    return bisect_left(_GRADES, way.exact)

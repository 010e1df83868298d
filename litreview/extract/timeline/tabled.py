"""Events that tables date: a date, or a numbered day, in a patient's row under a header that names the event."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from litreview.extract.amounts.letters import fold
from litreview.extract.kept import per_topic
from litreview.extract.story import Story
from litreview.extract.tables.grid import Entry, Person
from litreview.extract.tables.legend import unmarked
from litreview.extract.timeline.anchors import Node, anchor_node
from litreview.extract.timeline.course import CALENDAR, Course, Sighting
from litreview.extract.timeline.cues import told_of
from litreview.extract.timeline.dates import dates, middle, with_centuries
from litreview.extract.timeline.resets import clock_of
from litreview.extract.timeline.ties import Tie
from litreview.extract.timeline.time_units import UNIT, in_days, left_open, unit_name
from litreview.model.clock import EventKind
from litreview.model.document import Table
from litreview.model.pattern import Sieve
from litreview.model.topic import Topic


class Seated(NamedTuple):
    """A patient's row of a table."""

    table: Table
    person: Person


def dates_events(row: Seated, topic: Topic) -> bool:
    """Whether a row has a header under which events are dated."""
    columns = _columns(topic)
    return any(_named(entry.header, columns) for entry in row.person.entries)


def with_tables(read: Course, story: Story, rows: Sequence[Seated], started_on: float | None = None) -> Course:
    """The course with the events that a patient's rows date; `started_on` is the start's day where it is known."""
    if not rows:
        return read
    reading = _Reading(story, rows, started_on)
    told = list(reading.told())
    return Course(
        (*read.ties, *(tie for _, tie in told)),
        (*read.sightings, *(sighting for sighting, _ in told)),
        read.unsure,
        tuple(reading.late),
    )


@dataclass(frozen=True, eq=False)
class _Columns:
    """The headers of all events, each with its kind; compared by identity so that what a header names can be kept."""

    kinds: list[EventKind]
    sieve: Sieve


@per_topic
def _columns(topic: Topic) -> _Columns:
    named = [(kind, topic.regex(pattern)) for kind in topic.events for pattern in kind.columns]
    return _Columns([kind for kind, _ in named], Sieve([pattern for _, pattern in named]))


# All rows of a table stand under the same headers.
@lru_cache(maxsize=1024)
def _named(header: str, columns: _Columns) -> tuple[EventKind, ...]:
    """The events that a header names."""
    sieve = columns.sieve
    told = (columns.kinds[number] for number in sieve.passing(header) if sieve.patterns[number].search(header))
    return tuple({kind.kind: kind for kind in told}.values())


_STRENGTH = 0.85
_NUMBERED = re.compile(
    rf"\W*?(?:(?P<ahead>days?|weeks?|wks?|months?|mo|d|w)[\s.]*)?(?P<sign>\+)?\s?(?P<number>\d{{1,4}})"
    rf"(?:\s*{UNIT})?(?:\s*[(;,].*)?\s*",
    re.IGNORECASE,
)
_HEADER_UNIT = re.compile(r"\b(?P<unit>days?|d|weeks?|wks?|months?|mos?)\b(?!\s*\d)", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:after|post|since|from|following)[\s-]+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True)
class _Reading:
    """One patient's rows, read for what they date."""

    story: Story
    rows: Sequence[Seated]
    started_on: float | None
    late: list[float] = field(default_factory=list)

    def told(self) -> Iterator[tuple[Sighting, Tie]]:
        """Every event that a cell dates, with the tie to what it is counted from; the first of a series opens it."""
        columns = _columns(self.story.topic)
        for row in self.rows:
            for entry in row.person.entries:
                for kind in _named(entry.header, columns):
                    for number, (origin, days, exact) in enumerate(self._times(entry, kind, row.table)):
                        words = (self.story.evidence(entry.span),)
                        place = Node(f"*{kind.kind} in a table", 100 * entry.span.start + number)
                        tie = Tie(origin, place, days, exact, words)
                        yield Sighting(kind, place, _STRENGTH, words), tie
                        if kind.first_is and not number:
                            yield Sighting(self.story.topic.event(kind.first_is), place, _STRENGTH, words), tie

    def _times(self, entry: Entry, kind: EventKind, table: Table) -> Iterator[tuple[Node, float, float]]:
        """What times are counted from, how many days, and what they leave open; of events in a series all."""
        words = _timed_part(entry)
        found = [(CALENDAR, *middle(day)) for _, _, day in dates(with_centuries(words), self.story.habit)]
        if not found and kind.kind != self.story.topic.clock.index:
            found = [*self._numbered(words, entry, kind, table)]
        yield from found if kind.series else found[:1]

    def _numbered(self, words: str, entry: Entry, kind: EventKind, table: Table) -> Iterator[tuple[Node, float, float]]:
        amount = _NUMBERED.fullmatch(fold(words))
        note = _note(entry)
        named = _HEADER_UNIT.search(entry.header) or _HEADER_UNIT.search(note)
        unit = amount and (amount["unit"] or amount["ahead"] or (named and named["unit"]))
        if not amount or not unit:
            return
        number, name = float(amount["number"]), unit_name(unit)
        days, signed = in_days(number, name), bool(amount["sign"])
        origin, first = self._named(entry.header, note, signed=signed) or self._usual(kind, days, table, signed=signed)
        if origin and origin.kind != kind.kind:
            yield origin, days - (first if name == "days" else 0), left_open(number, name)

    def _named(self, header: str, note: str, *, signed: bool) -> tuple[Node | None, int] | None:
        """What the header says that its numbers count from, or its footnote does; nothing is sure of two that fit."""
        topic = self.story.topic
        behind = _SINCE.search(header)
        if named := anchor_node(header[behind.end() :], topic) if behind else None:
            return named, 0
        origins = [node for match in _SINCE.finditer(note) if (node := anchor_node(note[match.end() :], topic))]
        if len(origins) > 1 and "+" in note:
            origins = [node for node in origins if (node.kind == topic.clock.index) == signed]
        return (origins[0] if len(origins) == 1 else None, 0) if origins else None

    def _usual(self, kind: EventKind, days: float, table: Table, *, signed: bool) -> tuple[Node | None, int]:
        """What a number counts from, and the number of that day: as caption or foot say, else as is usual."""
        topic = self.story.topic
        index, start = Node(topic.clock.index), Node(topic.clock.start)
        if topic.clock.start not in kind.after:
            return (index if signed or self._indexed else None), 0
        if not signed and (told := clock_of(unmarked(self.story.parsed.document, table), topic)):
            return told
        if signed or not self._indexed:
            return (index if signed else start), 0
        self.late.append(days)
        return (start if self.started_on is None or days < self.started_on else index), 0

    @cached_property
    def _indexed(self) -> bool:
        """Whether the index event is told of the patient, or named over the patient's tables or the whole report."""
        topic, document = self.story.topic, self.story.parsed.document
        index = topic.event(topic.clock.index)
        titles = [document[section.span] for section in document.sections if section.kind == "title"]
        over = [document[row.table.caption] for row in self.rows if row.table.caption]
        over += [entry.header for row in self.rows for entry in row.person.entries]
        named = any(topic.regex(anchor).search(words) for anchor in index.anchors for words in (*titles, *over))
        return named or told_of(self.story, index)


def _note(entry: Entry) -> str:
    """What the footnotes of a header say."""
    return " ".join(meaning for mark, meaning, _ in entry.header_legend if not mark.isalnum() or len(mark) == 1)


_TIMED = re.compile(rf"{_HEADER_UNIT.pattern}|\bdate\b|\bfollow|\bf/?u\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^()]*\(([^()]*)\)\W*")


def _timed_part(entry: Entry) -> str:
    """The part of a cell that its header calls a time ("Response (day)" over "CR (211)"), else its brackets, or all."""
    timed = [(name, words) for name, words, _ in entry.parts if _TIMED.search(name)]
    if timed and len({name for name, _ in timed}) == 1:
        return timed[0][1]
    inner = _IN_BRACKETS.fullmatch(entry.words)
    return inner[1] if inner and not _NUMBERED.fullmatch(fold(entry.words)) else entry.words

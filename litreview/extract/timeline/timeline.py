"""The timeline of one patient: events with their days, solved from everything the report says about when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from litreview.extract.parsed import Parsed, Told
from litreview.extract.story import Story, story
from litreview.extract.timeline.anchors import Node
from litreview.extract.timeline.course import Course, course, marked
from litreview.extract.timeline.settle import Seen, clocks, settle
from litreview.extract.timeline.tabled import Seated, dates_events, with_tables
from litreview.extract.timeline.ties import Way, Web
from litreview.model.event import Event
from litreview.model.evidence import Evidence
from litreview.model.topic import Topic

# Days left open beyond which two dates are not subtracted: "one year after" less "day +118" says too little.
VAGUEST = 120.0
# Of one that is told directly: "two years after" (180), but neither "for over a year" nor "in 2017" (182).
VAGUEST_SAID = 181.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Days between two events, with the half-width of what the words leave open, and the words."""

    days: float
    exact: float
    evidence: tuple[Evidence, ...]


def timeline(subject: int, told: Told, parsed: Parsed, topic: Topic) -> tuple[Event, ...]:
    """The events of one patient, with days where they can be had.

    Of each kind the event that counts stands first: the one dated most exactly, then the first or last as the topic
    says. An event stands on the index clock where it can; beside that once more on another event's clock where that is
    more exact. Series, such as doses, are given where two or more of them are dated.
    """
    person = next(one for one in told.subjects if one.index == subject)
    return timeline_of(story(person, told, parsed, topic))


def timeline_of(tale: Story, rows: Sequence[Seated] = ()) -> tuple[Event, ...]:
    """The events that a story tells, and those that the patient's rows of tables date."""
    topic, passages = tale.topic, marked(tale)
    rows = [row for row in rows if dates_events(row, topic)]
    read = with_tables(course(tale, passages), tale, rows)
    events = _events(read, topic)
    start = next(
        (event.day for event in events if event.kind == topic.clock.start and event.clock == topic.clock.index), None
    )
    if start is None or not read.rests_on(start):
        return events
    again = with_tables(course(tale, passages, started_on=start), tale, rows, start)
    return events if again == read else _events(again, topic)


def days_between(events: Sequence[Event], kind: str, since: str, *, direct: bool = False) -> Difference | None:
    """The day of `kind` less the day of `since`, from whatever clock ties them; `None` where nothing does.

    The events that count stand first of their kind; a later one is asked only where the first is not dated. `direct`
    takes only what is told to be counted from `since` itself.
    """
    if direct:
        events = [event for event in events if event.clock == since and not event.derived_from]
    for group in _groups(event for event in events if event.kind == kind and event.day is not None):
        found = [difference for event in group if (difference := _from(event, events, since))]
        if found:
            return min(found, key=lambda difference: (difference.exact, len(difference.evidence)))
    return None


def _groups(events: Iterable[Event]) -> list[list[Event]]:
    """Events that are one, told on several clocks."""
    groups: dict[tuple[Evidence, ...], list[Event]] = {}
    for event in events:
        groups.setdefault(event.evidence[:1], []).append(event)
    return list(groups.values())


def _from(event: Event, events: Sequence[Event], since: str) -> Difference | None:
    if event.day is None:
        return None
    if event.clock == since:
        return Difference(event.day, event.exact, event.evidence) if event.exact <= VAGUEST_SAID else None
    other = next(
        (one for one in events if one.kind == since and one.clock == event.clock and one.day is not None), None
    )
    if other is None or other.day is None:
        return None
    evidence = tuple(dict.fromkeys((*event.evidence, *other.evidence)))
    difference = Difference(event.day - other.day, event.exact + other.exact, evidence)
    return difference if difference.exact <= VAGUEST else None


def _events(read: Course, topic: Topic) -> tuple[Event, ...]:
    settled = settle(read, topic)
    zero = Node(topic.clock.index)
    made: list[Event] = []
    for kind in topic.events:
        origins = clocks(kind, topic)
        for position, seen in enumerate(settled.seen[kind.kind]):
            made += _dated(seen, settled.web, zero, origins, kept=position == 0 and not kind.series)
    return tuple(_merged(made))


def _merged(events: Iterable[Event]) -> Iterator[Event]:
    """Events of one kind and day told twice are one, with the words of both."""
    same: dict[tuple[str, float | None, str], list[Event]] = {}
    for event in events:
        same.setdefault((event.kind, event.day, event.clock), []).append(event)
    for first, *others in same.values():
        if not others:
            yield first
            continue
        words = (*first.evidence, *(one for other in others for one in other.evidence if one.role == "value"))
        yield replace(first, evidence=tuple(dict.fromkeys(words)), exact=min(e.exact for e in (first, *others)))


def _dated(seen: Seen, web: Web, zero: Node, origins: Sequence[Node], *, kept: bool) -> list[Event]:
    """The event on the index clock, or the surest other; one that counts on every clock that is surer."""
    if seen.place == zero:
        return [Event(seen.kind.kind, 0.0, zero.kind, evidence=seen.evidence)]
    found = {clock: way for clock in origins if (way := web.ways(clock).get(seen.place))}
    index = found.pop(zero, None)
    made = [_event(seen, index, zero.kind)] if index is not None else []
    for clock, way in sorted(found.items(), key=lambda item: (item[1].exact, len(item[1].ties))):
        if not made or (kept and _is_surer(way, index, web.ways(zero).get(clock))):
            made.append(_event(seen, way, clock.kind))
    return made or [Event(seen.kind.kind, evidence=seen.evidence)]


def _is_surer(way: Way, index: Way | None, other: Way | None) -> bool:
    """Whether a clock says more than the difference of two days on the index clock, or says it with fewer words."""
    if index is None or other is None:
        return True
    detour = index.exact + other.exact
    return way.exact < detour or (way.exact == detour and len(way.ties) < len(index.ties) + len(other.ties))


def _event(seen: Seen, way: Way, clock: str) -> Event:
    known = (clock, seen.kind.kind, "*moment")
    through = [node.kind for tie in way.ties for node in (tie.earlier, tie.later) if node.kind not in known]
    derived = tuple(dict.fromkeys(kind.lstrip("*") for kind in through))
    words = [one.in_role("anchor") for tie in way.ties for one in tie.evidence if not _held(one, seen.evidence)]
    evidence = tuple(dict.fromkeys((*seen.evidence, *words))) if words else seen.evidence
    return Event(
        kind=seen.kind.kind,
        day=float(round(way.days)),
        clock=clock,
        exact=way.exact,
        day_qualifier="=" if way.exact <= 1 else "~",
        evidence=evidence,
        derived_from=derived,
    )


def _held(words: Evidence, evidence: Iterable[Evidence]) -> bool:
    return any(words.span in other.span for other in evidence)

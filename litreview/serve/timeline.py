"""The course of a case drawn to scale: where on a line of days each event lies, with rooms for their names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import words
from litreview.serve.values import number, written

WIDTH, LEFT, RIGHT = 1000.0, 24.0, 24.0
_LETTER, _BETWEEN, _LANE = 8.3, 12.0, 22.0
_STEPS = (1, 2, 5, 7, 10, 14, 20, 30, 50, 60, 90, 100, 180, 200, 365, 500, 730, 1000, 1825, 3650)
_TICKS = 9


@dataclass(frozen=True, slots=True)
class Spot:
    """An event on the line: its place, how far it may be off to both sides, and the lane of its name."""

    name: str
    kind: str
    day: float
    told: str
    anchor: str
    anchors: str
    x: float = 0.0
    off: float = 0.0
    lane: int = 0
    label_x: float = 0.0

    @property
    def y(self) -> float:
        """How high above the line its name stands."""
        return -14 - self.lane * _LANE


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated events of a case on one clock."""

    clock: str
    spots: tuple[Spot, ...]
    ticks: tuple[tuple[float, str], ...]
    lanes: int

    @property
    def height(self) -> float:
        """Of the lanes above the line."""
        return 14 + self.lanes * _LANE

    @property
    def told(self) -> str:
        """The picture in words."""
        return "; ".join(f"{spot.name}: {spot.told}" for spot in self.spots)


def timeline(
    events: Iterable[Mapping[str, Any]], anchors: Sequence[Sequence[str]], known: Knowledge
) -> Timeline | None:
    """The events that can be dated on one clock, `anchors` being the places of their words; `None` below two.

    The clock is the topic's index event; what is only dated from the start of treatment is moved over where the start
    itself is dated, and where nothing is dated on the index clock all is told from the start.
    """
    dated = [
        (dict(event), tuple(places)) for event, places in zip(events, anchors, strict=True) if event["day"] is not None
    ]
    clock, start = _clock(dated, known)
    moved = _moved(dated, clock, start)
    named = {kind.kind: kind.name for kind in known.topic.events} if known.topic else {}
    spots = _distinct([_spot(event, places, named) for event, places in moved])
    if clock and not any(spot.day == 0 for spot in spots):
        spots = [Spot(_name(named, clock), clock, 0.0, "day 0", "", ""), *spots]
    return _drawn(spots, _name(named, clock).lower()) if len(spots) > 1 else None


Dated = tuple[dict[str, Any], tuple[str, ...]]


def _clock(dated: Sequence[Dated], known: Knowledge) -> tuple[str, str]:
    index, start = (known.topic.clock.index, known.topic.clock.start) if known.topic else ("", "")
    used = [event["clock"] for event, _ in dated]
    if index in used:
        return index, start
    return (used[0] if used else ""), start


def _moved(dated: Sequence[Dated], clock: str, start: str) -> list[Dated]:
    on_clock = [(event, places) for event, places in dated if event["clock"] == clock]
    starts = [event["day"] for event, _ in on_clock if event["kind"] == start]
    there = {event["kind"] for event, _ in on_clock}
    for event, places in dated:
        if event["clock"] == start != clock and starts and event["kind"] not in there:
            on_clock.append((event | {"day": event["day"] + starts[0]}, places))
    return sorted(on_clock, key=lambda each: each[0]["day"])


def _spot(event: Mapping[str, Any], places: tuple[str, ...], named: Mapping[str, str]) -> Spot:
    amount = f"{number(event['amount'])} {event['unit']}".strip() if event["amount"] is not None else ""
    name = ", ".join(part for part in (_name(named, event["kind"]), event["agent"], amount) if part)
    day = written(event["day"], event["day_qualifier"])
    told = (f"day {day}" if event["day_qualifier"] == "=" else day) + (
        f" ± {number(event['exact'])}" if event["exact"] else ""
    )
    return Spot(
        name, event["kind"], event["day"], told, places[0] if places else "", " ".join(places), off=event["exact"]
    )


def _distinct(spots: Sequence[Spot]) -> list[Spot]:
    found: dict[tuple[str, float], Spot] = {}
    for spot in spots:
        found.setdefault((spot.name, spot.day), spot)
    return list(found.values())


def _drawn(spots: Sequence[Spot], clock: str) -> Timeline:
    low, high = min(0.0, *(spot.day for spot in spots)), max(spot.day for spot in spots)
    scale = (WIDTH - LEFT - RIGHT) / max(high - low, 1e-6)
    placed: list[Spot] = []
    for spot in sorted(spots, key=lambda each: -each.day):  # from the right: a name stands above the stems it covers
        x = LEFT + (spot.day - low) * scale
        label_x = max(0.0, min(x - 6, WIDTH - _room(spot)))
        in_the_way = [other.lane for other in placed if _covers(label_x, _room(spot), other)]
        lane = max(in_the_way, default=-1) + 1
        placed.insert(
            0, replace(spot, x=round(x, 1), off=round(spot.off * scale, 1), lane=lane, label_x=round(label_x, 1))
        )
    ticks = tuple((round(LEFT + (day - low) * scale, 1), number(day)) for day in _ticks(low, high))
    return Timeline(clock, tuple(placed), ticks, max(spot.lane for spot in placed) + 1)


def _room(spot: Spot) -> float:
    return _LETTER * len(f"{spot.name} {spot.told}")


def _covers(label_x: float, room: float, other: Spot) -> bool:
    """Whether a name would stand in the way of another event's stem or name."""
    end = label_x + room + _BETWEEN
    return label_x <= other.x <= end or (other.label_x < end and label_x < other.label_x + _room(other) + _BETWEEN)


def _ticks(low: float, high: float) -> list[int]:
    step = next((step for step in _STEPS if (high - low) / step <= _TICKS), _STEPS[-1])
    return list(range(math.ceil(low / step) * step, math.floor(high) + 1, step))[:50]


def _name(named: Mapping[str, str], kind: str) -> str:
    return named.get(kind, words(kind))

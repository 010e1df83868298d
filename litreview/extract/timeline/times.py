"""Times as they are told: numbered days, intervals with what they are counted from, calendar dates, durations, ages."""

import re
from collections.abc import Callable, Iterable, Set
from itertools import pairwise

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.letters import fold
from litreview.extract.timeline.bare_dates import ANY_MONTH, bare_dates
from litreview.extract.timeline.dates import ANY_YEAR, dates, middle
from litreview.extract.timeline.time_expression import TimeExpression
from litreview.extract.timeline.time_intervals import ANY_INTERVAL, ANY_NEIGHBOUR, intervals, neighbours
from litreview.extract.timeline.time_points import ANY_ORDINAL, ANY_POINT, ordinals, points
from litreview.model.pattern import Pattern, Sieve

__all__ = ["ANY_TIME", "TimeExpression", "times"]

_Reader = Callable[[str, Habit], Iterable[TimeExpression]]


def times(text: str, habit: Habit, held: Set[Pattern] | None = None) -> tuple[TimeExpression, ...]:
    """Every time of a text, in order; ages, durations and frequencies too, told apart by `form`.

    `held` are patterns that may match in the folded text, where that has been asked of all that times are told by.
    """
    folded = fold(text)
    if held is None:
        held = {ANY_TIME[number] for number in _ASKED.passing(folded)}
    found: list[TimeExpression] = []
    taken = bytearray(len(text))
    for read in [read for read, patterns in _READERS if not held.isdisjoint(patterns)]:
        for one in read(folded, habit):
            if not any(taken[one.start : one.end]):
                found.append(one)
                taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    return tuple(sorted(found, key=lambda one: one.start))


_JOINT = re.compile(r"\s*(?:,\s*and|,|;|and|&)\s*(?:on\s+|of\s+)?")


def _dates(text: str, habit: Habit) -> list[TimeExpression]:
    """The dates; those of a list ("on 3, 10 and 17 March 2021") are one series, numbered below those of days."""
    found = sorted(dates(text, habit), key=lambda one: one[:2])
    joined = [_JOINT.fullmatch(text, one[1], other[0]) for one, other in pairwise(found)]
    made, series = [], -1
    for number, (start, end, day) in enumerate(found):
        before = number > 0 and bool(joined[number - 1])
        behind = number < len(joined) and bool(joined[number])
        series -= 0 if before else 1
        made.append(
            TimeExpression(
                start, end, "date", exact=middle(day)[1], date=day, series=series if before or behind else None
            )
        )
    return made


def _bare_dates(text: str, habit: Habit) -> list[TimeExpression]:
    return [
        TimeExpression(start, end, "date", exact=0.0 if found.day else 15.0, date=found)
        for start, end, found in bare_dates(text)
    ]


# The readers in their order, each with patterns of which one matches, in the folded text too, wherever it finds a time.
_READERS: tuple[tuple[_Reader, tuple[Pattern, ...]], ...] = (
    (_dates, (ANY_YEAR,)),
    (points, ANY_POINT),
    (ordinals, (ANY_ORDINAL,)),
    (neighbours, ANY_NEIGHBOUR),
    (intervals, ANY_INTERVAL),
    (_bare_dates, (ANY_MONTH,)),
)
ANY_TIME = tuple(pattern for _, patterns in _READERS for pattern in patterns)
_ASKED = Sieve(ANY_TIME)

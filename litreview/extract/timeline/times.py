"""Times as they are told: numbered days, intervals with what they are counted from, calendar dates, durations, ages."""

from functools import lru_cache

from litreview.extract.amounts.habits import Habit
from litreview.extract.timeline.dates import dates, middle
from litreview.extract.timeline.time_expression import TimeExpression
from litreview.extract.timeline.time_intervals import intervals
from litreview.extract.timeline.time_points import points

__all__ = ["TimeExpression", "times"]


@lru_cache(maxsize=1024)
def times(text: str, habit: Habit) -> tuple[TimeExpression, ...]:
    """Every time of a text, in order; ages, durations and frequencies too, told apart by `form`."""
    found: list[TimeExpression] = []
    taken = bytearray(len(text))
    for one in (*points(text, habit), *intervals(text, habit), *_dates(text, habit)):
        if not any(taken[one.start : one.end]):
            found.append(one)
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    return tuple(sorted(found, key=lambda one: one.start))


def _dates(text: str, habit: Habit) -> list[TimeExpression]:
    return [
        TimeExpression(start, end, "date", exact=middle(found)[1], date=found)
        for start, end, found in dates(text, habit)
    ]

"""A time as it is told in a text."""

from typing import Literal

from litreview.model.bibliography import PartialDate
from litreview.model.case import Qualifier
from litreview.model.values import dataclass

Form = Literal["point", "interval", "date", "duration", "repeat", "age"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a text, `start` to `end`.

    `point`: on a numbered clock ("day +58", "week 12", "at 3 months"); `interval`: counted from something ("41 days
    after the first dose", "two weeks later", negative before it); `date`: a calendar date, whose year may be unsaid
    (`bare_dates`); `duration`, `repeat` ("every two weeks") and `age` are no points in the course. `days` is the
    amount in days, `exact` the half-width of what the words leave open. `anchor` are the words the time is counted
    from, `None` where none are printed. `signed`: with a printed plus or minus. `series` numbers the lists: "days +3,
    +10 and +17" are one series.
    """

    start: int
    end: int
    form: Form
    amount: float | None = None
    unit: str = ""
    days: float | None = None
    exact: float = 0.0
    qualifier: Qualifier = "="
    anchor: tuple[int, int] | None = None
    signed: bool = False
    date: PartialDate | None = None
    series: int | None = None

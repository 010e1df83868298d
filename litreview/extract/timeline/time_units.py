"""Units of time: their names, what they are in days, and how much a rounded amount leaves open."""

import re
from functools import lru_cache
from typing import Literal

Unit = Literal["hours", "days", "weeks", "months", "years"]

UNIT = (
    r"(?P<unit>hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mths?|mos?|years?|yrs?|y|Tage?n?|Wochen?|Monate?n?|Jahre?n?"
    r"|jours?|semaines?|mois|ans?|d[ií]as?|semanas?|meses|m[eê]s|a[ñn]os?)(?![A-Za-zäöü0-9])"
)
_DAYS: dict[Unit, float] = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}
_OPEN: dict[Unit, float] = {"hours": 0.0, "days": 0.0, "weeks": 3.0, "months": 15.0, "years": 180.0}
_NAMES: tuple[tuple[str, Unit], ...] = (
    (r"h(?:ours?|rs?)?", "hours"),
    (r"d(?:ays?)?|tage?n?|jours?|d[ií]as?", "days"),
    (r"w(?:eeks?|ks?)?|wochen?|semaines?|semanas?", "weeks"),
    (r"mo(?:nths?|s)?|mths?|monate?n?|mois|meses|m[eê]s", "months"),
    (r"y(?:ears?|rs?)?|jahre?n?|ans?|a[ñn]os?", "years"),
)


@lru_cache(maxsize=256)
def unit_name(words: str) -> Unit:
    """The unit that words matched by `UNIT` mean.

    >>> unit_name("wks")
    'weeks'
    """
    return next(name for pattern, name in _NAMES if re.fullmatch(pattern, words.lower()))


def in_days(amount: float, unit: Unit) -> float:
    """An amount of time in days: weeks x 7, months x 30.4, years x 365, rounded to whole days."""
    return float(round(amount * _DAYS[unit]))


def left_open(amount: float, unit: Unit) -> float:
    """The half-width in days of what an amount leaves open; half a year was weighed more finely than a year."""
    return _OPEN[unit] if amount == int(amount) else _OPEN[unit] / 2

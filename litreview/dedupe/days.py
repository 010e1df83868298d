"""How likely two numbers of days are one day: told exactly, a few days off, or in weeks, months or years."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

MONTH = 30.4
_UNITS = (7.0, MONTH, 365.0)
_SHARES = {7.0: 0.35, MONTH: 0.35, 365.0: 0.1, 10.0: 0.1, 30.0: 0.1}
"""Days of the units that reports round to, round numbers of days among them, and the share of each in all rounding."""
_ROUNDED = 0.6  # of a day
_SLIPS = {3.5: 0.65, 7.5: 0.35}
"""Days to either side, of another clock or another reading of the same chart, or of another sign of the same beginning;
and the share of each in all days that are off."""
Piece = tuple[float, float, float]
Shares = tuple[float, float, float]


def likelihood(left: float, right: float, told: Shares, density: float) -> float:
    """How much likelier the two are told of one patient than of two.

    `told` are the shares of reports that tell the day itself, a day nearby, and one rounded to weeks, months or years;
    what is left over tells another day altogether. `density` is the share of patients to whom it happens on any one
    day. A number that is a whole number of weeks or months may be rounded, and its agreement says the less.
    """
    one, other = _days(left, told), _days(right, told)
    both = sum(_shared(mine, theirs) for mine in one for theirs in other)
    stray = 1 - sum(told)
    return (1 - stray) * both / (density * _whole(one) * _whole(other)) + stray


def unit_of(days: float) -> float:
    """The days of the largest unit that a number of days is a multiple of; 1 for none.

    >>> unit_of(122), unit_of(84), unit_of(90)
    (30.4, 7.0, 1.0)
    """
    return max(_multiple(days, _UNITS), default=1.0)


def _multiple(days: float, units: Iterable[float]) -> Iterator[float]:
    for unit in units:
        if round(days / unit) >= 1 and abs(days - round(days / unit) * unit) <= _ROUNDED:
            yield unit


@lru_cache(maxsize=65_536)
def _days(told: float, shares: Shares) -> tuple[Piece, ...]:
    """From where to where the day itself may be, and how likely the number then is."""
    exact, slip, rounded = shares
    pieces = [(told - 0.5, told + 0.5, exact)]
    pieces += [(told - days, told + days, slip * share / (2 * days)) for days, share in _SLIPS.items()]
    pieces += [(told - unit / 2, told + unit / 2, rounded * _SHARES[unit]) for unit in _multiple(told, _SHARES)]
    return tuple(pieces)


def _shared(one: Piece, other: Piece) -> float:
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0.0) * one[2] * other[2]


def _whole(pieces: tuple[Piece, ...]) -> float:
    return sum((end - start) * height for start, end, height in pieces)

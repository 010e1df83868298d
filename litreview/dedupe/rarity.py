"""How often two patients agree by chance: a value's share in the knowledge base beside the topic's own guess."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping

from litreview.dedupe.levels import MONTH, UNITS, Scale, unit_of
from litreview.model.case import Value
from litreview.model.linkage import Profile
from litreview.model.sameness import LEVELS

LOOSE = LEVELS.index("loose")
_SHARE_ROUNDED = (
    0.6  # of agreement within a rounding: authors who round one day round all, so it counts less than it seems
)
_MOST = 0.9  # nothing agrees by chance more often


class Rarity:
    """Counts of every value of every attribute among the cases that are somebody's own."""

    def __init__(self, own: Iterable[Profile], scales: Mapping[str, Scale], others: float) -> None:
        cases = tuple(own)
        self._others = others
        self._scales = scales
        self._told = {name: [case.values[name] for case in cases if name in case.values] for name in scales}
        self._counts = {name: Counter(map(scales[name].key, told)) for name, told in self._told.items()}
        self._sorted = {
            name: sorted(v for v in told if isinstance(v, int | float)) for name, told in self._told.items()
        }

    def chance(self, name: str, left: Value, right: Value, place: int, *, near_by: bool) -> float:
        """The share of two other patients who agree as these two do; `place` is that of the level.

        The two cases themselves are left out of the count. `near_by`: the two may be of one hospital.
        """
        scale = self._scales[name]
        guess = scale.trait.chance[place] * _rounding(scale, left, right, place)
        if place == 0 or isinstance(left, int | float):
            found = max(self._count(name, scale, value, place) for value in (left, right)) - (2 if left == right else 1)
            known = max(len(self._told[name]) - 2, 0)
            guess = (max(found, 0) + self._others * guess) / (known + self._others)
        if place == LOOSE and scale.trait.rounded:
            guess *= _SHARE_ROUNDED
        return min(max(guess, scale.trait.floor if near_by and place == 0 else 0.0, 1e-4), _MOST)

    def _count(self, name: str, scale: Scale, value: Value, place: int) -> int:
        if not isinstance(value, int | float):
            return self._counts[name][scale.key(value)]
        around = _width(scale, value, place)
        values = self._sorted[name]
        return bisect_right(values, value + around) - bisect_left(values, value - around)


def _rounding(scale: Scale, left: Value, right: Value, place: int) -> float:
    """Days that are whole weeks or months are told oftener than others; and a week holds fewer days than a month."""
    if not scale.trait.rounded or not isinstance(left, int | float) or not isinstance(right, int | float):
        return 1.0
    unit = max(unit_of(left), unit_of(right))
    if place == LOOSE:
        return unit / MONTH
    return UNITS.get(unit, 1.0) if place == 0 and left == right else 1.0


def _width(scale: Scale, value: float, place: int) -> float:
    if scale.trait.changes == "years":
        return (0.5, 1.05, 2.0)[place]
    within = scale.trait.within or (max(0.05, 0.01 * abs(value)), max(0.5, 0.1 * abs(value)))
    return within[place] if place < len(within) else unit_of(value) / 2 + 1

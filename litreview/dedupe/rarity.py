"""How often two patients agree by chance: a value's share in the knowledge base beside the topic's own guess."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping

from litreview.dedupe.levels import UNITS, Scale, unit_of
from litreview.model.case import Value
from litreview.model.linkage import Profile

_MOST = 0.9  # nothing agrees by chance more often


class Rarity:
    """Counts of every value of every attribute among the cases that are somebody's own."""

    def __init__(self, own: Iterable[Profile], scales: Mapping[str, Scale], others: float) -> None:
        cases = tuple(own)
        self._others = others
        self._scales = scales
        self._told = {name: [case.values[name] for case in cases if name in case.values] for name in scales}
        self._counts = {name: Counter(map(scales[name].key, told)) for name, told in self._told.items()}
        self._sorted = {name: sorted(v for v in told if isinstance(v, int | float)) for name, told in self._told.items()}

    def chance(self, name: str, left: Value, right: Value, place: int, *, near_by: bool) -> float:
        """The share of two other patients who agree as these two do; `place` is that of the level.

        The two cases themselves are left out of the count. `near_by`: the two may be of one hospital.
        """
        scale = self._scales[name]
        guess = scale.trait.chance[place] * self._rounding(scale, left, right, place)
        if place == 0 or isinstance(left, int | float):
            found = max(self._count(name, scale, value, place) for value in (left, right)) - (2 if left == right else 1)
            known = max(len(self._told[name]) - 2, 0)
            guess = (max(found, 0) + self._others * guess) / (known + self._others)
        return min(max(guess, scale.trait.floor if near_by else 0.0, 1e-4), _MOST)

    def _rounding(self, scale: Scale, left: Value, right: Value, place: int) -> float:
        """Days that are whole weeks or months are told oftener than others."""
        if not scale.trait.rounded or place > 0 or left != right or not isinstance(left, int | float):
            return 1.0
        return UNITS.get(unit_of(left), 1.0)

    def _count(self, name: str, scale: Scale, value: Value, place: int) -> int:
        if not isinstance(value, int | float):
            return self._counts[name][scale.key(value)]
        around = _width(scale, value, place)
        values = self._sorted[name]
        return bisect_right(values, value + around) - bisect_left(values, value - around)


def _width(scale: Scale, value: float, place: int) -> float:
    if scale.trait.changes == "years":
        return (0.5, 1.05, 2.0)[place]
    within = scale.trait.within or (max(0.05, 0.01 * abs(value)), max(0.5, 0.1 * abs(value)))
    return within[place] if place < len(within) else unit_of(value) / 2 + 1

"""How often two patients agree by chance: a value's share in the knowledge base beside the topic's own guess."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping

from litreview.dedupe.levels import Scale
from litreview.model.case import Value
from litreview.model.linkage import Profile

_MOST, _LEAST = 0.9, 1e-4  # nothing agrees by chance more often, or more seldom
_AROUND = (3, 15)  # days to either side of one, among which patients are counted to tell to how many it happens then


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

    def chance(self, name: str, left: Value, right: Value, place: int) -> float:
        """The share of two other patients who agree as these two do; `place` is that of the level.

        The two cases themselves are left out of the count.
        """
        scale = self._scales[name]
        guess = scale.trait.chance[place]
        if place == 0 or isinstance(left, int | float):
            found = max(self._count(name, scale, value, place) for value in (left, right)) - (2 if left == right else 1)
            guess = self._blend(name, found, guess)
        return min(max(guess, _LEAST), _MOST)

    def density(self, name: str, left: float, right: float) -> float:
        """The share of other patients for whom it is on any one day thereabouts; the guess is that of the same day.

        Days on which it often is count by themselves: what is always done on day 28 tells nobody apart.
        """
        both = 2 if left == right else 1
        found = max(
            (max(self._near(name, day, around) for day in (left, right)) - both) / (2 * around + 1)
            for around in _AROUND
        )
        if left == right:
            found = max(found, self._near(name, left, 0) - both - 1)
        return min(max(self._blend(name, found, self._scales[name].trait.chance[0]), _LEAST), _MOST)

    def _blend(self, name: str, found: float, guess: float) -> float:
        known = max(len(self._told[name]) - 2, 0)
        return (max(found, 0) + self._others * guess) / (known + self._others)

    def _count(self, name: str, scale: Scale, value: Value, place: int) -> int:
        if not isinstance(value, int | float):
            return self._counts[name][scale.key(value)]
        return self._near(name, value, _width(scale, value, place))

    def _near(self, name: str, value: float, around: float) -> int:
        values = self._sorted[name]
        return bisect_right(values, value + around) - bisect_left(values, value - around)


def _width(scale: Scale, value: float, place: int) -> float:
    if scale.trait.changes == "years":
        return (0.5, 1.05, 2.0)[place]
    within = scale.trait.within or (max(0.05, 0.01 * abs(value)), max(0.5, 0.1 * abs(value)))
    return within[min(place, 1)]

"""How far two extractors agree: percent, and Cohen's kappa, which takes off what chance alone would give."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from litreview.evaluate.equal import equal
from litreview.model.case import Value
from litreview.model.proportion import wilson
from litreview.model.topic import Attribute, Topic

MACHINE = "machine"
Cell = tuple[str, str]
"""A case, or a report, and the attribute; a report's own is `ELIGIBLE`."""

Values = tuple[Value, ...]
ELIGIBLE = "eligible"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two extractors on one attribute (empty: on all): of `n` cells that both have a word on, on how many they agree.

    `kappa` is `None` where it has no meaning: both always say one and the same thing, or it is over all attributes.
    """

    one: str
    other: str
    attribute: str
    n: int
    agree: int
    kappa: float | None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the share, after Wilson."""
        return wilson(self.agree, self.n)


def agreements(words: Mapping[str, Mapping[Cell, Values]], topic: Topic) -> tuple[Agreement, ...]:
    """Every two extractors with words on the same cells: on all of them, then by attribute in the topic's order."""
    return tuple(
        found
        for one, other in combinations(sorted(words, key=lambda name: (name == MACHINE, name)), 2)
        for found in _between(one, words[one], other, words[other], topic)
    )


def _between(
    one: str, first: Mapping[Cell, Values], other: str, second: Mapping[Cell, Values], topic: Topic
) -> Iterator[Agreement]:
    known = {attribute.name: attribute for attribute in topic.attributes}
    cells = [cell for cell in first if cell in second]
    by_attribute: dict[str, list[tuple[Hashable, Hashable]]] = {}
    for cell in cells:
        pair = _labels(first[cell], second[cell], known.get(cell[1]), topic)
        by_attribute.setdefault(cell[1], []).append(pair)
    if cells:
        pairs = [pair for found in by_attribute.values() for pair in found]
        yield Agreement(one, other, "", len(pairs), _agreeing(pairs), None)
    for name in (ELIGIBLE, *known):
        if pairs := by_attribute.get(name, []):
            yield Agreement(one, other, name, len(pairs), _agreeing(pairs), kappa(pairs))


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa (1960) of two raters' categories; `None` where chance alone would make them agree on everything.

    >>> kappa([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15)
    0.4
    """
    n = len(pairs)
    left, right = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    expected = sum(left[label] * right[label] for label in left) / n**2
    if expected == 1:
        return None
    return round((_agreeing(pairs) / n - expected) / (1 - expected), 4)


def _agreeing(pairs: Sequence[tuple[Hashable, Hashable]]) -> int:
    return sum(left == right for left, right in pairs)


def _labels(left: Values, right: Values, attribute: Attribute | None, topic: Topic) -> tuple[Hashable, Hashable]:
    """What each says, as categories; spellings of one value, and numbers as good as equal, are one category."""
    if attribute is None:
        return left, right
    same: Callable[[Value, Value], bool] = lambda one, two: equal(one, two, attribute, topic)  # noqa: E731
    told = _ordered(left)
    others = _ordered(next((one for one in left if same(one, two)), two) for two in right)
    return told, others


def _ordered(values: Sequence[Value] | Iterator[Value]) -> Hashable:
    return tuple(sorted({str(value) for value in values}))

"""Whether confidence says how often values are right: the share right at each, and what a threshold costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from litreview.evaluate.comparison import Comparison

SURE = 0.9
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)

Judged = tuple[float, bool]
"""How sure a value was said to be, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Values said to be so sure (the upper edge is not in it, but for 1): how sure on average, and how many right."""

    low: float
    high: float
    n: int
    said: float
    right: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What filling in from a confidence keeps: values right and wrong, and how many of either are kept out."""

    fill_from: float
    right: int
    wrong: int
    right_lost: int
    wrong_lost: int


def judged(comparisons: Iterable[Comparison]) -> tuple[Judged, ...]:
    """The values found that no person decided, with how sure the machine was."""
    return tuple(
        (each.finding.confidence, each.result == "right")
        for each in comparisons
        if each.finding is not None and each.origin != "decided"
    )


def bins(values: Sequence[Judged], edges: Sequence[float] = EDGES) -> tuple[Bin, ...]:
    """The values by confidence."""
    found = []
    for low, high in pairwise(edges):
        inside = [value for value in values if low <= value[0] < high or value[0] == high == edges[-1]]
        said = sum(confidence for confidence, _ in inside) / len(inside) if inside else 0.0
        found.append(Bin(low, high, len(inside), said, sum(right for _, right in inside)))
    return tuple(found)


def brier(values: Sequence[Judged]) -> float | None:
    """The mean square of what confidence is off by (0 best; 0.25 for saying one half of everything)."""
    return sum((right - confidence) ** 2 for confidence, right in values) / len(values) if values else None


def sure(values: Sequence[Judged]) -> tuple[int, int]:
    """How many of the values at 0.9 or above are right, and how many there are."""
    held = [right for confidence, right in values if confidence >= SURE]
    return sum(held), len(held)


def costs(values: Sequence[Judged], thresholds: Iterable[float]) -> tuple[Cost, ...]:
    """What each threshold would keep and lose."""
    all_right = sum(right for _, right in values)
    found = []
    for threshold in thresholds:
        held = [right for confidence, right in values if confidence >= threshold]
        right, wrong = sum(held), len(held) - sum(held)
        found.append(Cost(threshold, right, wrong, all_right - right, len(values) - all_right - wrong))
    return tuple(found)

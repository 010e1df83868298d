"""A web of ties between places on the timeline, and the surest way from one to another."""

import heapq
from collections import defaultdict
from collections.abc import Iterable

from litreview.extract.timeline.anchors import Node
from litreview.model.evidence import Evidence
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Tie:
    """`later` lies `days` after `earlier` (before it if negative), give or take `exact`, by these words."""

    earlier: Node
    later: Node
    days: float
    exact: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """How far a place is from where the search began: days, what is left open, and the ties that were gone along."""

    days: float
    exact: float
    ties: tuple[Tie, ...] = ()


def ways(origin: Node, ties: Iterable[Tie]) -> dict[Node, Way]:
    """The surest way from `origin` to every place that is tied to it: exact days before weeks before months.

    Of ways that leave equally much open the one with fewest ties is taken, then the one told first.
    """
    steps = _steps(ties)
    found: dict[Node, Way] = {}
    waiting: list[tuple[float, int, int, Node, float, tuple[Tie, ...]]] = [(0.0, 0, 0, origin, 0.0, ())]
    order = 0
    while waiting:
        exact, length, _, place, days, gone = heapq.heappop(waiting)
        if place in found:
            continue
        found[place] = Way(days, exact, gone)
        for following, more, tie in steps.get(place, ()):
            if following not in found:
                order += 1
                step = (exact + tie.exact, length + 1, order, following, days + more, (*gone, tie))
                heapq.heappush(waiting, step)
    return found


def _steps(ties: Iterable[Tie]) -> dict[Node, list[tuple[Node, float, Tie]]]:
    """Each tie can be gone along both ways."""
    steps: dict[Node, list[tuple[Node, float, Tie]]] = defaultdict(list)
    for tie in ties:
        steps[tie.earlier].append((tie.later, tie.days, tie))
        steps[tie.later].append((tie.earlier, -tie.days, tie))
    return steps

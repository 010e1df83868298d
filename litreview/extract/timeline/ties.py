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


class Web:
    """Ties, with the surest ways between the places that they tie: each found once, until another tie comes in."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self.ties: list[Tie] = []
        self._steps: dict[Node, list[tuple[Node, float, Tie]]] = defaultdict(list)
        self._known: dict[Node, dict[Node, Way]] = {}
        self.add(ties)

    def add(self, ties: Iterable[Tie]) -> None:
        """Take in further ties; each can be gone along both ways."""
        for tie in ties:
            if tie.earlier in self._steps:
                self._known.clear()
            else:
                self._lengthen(tie)
            self.ties.append(tie)
            self._steps[tie.earlier].append((tie.later, tie.days, tie))
            self._steps[tie.later].append((tie.earlier, -tie.days, tie))

    def _lengthen(self, tie: Tie) -> None:
        """Go on along a tie to a place that nothing else ties: no way between other places leads over it."""
        self._known.pop(tie.earlier, None)
        for reached in self._known.values():
            if way := reached.get(tie.later):
                reached[tie.earlier] = Way(way.days - tie.days, way.exact + tie.exact, (*way.ties, tie))

    def __contains__(self, place: Node) -> bool:
        """Whether a place is tied to any other."""
        return place in self._steps

    def ways(self, origin: Node) -> dict[Node, Way]:
        """The surest way from `origin` to every place that is tied to it: exact days before weeks before months.

        Of ways that leave equally much open the one with fewest ties is taken, then the one told first.
        """
        if origin not in self._known:
            self._known[origin] = self._search(origin)
        return self._known[origin]

    def one_with(self, place: Node) -> list[Node]:
        """The places of which a tie says that they are one and the same with a place."""
        return [following for following, days, _ in self._steps.get(place, ()) if not days]

    def _search(self, origin: Node) -> dict[Node, Way]:
        found: dict[Node, Way] = {}
        waiting: list[tuple[float, int, int, Node, float, tuple[Tie, ...]]] = [(0.0, 0, 0, origin, 0.0, ())]
        order = 0
        while waiting:
            exact, length, _, place, days, gone = heapq.heappop(waiting)
            if place in found:
                continue
            found[place] = Way(days, exact, gone)
            for following, more, tie in self._steps.get(place, ()):
                if following not in found:
                    order += 1
                    step = (exact + tie.exact, length + 1, order, following, days + more, (*gone, tie))
                    heapq.heappush(waiting, step)
        return found

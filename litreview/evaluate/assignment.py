"""The one-to-one assignment of rows to columns with the greatest sum of weights."""

from collections.abc import Sequence
from math import inf


def assign(weights: Sequence[Sequence[float]]) -> tuple[tuple[int, int], ...]:
    """Pairs (row, column), each once, as many as the smaller side has; rows of equal length.

    Kuhn's method with potentials (doi:10.1002/nav.3800020109), in time cubic in the size.

    >>> assign([[5, 4], [5, 1]])
    ((0, 1), (1, 0))
    """
    if not weights or not weights[0]:
        return ()
    if len(weights) > len(weights[0]):
        turned = assign([list(column) for column in zip(*weights, strict=True)])
        return tuple(sorted((row, column) for column, row in turned))
    search = _Search(weights)
    for row in range(len(weights)):
        search.place(row)
    return tuple(sorted((row, column) for column, row in search.row_of.items()))


class _Search:
    """Rows placed so far, and prices under which every placed row has its cheapest column."""

    def __init__(self, weights: Sequence[Sequence[float]]) -> None:
        self.weights = weights
        self.columns = range(len(weights[0]))
        self.row_of: dict[int, int] = {}
        self.row_price = [0.0] * len(weights)
        self.column_price = [0.0 for _ in self.columns]

    def place(self, row: int) -> None:
        """Find the cheapest chain of displacements that ends in a free column, and carry it out."""
        distance = [inf for _ in self.columns]
        came_from: list[int | None] = [None for _ in self.columns]
        done: list[int] = []
        current: int | None = row
        last: int | None = None
        travelled = 0.0
        while current is not None:
            for column in self.columns:
                step = travelled + self._slack(current, column)
                if column not in done and step < distance[column]:
                    distance[column], came_from[column] = step, last
            last = min((column for column in self.columns if column not in done), key=lambda c: distance[c])
            travelled = distance[last]
            done.append(last)
            current = self.row_of.get(last)
        self._reprice(row, done, distance, travelled)
        self._displace(row, last, came_from)

    def _slack(self, row: int, column: int) -> float:
        return -self.weights[row][column] - self.row_price[row] - self.column_price[column]

    def _reprice(self, row: int, done: Sequence[int], distance: Sequence[float], travelled: float) -> None:
        self.row_price[row] += travelled
        for column in done[:-1]:
            self.row_price[self.row_of[column]] += travelled - distance[column]
            self.column_price[column] -= travelled - distance[column]

    def _displace(self, row: int, column: int | None, came_from: Sequence[int | None]) -> None:
        while column is not None:
            before = came_from[column]
            self.row_of[column] = row if before is None else self.row_of[before]
            column = before

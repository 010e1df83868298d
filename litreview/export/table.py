"""A table to be written: named columns, and rows of plain values."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Cell = str | int | float | None | tuple[str, ...]
Plain = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, in the order in which they are to be written; `rows` may be read once only."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]

    def plain_rows(self) -> Iterator[list[Plain]]:
        """The rows with lists joined by `; `, whole numbers without a point, and nothing for what is no number."""
        return ([plain(cell) for cell in row] for row in self.rows)


def plain(cell: Cell) -> Plain:
    """A cell as every format writes it."""
    if isinstance(cell, tuple):
        return "; ".join(cell) or None
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return int(cell) if cell.is_integer() else cell
    return cell or None if isinstance(cell, str) else cell

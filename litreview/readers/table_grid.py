"""Rows of cells that span, laid out on a grid the way a browser does it."""

from collections.abc import Sequence
from dataclasses import dataclass

# No printed table comes near; a made-up colspan must not fill the memory.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as its markup gives it; a rowspan of 0 reaches to the last row."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place: row and column of its upper left corner, from 0."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int
    header: bool


def place(rows: Sequence[Sequence[RawCell]]) -> tuple[Placed, ...]:
    """Put each cell at the first free column of its row, past the cells that reach down from above."""
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            down = min(cell.rowspan or len(rows), len(rows) - row, _MOST)
            across = min(max(cell.colspan, 1), _MOST)
            taken.update((row + y, column + x) for y in range(down) for x in range(across))
            placed.append(Placed(cell.text, row, column, down, across, cell.header))
            column += across
    return tuple(placed)


def whole_number(text: str | None, default: int = 1) -> int:
    """A rowspan or colspan attribute; nonsense is the default."""
    words = (text or "").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else default

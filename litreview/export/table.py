"""A table to be written: named columns, and rows of plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Cell = str | int | float | None | tuple[str, ...]
Plain = str | int | float | None
Kind = Literal["integer", "number", "text"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as a journal prints it: texts in cells, and what stands below.

    A cell may end in raised letters (ᵃ), each explained in `footnotes`. `abbreviations` are those that occur. `parts`
    are tables that follow, each on a page of its own.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    abbreviations: tuple[tuple[str, str], ...] = ()
    footnotes: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    parts: tuple[Printed, ...] = ()

    def pages(self) -> Iterator[Printed]:
        """This table, then those that follow it."""
        yield self
        yield from self.parts

    def __len__(self) -> int:
        """How many rows all of them have."""
        return sum(len(page.rows) for page in self.pages())


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, in the order in which they are to be written; `rows` may be read once only.

    What a format may use besides: `kinds` of columns (text where it is not said), a `codebook` (columns, then a row a
    column of this table), `comments` on cells by the row's first value and the column, and how the table is `printed`.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    codebook: tuple[tuple[str, ...], ...] = ()
    comments: Mapping[tuple[str, str], str] = field(default_factory=dict)
    printed: Printed | None = None

    def plain_rows(self) -> Iterator[list[Plain]]:
        """The rows with lists joined by `; `, whole numbers without a point, and nothing for what is no number."""
        return ([None if cell is None else plain(cell) for cell in row] for row in self.rows)

    def to_print(self) -> Printed:
        """How it is printed; where nobody has said, as it stands."""
        if self.printed is not None:
            return self.printed
        rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in self.plain_rows())
        return Printed(self.name, self.columns, rows)


def plain(cell: Cell) -> Plain:
    """A cell as every format writes it."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return int(cell) if cell.is_integer() else cell
    return "; ".join(cell) or None if isinstance(cell, tuple) else cell

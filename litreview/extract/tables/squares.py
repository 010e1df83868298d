"""A table's printed cells laid out as a full grid: spans filled, header rows, group rows and footnote marks known."""

from collections.abc import Container
from dataclasses import field
from functools import cached_property

from litreview.extract.tables.marks import Clean, clean
from litreview.model.document import Cell, Document, Span, Table
from litreview.model.values import dataclass


@dataclass(frozen=True)
class Square:
    """One place of the grid; places that one printed cell covers share its number `cell` (-1: nothing printed)."""

    clean: Clean
    cell: int = -1
    header: bool = False

    @cached_property
    def words(self) -> str:
        """The words on one line."""
        return self.clean.words.replace("\n", " ")


BLANK = Square(Clean("", Span(0, 0)))


@dataclass(frozen=True)
class Layout:
    """A table as rows of equal length; the first `heads` of them are header rows."""

    rows: tuple[tuple[Square, ...], ...]
    heads: int
    titles: frozenset[int] = field(default=frozenset())

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def head(self, column: int) -> tuple[Square, ...]:
        """The header's squares over a column, outermost first, each printed cell once, titles left out."""
        path: list[Square] = []
        for row in range(self.heads):
            square = self.rows[row][column]
            if square.words and row not in self.titles and all(square.cell != other.cell for other in path):
                path.append(square)
        return tuple(path)

    def is_group(self, row: int) -> bool:
        """Whether a body row only names the rows that follow it."""
        return row in self._groups

    @cached_property
    def _groups(self) -> frozenset[int]:
        return frozenset(row for row in range(len(self.rows)) if self._names_rows(row))

    def _names_rows(self, row: int) -> bool:
        squares = self.rows[row]
        printed = {square.cell for square in squares if square.words}
        if len(printed) != 1 or not squares[0].words or _is_lone_stub(squares):
            return False
        return self.width > 2 or _is_title(squares)

    def repeats_header(self, row: int) -> bool:
        """Whether a body row is the header again, as at the top of a page."""
        return [square.words for square in self.rows[row]] in self._header_words

    @cached_property
    def _header_words(self) -> list[list[str]]:
        return [[square.words for square in row] for row in self.rows[: self.heads]]


def layout(
    document: Document, table: Table, letters: frozenset[str] = frozenset(), common: Container[str] = frozenset()
) -> Layout:
    """Lay a table out; cells whose spans or places are not possible are left out."""
    cells = [cell for cell in table.cells if _is_possible(cell, document)]
    rows = _filled(document, cells, letters, common)
    titles = frozenset(row for row in range(min(len(rows), _MOST_HEADS)) if _is_title(rows[row]))
    return Layout(rows, _header_rows(rows, titles), titles)


_MOST_ROWS, _MOST_COLUMNS, _MOST_HEADS = 20_000, 200, 4


def _is_possible(cell: Cell, document: Document) -> bool:
    inside = 0 <= cell.span.start <= cell.span.end <= len(document.text)
    return inside and 0 <= cell.row < _MOST_ROWS and 0 <= cell.column < _MOST_COLUMNS


def _filled(
    document: Document, cells: list[Cell], letters: frozenset[str], common: Container[str]
) -> tuple[tuple[Square, ...], ...]:
    """Every place of the grid; a printed cell wins its own place, spans fill what is left."""
    if not cells:
        return ()
    height, width = 1 + max(cell.row for cell in cells), 1 + max(cell.column for cell in cells)
    places: dict[tuple[int, int], Square] = {}
    spanning = []
    for number, cell in enumerate(cells):
        square = Square(clean(document[cell.span], cell.span.start, letters, common), number, cell.header)
        places.setdefault((cell.row, cell.column), square)
        if cell.rowspan > 1 or cell.colspan > 1:
            spanning.append((cell, square))
    for cell, square in spanning:
        for row in range(cell.row, min(height, cell.row + cell.rowspan)):
            for column in range(cell.column, min(width, cell.column + cell.colspan)):
                places.setdefault((row, column), square)
    return tuple(tuple(places.get((row, column), BLANK) for column in range(width)) for row in range(height))


def _is_title(row: tuple[Square, ...]) -> bool:
    """One cell over the whole width."""
    return len(row) > 1 and bool(row[0].words) and all(square.cell == row[0].cell for square in row)


def _is_lone_stub(squares: tuple[Square, ...]) -> bool:
    """A label whose other cells were printed, but empty, may be a row of blanks: a patient without values."""
    return squares[0].cell != squares[-1].cell and squares[0].words.replace(".", "").isdigit()


def _header_rows(rows: tuple[tuple[Square, ...], ...], titles: frozenset[int]) -> int:
    marked = 0
    while marked < len(rows) and _all_header(rows[marked]):
        marked += 1
    if not marked or marked == len(rows) or marked > _MOST_HEADS:
        marked = _guessed(rows, titles)
    return marked + 1 if _subdivides(rows, marked) else marked


def _all_header(row: tuple[Square, ...]) -> bool:
    printed = [square for square in row if square.words]
    return bool(printed) and all(square.header for square in printed)


def _guessed(rows: tuple[tuple[Square, ...], ...], titles: frozenset[int]) -> int:
    """Without marked cells the first row that is no title heads the table."""
    heads = 0
    while heads in titles:
        heads += 1
    return min(heads + 1, len(rows))


def _subdivides(rows: tuple[tuple[Square, ...], ...], heads: int) -> bool:
    """Whether the row after the header parts columns that the header spans, with words and without a label."""
    if not 0 < heads < len(rows) - 1:
        return False
    above, row = rows[heads - 1], rows[heads]
    parted = [
        column
        for column in range(1, len(row))
        if above[column].cell >= 0 and above[column].cell == above[column - 1].cell
    ]
    own = [square for column, square in enumerate(row) if square.words and square.cell != above[column].cell]
    unlabelled = not row[0].words or row[0].cell == above[0].cell
    wordy = bool(own) and all(not square.words[:1].isdigit() for square in own)
    spread = any(row[column].words and row[column].cell != row[column - 1].cell for column in parted)
    return unlabelled and wordy and spread

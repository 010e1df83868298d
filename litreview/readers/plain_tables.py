"""Tables that plain text keeps by alignment alone: columns of blanks that run through all rows."""

import re
from collections.abc import Sequence

from litreview.readers.plain_lines import Line
from litreview.readers.table_grid import Placed, RawCell, place

# Two blanks after a full stop are a typist's habit.
_GAP = re.compile(r"[^\s.!?:] {2,}\S|\S {3,}\S")
_LEAST_ROWS, _LEAST_COLUMNS = 3, 2
_MOST_ROWS = 200


def table_at(lines: Sequence[Line], start: int) -> tuple[int, tuple[Placed, ...]] | None:
    """The table that starts at a line: the line after its last, and its cells; `None` where there is none."""
    if start and _GAP.search(lines[start - 1].text) and not lines[start].gap:
        return None
    end = start
    while (
        end < min(len(lines), start + _MOST_ROWS)
        and _GAP.search(lines[end].text)
        and (end == start or not lines[end].fresh)
    ):
        end += 1
        if end < len(lines) and not _GAP.search(lines[end].text) and _continues(lines, end):
            end += 1
    if end - start < _LEAST_ROWS:
        return None
    rows = [line.text for line in lines[start:end]]
    columns = _columns(rows)
    if len(columns) < _LEAST_COLUMNS:
        return None
    grid = _merged([[row[left:right].strip() for left, right in columns] for row in rows])
    full = sum(sum(map(bool, row)) >= _LEAST_COLUMNS for row in grid)
    if full < max(_LEAST_ROWS, 0.6 * len(grid)) or _is_prose(grid):
        return None
    raw = [[RawCell(words, header=number == 0) for words in row] for number, row in enumerate(grid)]
    return end, place(raw)


def _continues(lines: Sequence[Line], at: int) -> bool:
    """A row with a single cell, between rows with several."""
    return at + 1 < len(lines) and not lines[at].gap and _GAP.search(lines[at + 1].text) is not None


def _columns(rows: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each stretch that some row fills, at least two blanks apart; the last one has no end."""
    width = max(map(len, rows), default=0)
    filled = [any(x < len(row) and row[x] != " " for row in rows) for x in range(width)]
    starts = [x for x in range(width) if filled[x] and not any(filled[max(x - 2, 0) : x])]
    return list(zip(starts, [*starts[1:], width], strict=True))


def _merged(rows: list[list[str]]) -> list[list[str]]:
    """Rows whose first cell is empty carry on the row above, except below the first row, where they may be a header."""
    found: list[list[str]] = []
    for row in rows:
        if found and not row[0] and any(row):
            found[-1] = [f"{above} {below}".strip() for above, below in zip(found[-1], row, strict=True)]
        else:
            found.append(row)
    return found


def _is_prose(grid: Sequence[Sequence[str]]) -> bool:
    """Cells that run on from row to row in lower case are two columns of text, not a table."""
    cells = [row[-1] for row in grid if row[-1]]
    running = sum(cell[0].islower() and len(cell) > 40 for cell in cells)
    return running > 0.5 * len(cells)

"""Tables that plain text keeps by alignment alone: columns of blanks that run through all rows."""

import re
from collections.abc import Sequence

from litreview.readers.plain_cells import shape
from litreview.readers.plain_lines import Line
from litreview.readers.table_grid import Placed, RawCell, place

# Two blanks after a full stop are a typist's habit.
_GAP = re.compile(r"[^\s.!?:] {2,}\S|\S {3,}\S")
_LEAST_ROWS, _LEAST_COLUMNS = 3, 2
_MOST_ROWS = 200
_MOST_ALONE = 6  # lines of a stub that is wrapped, or a heading inside a table
_INDENT = " " * 10
_OFTEN = 0.35  # the share of stubs in lower case from which on that is the table's habit
_GOES_ON = "(→⇒&+/"
_OPEN = re.compile(r"(?:[,/+&(-]|\b(?:and|or|of|with|at|for|to|after|before|in|by|on|the|from|per))$", re.IGNORECASE)


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
        end += _alone(lines, end)
    if end - start < _LEAST_ROWS:
        return None
    rows = [line.text for line in lines[start:end]]
    columns = _columns(rows)
    if len(columns) < _LEAST_COLUMNS:
        return None
    cells = [[row[left:right].strip() for left, right in columns] for row in rows]
    grid = _by_gaps(cells, [line.gap for line in lines[start:end]]) or _merged(cells)
    full = sum(sum(map(bool, row)) >= _LEAST_COLUMNS for row in grid)
    if full < max(_LEAST_ROWS, 0.6 * len(grid)) or _is_prose(grid):
        return None
    raw = [[RawCell(words, header=number == 0) for words in row] for number, row in enumerate(grid)]
    return end, place(raw)


def _alone(lines: Sequence[Line], at: int) -> int:
    """How many rows with a single cell go on here: rests of cells further right, or any before the next full row."""
    rests = 0
    for many in range(min(_MOST_ALONE, len(lines) - at)):
        line = lines[at + many]
        if _GAP.search(line.text):
            return rests if line.fresh else many
        if line.fresh or (line.gap and not _leads_on(lines, at + many)):
            return rests
        if line.text.startswith(_INDENT):
            rests = many + 1
    return rests


def _leads_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a line begins a row whose other cells stand below: nothing but a cell further right."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    return lines[at].text.startswith(_INDENT) and below is not None and not below.gap and bool(_GAP.search(below.text))


def _columns(rows: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each stretch that some row fills, at least two blanks apart; the last one has no end."""
    width = max(map(len, rows), default=0)
    filled = [any(x < len(row) and row[x] != " " for row in rows) for x in range(width)]
    starts = [x for x in range(width) if filled[x] and not any(filled[max(x - 2, 0) : x])]
    return list(zip(starts, [*starts[1:], width], strict=True))


def _by_gaps(rows: list[list[str]], gaps: Sequence[bool]) -> list[list[str]]:
    """The rows where blank lines part them, wherever in its row a label stands; nothing where they do not."""
    starts = [at for at, gap in enumerate(gaps) if gap or at == 0]
    blocks = [rows[left:right] for left, right in zip(starts, [*starts[1:], len(rows)], strict=True)]
    labelled = [sum(bool(row[0]) for row in block) for block in blocks[1:]]
    if len(blocks) < _LEAST_ROWS or max(map(len, blocks[1:])) == 1 or any(many != 1 for many in labelled):
        return []
    return [[" ".join(filter(None, column)) for column in zip(*block, strict=True)] for block in blocks]


def _merged(rows: list[list[str]]) -> list[list[str]]:
    """Rows that carry on the row above: those without a first cell, and those whose cells all begin as a rest does."""
    lower = sum(row[0][:1].islower() for row in rows) > _OFTEN * len(rows)
    found: list[list[str]] = []
    for row in rows:
        if found and any(row) and (not _is_alike(found[-1], row) if not row[0] else _is_rest(found[-1], row, lower)):
            found[-1] = [f"{above} {below}".strip() for above, below in zip(found[-1], row, strict=True)]
        else:
            found.append(row)
    return found


def _is_alike(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row without a first cell has the values of the one above anew: the next patient of the same paper."""
    pairs = [(before, cell) for before, cell in zip(above[1:], row[1:], strict=True) if before and cell]
    figures = sum(shape(before) == shape(cell) in ("code", "number") for before, cell in pairs)
    return len(pairs) >= max(3, sum(map(bool, above[1:])) - 1) and figures > 0


def _is_rest(above: Sequence[str], row: Sequence[str], lower_often: bool) -> bool:
    """Whether the cells of a row go on with those above: "post HSCT" below "Onset of AIHA, days"."""
    pairs = [(before, cell) for before, cell in zip(above, row, strict=True) if cell]
    if lower_often and not row[0].startswith("(") and not _OPEN.search(above[0]):
        return False
    return any(above[1:]) and all(
        before and (cell[0].islower() or cell[0] in _GOES_ON or _OPEN.search(before)) for before, cell in pairs
    )


def _is_prose(grid: Sequence[Sequence[str]]) -> bool:
    """Cells that run on from row to row in lower case are two columns of text, not a table."""
    cells = [row[-1] for row in grid if row[-1]]
    running = sum(cell[0].islower() and len(cell) > 40 for cell in cells)
    return running > 0.5 * len(cells)

"""Tables whose columns stand a single blank apart: each begins at the same place in every row of a patient."""

from collections.abc import Sequence

from litreview.readers.plain_labels import begins, follows
from litreview.readers.plain_lines import Line
from litreview.readers.table_words import heads_labels

_LEAST_ROWS, _LEAST_COLUMNS = 2, 4
_REACH = 12  # lines from the caption to the headers

Table = list[list[str]]


def aligned_rows(lines: Sequence[Line], start: int) -> tuple[int, int, Table] | None:
    """The table below the caption at a line: its first line, the line after its last, and its columns.

    It is one where the headers' words are as many as the columns; brackets belong to the word before them.
    """
    for first in range(start + 1, min(start + _REACH, len(lines) - _LEAST_ROWS)):
        names = lines[first].words.split()
        if len(names) >= _LEAST_COLUMNS and heads_labels(names[0]):
            rows = _rows(lines, first + 1)
            places = _places(rows) if len(rows) >= _LEAST_ROWS else []
            if len(places) != len(names):
                return None
            columns = [list(column) for column in zip(names, *(_cut(row, places) for row in rows), strict=True)]
            return first, first + 1 + len(rows), _with_brackets(columns)
    return None


def _rows(lines: Sequence[Line], at: int) -> list[str]:
    """The rows from a line on that begin with labels, one after the other; none where one is wrapped."""
    rows: list[str] = []
    while at < len(lines) and (words := lines[at].words.split()):
        if not (follows(rows[-1].split()[0], words[0]) if rows else begins(words[0])):
            return rows if lines[at].gap else []
        rows.append(lines[at].text)
        at += 1
    return rows


def _places(rows: Sequence[str]) -> list[int]:
    """Where every row begins a word."""
    return [x for x in range(min(map(len, rows))) if all(_begins(row, x) for row in rows)]


def _begins(row: str, x: int) -> bool:
    return row[x] != " " and (x == 0 or row[x - 1] == " ")


def _cut(row: str, places: Sequence[int]) -> list[str]:
    return [row[left:right].strip() for left, right in zip(places, [*places[1:], len(row)], strict=True)]


def _with_brackets(columns: Table) -> Table:
    found: Table = []
    for column in columns:
        if column[0].startswith("(") and found:
            found[-1] = [f"{before} {words}" for before, words in zip(found[-1], column, strict=True)]
        else:
            found.append(column)
    return found

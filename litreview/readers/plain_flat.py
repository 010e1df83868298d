"""Tables that a text prints a cell to a line, their columns lost: rebuilt where headers and values come out even."""

import re
from collections.abc import Iterator, Sequence

from litreview.readers.plain_aligned import aligned_rows
from litreview.readers.plain_cells import Group, groups, shape
from litreview.readers.plain_flat_rows import rows_of_parameters, rows_of_patients
from litreview.readers.plain_labels import begins, follows, run_of
from litreview.readers.plain_lines import Line
from litreview.readers.plain_records import are_alike, kept
from litreview.readers.plain_words import Words
from litreview.readers.sections import vocabulary
from litreview.readers.table_grid import Placed, RawCell, place
from litreview.readers.table_words import heads_labels, heads_stub, heads_trait

_LONGEST = 60  # characters of a cell's line
_MOST_LINES = 400
_MOST_LOST = 2  # cells of a row that a text leaves out
_MOST_HEADERS = 60
_LEAST_ROWS = 3  # besides that of the labels
_CAPTION = re.compile(r"(?:table|fig(?:ure)?\.?)\s*\d", re.IGNORECASE)
_FOOT = re.compile(r"(?:abbreviations?|notes?|legend|key|columns?|rows?|lines?|data\s+are)\b.*[:.]", re.IGNORECASE)
_MEANINGS = re.compile(r"(?:^|;\s)[A-Z][\w/+-]{1,7}\s?[,=:]\s[a-z][^;]{4,}")
_NAMES = re.compile(r"(?:columns?|rows?|lines?)(?:[^:;.]{0,40})?:\s*(?P<names>.+)", re.IGNORECASE | re.DOTALL)

Found = tuple[int, int, tuple[Placed, ...]]
Table = list[list[str]]


def flat_table(lines: Sequence[Line], start: int, words: Words, *, apart: bool = False) -> Found | None:
    """The table below the caption that starts at a line: its first line, the line after its last, and its cells.

    Where blanks keep a table's columns `apart` nothing has to be rebuilt, unless some stand a single blank apart.
    """
    if aligned := aligned_rows(lines, start):
        return aligned[0], aligned[1], _placed(aligned[2])
    if apart:
        return None
    last = _last(lines, start)
    for end in _ends(lines, start, last):
        cells = [line.words for line in lines[start + 1 : end]]
        names = _names([line.words for line in lines[end : end + 6]], words)
        if found := _table(cells, names, words):
            return start + 1 + found[0], end, _placed(found[1])
    return None


def _table(cells: Sequence[str], names: Sequence[str], words: Words) -> tuple[int, Table] | None:
    """The first line of the table and its cells, in the first of the usual layouts that comes out even."""
    return (
        _by_parameter(cells, words)
        or _by_column(cells, words)
        or _by_patient(cells, words)
        or _without_headers(cells, names, words)
        or rows_of_parameters(cells)
        or rows_of_patients(cells)
    )


def _last(lines: Sequence[Line], start: int) -> int:
    """The line after the last that can hold a cell: a legend, running text, a heading or another caption ends it."""
    for at in range(start + 1, min(len(lines), start + _MOST_LINES)):
        text = lines[at].words
        if len(text) > _LONGEST and (at > start + 2 or text.endswith(".")):
            return at
        if _FOOT.match(text) or _CAPTION.match(text) or len(_MEANINGS.findall(text)) > 1 or _is_heading(lines, at):
            return at
    return min(len(lines), start + _MOST_LINES)


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    kind = vocabulary().own_kind(lines[at].words)
    return (
        lines[at].gap
        and kind not in (None, "case")
        and at + 1 < len(lines)
        and len(lines[at + 1].words) > _LONGEST // 2
    )


def _ends(lines: Sequence[Line], start: int, last: int) -> Iterator[int]:
    """Where the table may end: at its last possible line, or at the gaps before that."""
    yield last
    gaps = [at for at in range(start + 2 * _LEAST_ROWS, last) if lines[at].gap]
    yield from gaps[: -len(gaps) // 2 - 4 : -1] if len(gaps) > 8 else reversed(gaps)


def _names(lines: Sequence[str], words: Words) -> list[str]:
    """The headers that the foot lists for a table that has none ("Columns: patient, age/sex, donor")."""
    match = _NAMES.match(words.join(lines))
    listed = re.split(r"\.\s|\.$|;\s", match["names"])[0] if match else ""
    return [name.strip() for name in re.split(r",\s+(?:and\s+)?(?![^()]*\))", listed) if name.strip()]


def _by_parameter(cells: Sequence[str], words: Words) -> tuple[int, Table] | None:
    """A line for the labels' header, the labels; then each parameter with a value for every patient."""
    run = run_of(cells)
    if run is None:
        return None
    first, many = run
    found = groups(cells[first + many :], many, words, headed=True)
    stub = cells[first - 1] if first and heads_stub(cells[first - 1]) else ""
    if not found or not _is_whole(found):
        return None
    if not stub and not any(group and heads_trait(group[0]) for group in found):
        return None
    rows = [list(group) for group in found if group and _agrees(group)]
    return first - bool(stub), [[stub, *cells[first : first + many]], *rows]


def _by_column(cells: Sequence[str], words: Words) -> tuple[int, Table] | None:
    """All headers first, then the labels, then the values of one column after the other."""
    run = run_of(cells)
    if run is None:
        return None
    first, many = run
    heads = _headers(cells[:first], words)
    found = groups(cells[first + many :], many, words) if heads else None
    if not heads or not found or not _is_whole(found) or len(found) + 1 != len(heads[1]):
        return None
    begin, printed = heads
    rows = [[name, *group] for name, group in zip(printed[1:], found, strict=True) if group]
    return (begin, [[printed[0], *cells[first : first + many]], *rows]) if all(map(_agrees, rows)) else None


def _without_headers(cells: Sequence[str], names: Sequence[str], words: Words) -> tuple[int, Table] | None:
    """Labels and values without any header; the foot names them."""
    run = run_of(cells) if names else None
    if run is None:
        return None
    first, many = run
    found = groups(cells[first + many :], many, words)
    if not found or len(names) != len(found) + 1 or not heads_labels(names[0]):
        return None
    rows = [[name, *group] for name, group in zip(names[1:], found, strict=True) if group]
    return (first, [[names[0], *cells[first : first + many]], *rows]) if all(map(_agrees, rows)) else None


def _by_patient(cells: Sequence[str], words: Words) -> tuple[int, Table] | None:
    """All headers first, then one patient after the other: the labels stand as far apart as there are headers."""
    for first in range(_LEAST_ROWS, len(cells) // 2):
        heads = _headers(cells[:first], words) if begins(cells[first]) else None
        if heads and (rows := _records(cells[first:], len(heads[1]), words)):
            columns = [list(column) for column in zip(heads[1], *rows, strict=True)]
            return (heads[0], columns) if all(map(_agrees, columns[1:])) else None
    return None


def _records(cells: Sequence[str], width: int, words: Words) -> list[Group] | None:
    """The rows of patients, each of its label and `width` - 1 values; blanks where a row has lost cells."""
    starts = [0]
    while (at := _next_label(cells, starts[-1], width)) is not None:
        starts.append(at)
    parts = [cells[start + 1 : end] for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)]
    read = [groups(part, width - 1, words, alike=False) or ((),) for part in parts]
    if any(len(found) != 1 for found in read):
        return None
    whole = [found[0] for found in read if found[0]]
    if len(whole) < max(2, len(parts) - 1) or not are_alike(whole):
        return None
    return [(cells[at], *(found[0] or kept(part, whole))) for at, part, found in zip(starts, parts, read, strict=True)]


def _next_label(cells: Sequence[str], at: int, width: int) -> int | None:
    """The next patient's label, about as far away as there are values."""
    places = range(at + width - _MOST_LOST, min(len(cells), at + 4 * width))
    return next((place for place in places if follows(cells[at], cells[place])), None)


def _headers(cells: Sequence[str], words: Words) -> tuple[int, list[str]] | None:
    """The last cells as headers, wrapped ones made whole: the first says that labels follow."""
    for first in range(len(cells) - _LEAST_ROWS, max(-1, len(cells) - _MOST_HEADERS), -1):
        if heads_labels(cells[first]):
            found = groups(cells[first:], 0, words, headed=True)
            return (first, [name for (name,) in found]) if found and all(found) else None
    return None


def _agrees(row: Sequence[str]) -> bool:
    """Whether values fit their header: ages and sexes stand under it if it says so, and only then."""
    looks = [shape(value) for value in row[1:] if value]
    if heads_trait(row[0]):
        return all(look in ("number", "code", "measure", "blank") for look in looks)
    return 2 * looks.count("code") <= len(looks)


def _is_whole(found: Sequence[Group]) -> bool:
    """Whether enough groups came out, and most of them whole."""
    whole = sum(map(bool, found))
    return whole >= _LEAST_ROWS and 2 * whole > len(found)


def _placed(table: Table) -> tuple[Placed, ...]:
    rows = enumerate(table)
    return place(
        [[RawCell(cell, header=0 in (row, column)) for column, cell in enumerate(cells)] for row, cells in rows]
    )

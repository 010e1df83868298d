"""Rows that plain text has flattened: whether they agree with each other, and what a row with too few cells holds."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from litreview.readers.plain_cells import Group, is_fresh, shape

_MOST_LOST = 2


def are_alike(rows: Sequence[Group]) -> bool:
    """Whether most columns hold the same kind of value in every row."""
    looks = _looks(rows)
    return 2 * sum(len(look) <= 1 for look in looks) >= len(looks)


def kept(cells: Sequence[str], rows: Sequence[Group]) -> Group:
    """A row that has lost cells, with blanks for them: a cell is kept where it stands in every way that fits.

    >>> kept(["34", "MUD"], [("7", "F", "MSD"), ("12", "M", "MUD")])
    ('34', '', 'MUD')
    """
    ways = list(_ways(cells, _looks(rows)))
    columns = zip(*ways, strict=True) if ways else [("",)] * len(rows[0])
    return tuple(found[0] if len(set(found)) == 1 else "" for found in columns)


def _looks(rows: Sequence[Group]) -> list[set[str]]:
    """The shapes that each column's cells have, blanks aside."""
    return [{shape(cell) for cell in column} - {"blank"} for column in zip(*rows, strict=True)]


def _ways(cells: Sequence[str], looks: Sequence[set[str]]) -> Iterator[Group]:
    """Every way to lay the cells out, in order, over columns of their shape."""
    lost = len(looks) - len(cells)
    if not 0 < lost <= _MOST_LOST or not all(map(is_fresh, cells)):
        return
    for blank in combinations(range(len(looks)), lost):
        places = [number for number in range(len(looks)) if number not in blank]
        if all(shape(cell) in {*looks[place], "blank"} for cell, place in zip(cells, places, strict=True)):
            row = dict(zip(places, cells, strict=True))
            yield tuple(row.get(number, "") for number in range(len(looks)))

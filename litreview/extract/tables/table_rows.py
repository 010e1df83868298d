"""Tables whose rows are patients: a label, a reference, or age and sex at the side."""

import re

from litreview.extract.tables.squares import Layout, Square
from litreview.extract.tables.table_courses import INTERVENTION, course, course_column, of_events
from litreview.extract.tables.table_roles import Roles, is_one, roles
from litreview.extract.tables.table_slots import Slot, Someone, cited
from litreview.extract.tables.table_words import TableWords

__all__ = ["down", "roles"]

Squares = tuple[Square, ...]


def down(laid: Layout, columns: Roles, words: TableWords) -> list[Someone]:
    """The people of the rows, each with its squares under the columns' headers; sums and medians are left out."""
    paths = [laid.head(column) for column in range(laid.width)]
    found: list[Someone] = []
    printed: list[list[Squares]] = []
    group: Square | None = None
    last: Squares = ()
    for row in range(laid.heads, len(laid.rows)):
        squares = laid.rows[row]
        if laid.repeats_header(row) or not any(square.words for square in squares):
            continue
        if laid.is_group(row):
            group, last = squares[0], ()
            continue
        if _is_summary(squares, columns, words):
            last = ()
            continue
        if not last or _is_new(squares, last, columns):
            found.append(_someone(squares, found[-1] if last else None, group, columns, words))
            printed.append([])
        _fill(found[-1], squares, paths, group)
        printed[-1].append(squares)
        last = squares if squares[_naming(columns)].words or not last else _carried(squares, last, columns)
    _tell_apart(found, columns)
    _by_course(found, printed, paths, course_column(laid, words), words)
    return found


def _by_course(
    found: list[Someone], printed: list[list[Squares]], paths: list[Squares], column: int, words: TableWords
) -> None:
    """Of rows that are episodes the first; of events all; of treatments the intervention, and what all rows share."""
    episodes, events = (
        next((at for at, path in enumerate(paths) if path and words.heads(kind, path[-1].words)), -1)
        for kind in ("episode", "event")
    )
    for someone, rows in zip(found, printed, strict=True):
        if episodes >= 0 and len(rows) > 1 and not _is_one_cell([row[episodes] for row in rows]):
            first = {square.cell for square in rows[0]}
            someone.slots = [slot for slot in someone.slots if slot.square.cell in first or slot.key[0] < 0]
            continue
        if events >= 0 and len({row[events].cell for row in rows}) > 1:
            own = {at for at in range(len(paths)) if _is_one_cell([row[at] for row in rows])}
            kept = [slot for slot in someone.slots if slot.key[0] < 0 or slot.key[1] in own]
            someone.slots = [*kept, *of_events(rows, paths, events, words, own)]
            continue
        told = course(rows, paths, column, words) if column >= 0 and len(rows) > 1 else []
        if told:
            same = {at for at in range(len(paths)) if at != column and _is_one_cell([row[at] for row in rows])}
            someone.slots = [slot for slot in someone.slots if slot.key[0] < 0 or slot.key[1] in same]
            someone.slots += [slot for slot in told if slot.key[0] != INTERVENTION or slot.key[1] not in same]


def _is_one_cell(squares: list[Square]) -> bool:
    """Whether a column holds one cell, or one with blanks below it."""
    return len({square.cell for square in squares if square.words}) == 1 and bool(squares[0].words)


def _naming(columns: Roles) -> int:
    return next((column for column in (columns.person, columns.reference) if column >= 0), 0)


def _carried(squares: Squares, last: Squares, columns: Roles) -> Squares:
    """A row without a label of its own keeps that of the row before."""
    kept = _naming(columns)
    return (*squares[:kept], last[kept], *squares[kept + 1 :])


def _is_summary(squares: Squares, columns: Roles, words: TableWords) -> bool:
    naming = [squares[column].words for column in (columns.person, columns.reference, 0) if column >= 0]
    counted = squares[columns.count].words if columns.count >= 0 else ""
    return bool(counted and not is_one(counted)) or any(words.says("summary", text) for text in naming)


def _is_new(squares: Squares, last: Squares, columns: Roles) -> bool:
    """Whether a row begins another person, rather than going on with the one before."""
    if columns.person >= 0:
        return _differs(squares[columns.person], last[columns.person])
    if columns.reference >= 0 and _differs(squares[columns.reference], last[columns.reference]):
        return True
    return any(squares[column].words and squares[column].cell != last[column].cell for column in columns.traits)


def _differs(square: Square, before: Square) -> bool:
    return bool(square.words) and square.cell != before.cell and square.words != before.words


def _someone(
    squares: Squares, before: Someone | None, group: Square | None, columns: Roles, words: TableWords
) -> Someone:
    reference = _reference(squares, before, group, columns, words)
    if reference is not None:
        return cited(reference)
    naming = [squares[column] for column in (columns.person, columns.reference) if column >= 0]
    named = next((square for square in naming if square.words), None)
    if named is None:  # nothing names the row: age or sex tell that it is one patient
        first = next(square for square in squares if square.words)
        return Someone("", first.clean.at(0, 0))
    return Someone(named.words, named.clean.span)


def _reference(
    squares: Squares, before: Someone | None, group: Square | None, columns: Roles, words: TableWords
) -> Square | None:
    """The paper that a row is taken from: printed in it, blank under the one before, or over its group of rows."""
    naming = [squares[column].words for column in (columns.person, columns.reference) if column >= 0]
    if any(words.says("own", text) for text in naming) or (naming and words.says("person", naming[-1])):
        return None
    if columns.reference >= 0 and any(character.isalnum() for character in squares[columns.reference].words):
        square = squares[columns.reference]
        return None if _UNPUBLISHED.fullmatch(square.words) else square
    if columns.reference == 0 and not squares[0].words and before is not None:
        return before.reference
    return group if group is not None and words.says("reference", group.words) else None


_UNPUBLISHED = re.compile(r"no|none|n/?a|n\.\s?a\.?|nr|(?:not|un)\s?(?:yet\s)?published|new", re.IGNORECASE)


def _fill(someone: Someone, squares: Squares, paths: list[Squares], group: Square | None) -> None:
    """Add a row's squares; a cell that reaches down over several rows is taken once."""
    if group is not None and not someone.slots:
        someone.slots.append(Slot((), group, (-1, 0)))
    known = {slot.square.cell for slot in someone.slots}
    for column, square in enumerate(squares):
        if square.words and square.cell not in known:
            known.add(square.cell)
            someone.slots.append(Slot(paths[column], square, (0, column)))


def _tell_apart(found: list[Someone], columns: Roles) -> None:
    """Where one reference has several rows, age and sex go to the label."""
    rows: dict[str, int] = {}
    for someone in found:
        rows[someone.cites] = rows.get(someone.cites, 0) + 1
    for someone in found:
        if someone.cites and rows[someone.cites] > 1:
            traits = [slot.square.words for slot in someone.slots if slot.key[0] == 0 and slot.key[1] in columns.traits]
            someone.label = f"{someone.label}, {'/'.join(traits)}" if traits else someone.label

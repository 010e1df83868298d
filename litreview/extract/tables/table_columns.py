"""Tables whose columns are patients: parameters down the side, a label over each column."""

from collections.abc import Iterator

from litreview.extract.tables.squares import Layout, Square
from litreview.extract.tables.table_slots import Slot, Someone, cite, someone
from litreview.extract.tables.table_words import TableWords

Columns = tuple[int, tuple[int, ...]]


def columns_of_people(laid: Layout, words: TableWords) -> Columns | None:
    """The row whose cells name patients, and the columns they stand over; `None` where there is no such row."""
    for row in range(min(max(laid.heads, 1), len(laid.rows))):
        squares = laid.rows[row]
        named = tuple(column for column in range(1, laid.width) if _names_person(laid, row, column, words))
        persons = {squares[column].cell for column in named}
        others = {square.cell for square in squares[1:] if square.words} - persons
        if words.heads("reference", squares[0].words) or _are_labels(laid, row, words):
            continue
        if len(persons) > 1 and len(persons) >= len(others):
            return row, named
        single = named or _only_column(squares, laid, words)
        if len(single) == 1 and len(others) <= 2 and _is_beside_parameters(squares[0].words, words):
            return row, single
    return None


def _are_labels(laid: Layout, row: int, words: TableWords) -> bool:
    """Whether patients stand at the side, below a header for them: then "AE" and "TI" above are no patients."""
    if not words.heads("person", laid.rows[row][0].words):
        return False
    stubs = [squares[0].words for squares in laid.rows[max(laid.heads, row + 1) :] if squares[0].words]
    return 2 * sum(words.says("person", stub) or words.says("bare label", stub) for stub in stubs) > len(stubs)


def _names_person(laid: Layout, row: int, column: int, words: TableWords) -> bool:
    squares = laid.rows[row]
    text = squares[column].words
    if squares[column].cell == squares[0].cell:
        return False
    if any(words.says(kind, text) for kind in ("person", "reference", "own")):
        return True
    heading = (squares[0].words, *(above[column].words for above in laid.rows[:row]))
    return any(words.heads("person", head) for head in heading) and words.says("bare label", text)


def _only_column(squares: tuple[Square, ...], laid: Layout, words: TableWords) -> tuple[int, ...]:
    """The column of the one patient that a table of parameters is about; none where its values are summed up."""
    found = tuple(column for column in range(1, laid.width) if words.heads("one person", squares[column].words))
    if len(found) != 1 or not words.heads("parameter", squares[0].words):
        return ()
    cells = [row[column].words for row in laid.rows for column in (0, found[0])]
    return () if any(words.says("aggregate", cell) or words.says("summary", cell) for cell in cells) else found


def _is_beside_parameters(stub: str, words: TableWords) -> bool:
    return not stub or words.heads("parameter", stub) or words.heads("person", stub)


def across(laid: Layout, found: Columns, words: TableWords) -> list[Someone]:
    """The people of the columns, each with its squares under the parameters' headers."""
    label_row, columns = found
    labels = laid.rows[label_row]
    persons: dict[int, Someone] = {}
    for column in columns:
        persons.setdefault(labels[column].cell, someone(labels[column], words))
    below = {column: _below(laid, label_row, column) for column in columns}
    for path, row in _parameter_rows(laid, label_row, columns[0]):
        referring = bool(path) and words.heads("reference", path[-1].words)
        for column in columns:
            square = laid.rows[row][column]
            if square.words and all(square.cell != stub.cell for stub in path):
                persons[labels[column].cell].slots.append(Slot((*path, *below[column]), square, (row, 0)))
                if referring and any(words.says("reference", one.words) for one in laid.rows[row][1:]):
                    cite(persons[labels[column].cell], square, words)
    return list(persons.values())


def alone(laid: Layout, words: TableWords) -> list[Someone]:
    """The one patient of a list of parameters and values without any header, told by a line on age or sex."""
    if laid.width != 2 or not laid.rows or _has_header(laid.rows[0], words):
        return []
    cells = [square.words for row in laid.rows for square in row]
    traits = [row for row in laid.rows if words.heads("trait", row[0].words)]
    if not traits or any(words.heads("trait", row[1].words) for row in laid.rows):
        return []
    if any(words.says("aggregate", cell) or words.says("summary", cell) for cell in cells):
        return []
    person = Someone("", traits[0][0].clean.at(0, 0))
    filled = ((number, row) for number, row in enumerate(laid.rows) if row[0].words and row[0].cell != row[1].cell)
    person.slots = [Slot((row[0],), row[1], (number, 0)) for number, row in filled if row[1].words]
    return [person]


def _has_header(row: tuple[Square, ...], words: TableWords) -> bool:
    """Whether a row is marked as header, and is not a parameter with its value that merely comes first."""
    return any(square.header for square in row) and not words.heads("trait", row[0].words)


def _below(laid: Layout, label_row: int, column: int) -> tuple[Square, ...]:
    """What the header says under a label ("Pre" and "Month 6" of one patient)."""
    label = laid.rows[label_row][column]
    squares = (laid.rows[row][column] for row in range(label_row + 1, laid.heads))
    return tuple(square for square in squares if square.words and square.cell != label.cell)


def _parameter_rows(laid: Layout, label_row: int, first: int) -> Iterator[tuple[tuple[Square, ...], int]]:
    """Body rows with their header: the group they stand in, then the stub's squares."""
    group: tuple[Square, ...] = ()
    above: tuple[Square, ...] = ()
    for row in range(max(laid.heads, label_row + 1), len(laid.rows)):
        if laid.repeats_header(row):
            continue
        squares = laid.rows[row]
        if laid.is_group(row) or (squares[0].words and not any(square.words for square in squares[1:])):
            group, above = (squares[0],), ()
            continue
        stub = _distinct(squares[:first])
        above = stub[:1] if squares[0].words else above
        if stub:
            yield (*group, *(() if squares[0].words else above), *stub), row


def _distinct(squares: tuple[Square, ...]) -> tuple[Square, ...]:
    kept: list[Square] = []
    for square in squares:
        if square.words and all(square.cell != other.cell for other in kept):
            kept.append(square)
    return tuple(kept)

"""Tables of one patient's treatments, a row each: what came before the intervention, and what is told of it."""

import re
from collections.abc import Container, Sequence

from litreview.extract.tables.marks import Clean
from litreview.extract.tables.squares import Layout, Square
from litreview.extract.tables.table_slots import Slot, Someone
from litreview.extract.tables.table_words import TableWords

Squares = tuple[Square, ...]
Paths = Sequence[Squares]

_EARLIER = "Earlier"  # what rules look for over treatments that came before
_BEFORE, INTERVENTION, _EVENT, _CAPTION = -2, -3, -4, -5  # first half of the keys of such slots
_COLUMNS = 3  # among the first of which the treatments are named
_LEAST_ROWS = 2


def course_column(laid: Layout, words: TableWords) -> int:
    """The column that names treatments, one of them the intervention; -1 where there is none."""
    for column in range(min(laid.width, _COLUMNS)):
        head = laid.head(column)
        if head and words.heads("treatment", head[-1].words):
            rows = [row for row in laid.rows[laid.heads :] if row[column].words]
            if len(rows) >= _LEAST_ROWS and any(words.agent(row[column].words) for row in rows):
                return column
    return -1


def treatments(laid: Layout, words: TableWords, caption: Clean) -> list[Someone]:
    """The one patient whose treatments a table lists; nobody where it sums up several patients."""
    column = course_column(laid, words)
    if column < 0 or counts_people(laid, words):
        return []
    person = one_patient(caption, laid.rows[laid.heads][column])
    if person is None:
        return []
    rows = [row for number, row in enumerate(laid.rows) if number >= laid.heads and not laid.repeats_header(number)]
    person.slots += course(rows, [laid.head(number) for number in range(laid.width)], column, words)
    return [person]


def course(rows: Sequence[Squares], paths: Paths, column: int, words: TableWords) -> list[Slot]:
    """The squares of the row of the intervention, under its name, and the names of the treatments before it."""
    named = [row for row in rows if row[column].words]
    at = next((number for number, row in enumerate(named) if words.agent(row[column].words)), -1)
    if at < 0:
        return []
    earlier = Square(Clean(_EARLIER, paths[column][-1].clean.span))
    meant = [row for row in named[:at] if not any(words.says("other purpose", square.words) for square in row)]
    before = [Slot((earlier, *paths[column]), row[column], (_BEFORE, 0)) for row in meant]
    told = [number for number in range(len(paths)) if number == column or not _counts_rows(named, paths, number, words)]
    return [*before, *_of_intervention(named[at], paths, column, told, words)]


def _counts_rows(rows: Sequence[Squares], paths: Paths, column: int, words: TableWords) -> bool:
    """Whether a column "No." only numbers its rows, so that its numbers are not of doses."""
    if not paths[column] or not words.heads("number", paths[column][-1].words):
        return False
    return [row[column].words.rstrip(".") for row in rows] == [str(number) for number in range(1, len(rows) + 1)]


def events(laid: Layout, words: TableWords, caption: Clean) -> list[Someone]:
    """The one patient whose events a table lists, a row each; nobody where it speaks of several."""
    heads = [laid.head(column) for column in range(laid.width)]
    column = next((at for at, head in enumerate(heads) if head and words.heads("event", head[-1].words)), -1)
    if column < 0 or counts_people(laid, words):
        return []
    rows = [row for number, row in enumerate(laid.rows) if number >= laid.heads and not laid.repeats_header(number)]
    person = one_patient(caption, rows[0][column]) if len(rows) >= _LEAST_ROWS else None
    if person is None:
        return []
    person.slots += of_events(rows, heads, column, words)
    return [person]


_FIGURE = re.compile(r"[+<>~\s]*\d|(?:day|d|week)s?\b", re.IGNORECASE)


def of_events(
    rows: Sequence[Squares], paths: Paths, column: int, words: TableWords, apart: Container[int] = ()
) -> list[Slot]:
    """The squares of a patient's events, a row each, under the event's name; what is said before the intervention.

    The words of rows before the first that names the intervention stand under "Earlier" as well. Columns `apart` are
    the person's own.
    """
    at = next((number for number, row in enumerate(rows) if words.agent(row[column].words)), 0)
    earlier = Square(Clean(_EARLIER, paths[column][-1].clean.span))
    told = [
        Slot((earlier, *paths[number]), square, (_BEFORE, number))
        for row in rows[:at]
        for number, square in enumerate(row)
        if number not in apart and square.words and not _FIGURE.match(square.words)
    ]
    return told + [
        Slot((row[column], *paths[number]), square, (_EVENT, number))
        for row in rows
        for number, square in enumerate(row)
        if number not in apart and row[column].words and square.words and square.cell != row[column].cell
    ]


def _of_intervention(row: Squares, paths: Paths, column: int, told: Sequence[int], words: TableWords) -> list[Slot]:
    start, end = words.agent(row[column].words) or (0, 0)
    agent = Square(Clean(row[column].words[start:end], row[column].clean.at(start, end)), row[column].cell)
    return [
        Slot((agent, *paths[number]), square, (INTERVENTION, number))
        for number, square in ((number, row[number]) for number in told)
        if square.words and (number == column or square.cell != row[column].cell)
    ]


def counts_people(laid: Layout, words: TableWords) -> bool:
    """Whether a table names or counts several patients, or sums up their values."""
    heads = [square.words for column in range(laid.width) for square in laid.head(column)]
    if any(words.heads(kind, head) for kind in ("count", "person", "reference") for head in heads):
        return True
    cells = [square.words for row in laid.rows[laid.heads :] for square in row if square.words]
    return any(words.says("aggregate", cell) for cell in cells)


_ONE = re.compile(r"\b(?:patient|case)\s*(?:no\.?\s*|#\s*)?(?:\d{1,4}|[A-H])\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:patients|cases|children|recipients|studies|reports|literature|review)\b", re.IGNORECASE)


def one_patient(caption: Clean, first: Square) -> Someone | None:
    """The patient that a caption names, or the only one there can be; `None` where it speaks of several."""
    named = list(_ONE.finditer(caption.words))
    if len(named) > 1 or (not named and _MANY.search(caption.words)):
        return None
    if named:
        label = Square(Clean(named[0][0], caption.at(*named[0].span())))
        return Someone(label.words, label.clean.span, slots=[Slot((label,), Square(caption), (_CAPTION, 0))])
    return Someone("", first.clean.at(0, 0))

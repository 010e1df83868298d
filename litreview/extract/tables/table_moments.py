"""Tables of one patient's values over time: what was measured down the side and times above, or the other way round."""

from litreview.extract.tables.marks import Clean
from litreview.extract.tables.squares import Layout, Square
from litreview.extract.tables.table_courses import counts_people, one_patient
from litreview.extract.tables.table_slots import Slot, Someone
from litreview.extract.tables.table_words import TableWords

_SHARE = 2 / 3  # of the headers or stubs that have to be times
_LEAST = 2


def over_time(laid: Layout, words: TableWords, caption: Clean) -> list[Someone]:
    """The one patient of a table whose headers or stubs are times, with what was measured before the time."""
    if laid.width < _LEAST or not 0 < laid.heads < len(laid.rows) or counts_people(laid, words):
        return []
    paths = [laid.head(column) for column in range(laid.width)]
    body = [row for number, row in enumerate(laid.rows) if number >= laid.heads and not laid.is_group(number)]
    person = one_patient(caption, body[0][0]) if body else None
    if person is None:
        return []
    if _are_times([path[-1] if path else None for path in paths[1:]], words):
        person.slots += [
            Slot((row[0], *paths[column]), row[column], (number, column))
            for number, row in enumerate(body)
            for column in range(1, laid.width)
            if row[0].words and row[column].words and row[column].cell != row[0].cell
        ]
    elif _are_times([row[0] for row in body], words):
        person.slots += [
            Slot((*paths[column], row[0]), row[column], (number, column))
            for number, row in enumerate(body)
            for column in range(1, laid.width)
            if row[0].words and row[column].words and row[column].cell != row[0].cell
        ]
    return [person] if any(len(slot.path) > 1 for slot in person.slots) else []


def _are_times(squares: list[Square | None], words: TableWords) -> bool:
    printed = [square.words for square in squares if square and square.words]
    times = sum(words.says("time", text) for text in printed)
    return times >= _LEAST and times >= _SHARE * len(printed)

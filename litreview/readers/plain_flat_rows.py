"""Tables whose rows plain text kept, each on a line, but not the columns: "Age (years) 34 7 56"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litreview.readers.plain_cells import Group, shape
from litreview.readers.plain_labels import begins, follows, run_of
from litreview.readers.plain_records import are_alike
from litreview.readers.sections import vocabulary
from litreview.readers.table_words import heads_labels, heads_stub, heads_trait

_MOST_WORDS = 3  # of a value
_LEAST_ROWS = 2
_LEAST_COLUMNS = 4

Table = list[list[str]]


def rows_of_parameters(lines: Sequence[str]) -> tuple[int, Table] | None:
    """A line of labels, then a parameter to a line, its last words the patients' values where they look alike."""
    for first, line in enumerate(lines):
        if (labels := _labels(line)) is None:
            continue
        stub, named = labels
        found = [_values(lines, at, len(named)) for at in range(first + 1, len(lines))]
        rows = [list(row) for row in found if row]
        if len(rows) >= max(_LEAST_ROWS, len(found) // 2) and (
            heads_stub(stub) or any(heads_trait(row[0]) for row in rows)
        ):
            return first, [[stub, *named], *rows]
        return None
    return None


def rows_of_patients(lines: Sequence[str]) -> tuple[int, Table] | None:
    """A line of headers, then a patient to a line, each with as many words as there are headers."""
    for first in range(len(lines) - _LEAST_ROWS):
        names = lines[first].split()
        if len(names) < _LEAST_COLUMNS or not heads_labels(names[0]):
            continue
        told = list(_labelled([tuple(line.split()) for line in lines[first + 1 :]]))
        whole = _fitting([row for row in told if len(row) == len(names)])
        if len(whole) >= _LEAST_ROWS and 2 * len(whole) > len(told) and are_alike(whole):
            return first, [list(column) for column in zip(names, *whole, strict=True)]
    return None


def _labelled(rows: Sequence[Group]) -> Iterator[Group]:
    """The rows that begin with labels, each the next one."""
    last = ""
    for row in rows:
        if row and (follows(last, row[0]) if last else begins(row[0])):
            last = row[0]
            yield row


def _labels(line: str) -> tuple[str, list[str]] | None:
    """The stub and the labels of a line: "Patient 1 2 3", "Characteristic Patient 1 Patient 2"."""
    words = line.split()
    for size in (1, 2):
        for start in range(len(words) - 2 * size + 1):
            cells = [" ".join(words[at : at + size]) for at in range(start, len(words), size)]
            if (len(words) - start) % size == 0 and run_of(cells) == (0, len(cells)):
                stub = " ".join(words[:start])
                labelled = size == 2 and vocabulary().is_label(cells[0])
                return (stub, cells) if labelled or not stub or heads_stub(stub) else None
    return None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A line read as header and values of so many words each."""

    header: list[str]
    values: list[list[str]]

    @property
    def looks(self) -> set[tuple[str, ...]]:
        """The shapes of the values' words; a blank value says nothing."""
        shapes = [tuple(shape(word) for word in value) for value in self.values]
        return {look for look in shapes if set(look) != {"blank"}}


def _values(lines: Sequence[str], at: int, many: int) -> Group:
    """The header and values of a line; empty where it is not plain which words are the values."""
    words = lines[at].split()
    for size in range(1, _MOST_WORDS + 1):
        cut = len(words) - size * many
        if cut < 1:
            break
        read = _Reading(words[:cut], [words[start : start + size] for start in range(cut, len(words), size)])
        if _is_plain(read, lines[at + 1 : at + 2]):
            return (" ".join(read.header), *(" ".join(value) for value in read.values))
    return ()


def _is_plain(read: _Reading, following: Sequence[str]) -> bool:
    if len(read.looks) != 1:
        return False
    look = next(iter(read.looks))
    if set(look) <= {"number", "code"}:
        return shape(read.header[-1]) not in ("number", "code")
    if set(look) <= {"number", "measure", "short", "words"} and "number" in look:
        return len({tuple(value[1:]) for value in read.values}) == 1 and shape(read.header[-1]) != "number"
    wrapped = bool(following) and (following[0][:1].islower() or len(following[0].split()) <= len(read.values))
    return look == ("short",) and not wrapped and not any(_could_be_value(word) for word in read.header[1:])


def _could_be_value(word: str) -> bool:
    return word[:1].isupper() or shape(word) in ("number", "code", "short")


def _fitting(rows: Sequence[Group]) -> list[Group]:
    """The rows whose cells look like those of the others in their columns, but for one."""
    return [row for row in rows if _strange(row, [other for other in rows if other != row]) <= 1]


def _strange(row: Group, others: Sequence[Group]) -> int:
    looks = [{shape(cell) for cell in column} for column in zip(*others, strict=True)]
    return sum(shape(cell) not in {*look, "blank"} for cell, look in zip(row, looks, strict=False) if look != {"blank"})

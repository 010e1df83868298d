"""From a document's tables to people: who stands where, under which headers, with which abbreviations."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from litreview.extract.tables.grid import Entry, Grid, Person
from litreview.extract.tables.legend import Definitions, Legend, definitions, read_legend
from litreview.extract.tables.marks import Clean, clean
from litreview.extract.tables.parts import Split, split
from litreview.extract.tables.repeated import with_repeated
from litreview.extract.tables.squares import BLANK, Layout, Square, layout
from litreview.extract.tables.table_people import Slot, Someone, people
from litreview.extract.tables.table_words import TableWords
from litreview.model.document import Document, Span, Table
from litreview.model.topic import Topic


def grids(document: Document, topic: Topic) -> tuple[Grid, ...]:
    """Every table of a document turned to people, in the order of `document.tables`.

    The topic's vocabularies `table_headers` and `table_cells` say what a header or cell is. A person told in several
    rows has the entries of all of them. A group row ("Outcome" over the whole width) goes before the headers of the
    parameters after it; over patients' rows it is an entry with an empty header. Of one patient's treatments, a row
    each, what is told of the intervention stands under its name, and those before it under "Earlier".
    """
    if not document.tables:
        return ()
    words = TableWords(topic)
    common = _Known(cache(partial(_running_words, document)), words)
    laid = [_laid(document, table, common) for table in document.tables]
    found = [table.people(words) for table in laid]
    # A table that only numbers its rows is about patients where another has them under the same numbers.
    labels = frozenset(someone.label for people in found for someone in people if not someone.cites) - {""}
    if len(labels) > 1:
        found = [people or table.people(words, labels) for people, table in zip(found, laid, strict=True)]
    defined = definitions(document.text, "\n".join(_words(found))) if any(found) else {}
    tables = _Tables(document, words, defined)
    return tuple(Grid(number, tables.persons(*read)) for number, read in enumerate(zip(laid, found, strict=True)))


def _running_words(document: Document) -> frozenset[str]:
    return frozenset(
        word.lower() for span in document.paragraphs for word in re.findall(r"[A-Za-z0-9]+", document[span])
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Words, in lower case, that are whole: of text, topic or a table's foot, or common in headers.

    Those of the text are collected when a table has letters for marks.
    """

    running: Callable[[], frozenset[str]]
    words: TableWords
    defined: frozenset[str] = frozenset()

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        known = word in self.running() or word in self.defined or word in self.words.terms
        return known or self.words.heads("observation", word)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A table laid out, with what its foot and caption say."""

    table: Table
    layout: Layout
    legend: Legend
    caption: Clean

    def people(self, words: TableWords, labels: frozenset[str] = frozenset()) -> list[Someone]:
        """The people of the table; `labels` are those that other tables give theirs."""
        found = people(self.layout, words, self.caption, labels)
        with_repeated(found)
        return found


def _laid(document: Document, table: Table, common: _Known) -> _Laid:
    legend = read_legend(document, table)
    laid = layout(document, table, legend.letters, replace(common, defined=legend.shorts))
    caption = clean(document[table.caption], table.caption.start) if table.caption else BLANK.clean
    return _Laid(table, laid, legend, caption)


def _words(found: Iterable[Iterable[Someone]]) -> Iterator[str]:
    """All words of people's squares and of the headers over them."""
    for slot in (slot for table in found for someone in table for slot in someone.slots):
        yield slot.square.words
        yield _joined(slot.path)


@dataclass(frozen=True, slots=True)
class _Tables:
    """What it takes to turn the people of a document's tables to persons."""

    document: Document
    words: TableWords
    defined: Definitions

    def persons(self, laid: _Laid, found: list[Someone]) -> tuple[Person, ...]:
        """The people of a table with their entries."""
        columns = _Columns(found, laid.legend.under(_headers(found), self.defined), self.words)
        noted = tuple(self._notes(laid.table)) if found else ()
        return tuple(columns.person(someone, () if someone.cites else noted) for someone in found)

    def _notes(self, table: Table) -> Iterator[Entry]:
        """What caption and foot say of the intervention in all patients, as entries under its name."""
        for whole in filter(None, (table.caption, *table.foot)):
            for match in _STATEMENT.finditer(self.document[whole]):
                span = Span(whole.start + match.start(), whole.start + match.end())
                agent = self.words.agent(match[0]) if self.words.says("regimen", match[0]) else None
                if agent:
                    name = Span(span.start + agent[0], span.start + agent[1])
                    yield Entry(self.document[name], (name,), match[0], span)


def _headers(found: Iterable[Someone]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_joined(slot.path) for someone in found for slot in someone.slots))


def _joined(path: tuple[Square, ...]) -> str:
    return " | ".join([square.words for square in path])


@dataclass(frozen=True, slots=True)
class _Column:
    """What all entries under one header share."""

    header: str
    spans: tuple[Span, ...]
    legend: tuple[tuple[str, str, Span], ...]
    above: str
    split: Split | None


_STATEMENT = re.compile(r"\S(?:[^.;]|[.;](?!\s+[A-Z]|\s*$))*")
_Under = tuple[tuple[int, int], tuple[int, ...]]


def _under(slot: Slot) -> _Under:
    """Which header a slot stands under: its row or column, and the printed cells over it."""
    return slot.key, tuple([square.cell for square in slot.path])


class _Columns:
    """Makes entries; what belongs to a header is worked out once."""

    def __init__(self, found: list[Someone], legend: Legend, words: TableWords) -> None:
        self._legend = legend
        self._meanings: dict[tuple[str, str, tuple[str, ...]], tuple[tuple[str, str, Span], ...]] = {}
        slots: dict[_Under, list[Slot]] = {}
        for slot in (slot for someone in found for slot in someone.slots):
            slots.setdefault(_under(slot), []).append(slot)
        self._columns = {under: self._column(together, words) for under, together in slots.items()}

    def person(self, someone: Someone, noted: tuple[Entry, ...] = ()) -> Person:
        """A person with entries for all squares that hold something, and what is `noted` of all."""
        entries = tuple(self._entry(slot) for slot in someone.slots if slot.square.words)
        return Person(someone.label, someone.label_span, (*entries, *noted), someone.cites)

    def _column(self, slots: list[Slot], words: TableWords) -> _Column:
        path = slots[0].path
        header = _joined(path)
        marks = [mark for square in path for mark in square.clean.marks]
        last = path[-1].clean.words if path else ""
        cells = [slot.square.clean.words for slot in slots]
        above = f"{_joined(path[:-1])} | " if len(path) > 1 else ""
        spans = tuple(square.clean.span for square in path)
        return _Column(header, spans, self._legend.meanings(header, header, marks), above, split(last, cells, words))

    def _entry(self, slot: Slot) -> Entry:
        column, clean = self._columns[_under(slot)], slot.square.clean
        parts = column.split.parts(clean.words) if column.split else ()
        return Entry(
            header=column.header,
            header_spans=column.spans,
            words=slot.square.words,
            span=clean.span,
            parts=tuple(
                (column.above + _one_line(name), _one_line(clean.words[start:end]), clean.at(start, end))
                for name, (start, end) in parts
            ),
            legend=self._meanings_of(slot.square.words, column.header, clean.marks),
            header_legend=column.legend,
            places=clean.places,
            marked=tuple(zip(clean.marks, clean.ends, strict=True)),
        )

    def _meanings_of(self, words: str, header: str, marks: tuple[str, ...]) -> tuple[tuple[str, str, Span], ...]:
        key = (words, header, marks)
        if key not in self._meanings:
            self._meanings[key] = self._legend.meanings(words, header, marks)
        return self._meanings[key]


def _one_line(words: str) -> str:
    return words.replace("\n", " ")

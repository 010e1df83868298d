"""Documents made of literal tables, for tests."""

from litreview.model.clock import Clock
from litreview.model.document import Cell, Document, Span, Table
from litreview.model.eligibility import Eligibility
from litreview.model.topic import Analyte, Topic
from litreview.model.vocabulary import Entry, Vocabulary
from litreview.resources import rules_dir
from litreview.rules.yaml_text import read_yaml

DOWN, ACROSS = "^^", "<<"  # a cell that the one above, or to the left, reaches into


def document(rows, *, heads=1, caption="", foot=(), text="The patient was treated."):
    """A document with one table; `heads` header rows are marked as such, with 0 none is."""
    words, table = f"{text}\n\n", []
    paragraphs = (Span(0, len(text)),)
    caption_span, words = _added(words, caption) if caption else (None, words)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell in (DOWN, ACROSS):
                continue
            span, words = _added(words, cell)
            table.append(Cell(span, row, column, *_reach(rows, row, column), header=row < heads))
    feet = []
    for paragraph in foot:
        span, words = _added(words, paragraph)
        feet.append(span)
    whole = Table(Span(len(text) + 2, len(words)), tuple(table), caption=caption_span, foot=tuple(feet))
    return Document("made", "fulltext", "text", "made", words, paragraphs=paragraphs, tables=(whole,))


def lines(table, **more):
    """The same from lines of cells parted by "|"."""
    return document([[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()], **more)


def topic(*vocabularies, analytes=()):
    """A topic with the shipped words for tables, and what a test needs."""
    folder = rules_dir() / "common" / "vocabularies"
    shipped = [Vocabulary.model_validate(read_yaml(folder / f"table_{kind}.yaml")) for kind in ("headers", "cells")]
    return Topic(
        name="made",
        title="made",
        question="made",
        version="1",
        clock=Clock(index="graft", start="drug"),
        events=(),
        eligibility=Eligibility(question="", case_needs=(), exclusions=()),
        vocabularies={vocabulary.name: vocabulary for vocabulary in (*shipped, *vocabularies)},
        analytes=analytes,
    )


def vocabulary(name, **entries):
    """A vocabulary from value and terms."""
    return Vocabulary(name=name, entries=tuple(Entry(value=value, terms=terms) for value, terms in entries.items()))


HB = Analyte(name="hb", unit="g/dL", terms=("haemoglobin", "hemoglobin", "Hb"), units={"g/L": 0.1}, plausible=(1, 25))
PLT = Analyte(name="plt", unit="10^9/L", terms=("platelets", "Plt"), units={}, plausible=(0, 2000))


def _added(words, cell):
    return Span(len(words), len(words) + len(cell)), f"{words}{cell}\n"


def _reach(rows, row, column):
    down = across = 1
    while row + down < len(rows) and rows[row + down][column] == DOWN:
        down += 1
    while column + across < len(rows[row]) and rows[row][column + across] == ACROSS:
        across += 1
    return down, across

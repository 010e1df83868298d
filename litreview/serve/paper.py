"""A document cut into blocks a page can show, with the words that support values marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from litreview.model.document import Cell, Document, Span, Table
from litreview.serve.licence import may_show_whole
from litreview.serve.visible import visible

BlockKind = Literal["heading", "title", "paragraph", "caption", "other", "table"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a document that is to be marked; `anchor` names it on the page."""

    span: Span
    anchor: str
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks, from `at` in its document on; `opens` are those that begin with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: frozenset[str] = frozenset()
    at: int = 0


@dataclass(frozen=True, slots=True)
class Square:
    """A table's cell with its pieces."""

    pieces: tuple[Piece, ...]
    header: bool
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or table. `gap`: something was left out before it."""

    kind: BlockKind
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    rows: tuple[tuple[Square, ...], ...] = ()
    caption: tuple[Piece, ...] = ()
    label: str = ""
    foot: tuple[tuple[Piece, ...], ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as its page shows it: whole, or where its licence does not say so only the passages with marks."""

    document_id: str
    kind: str
    source: str
    licence: str
    whole: bool
    blocks: tuple[Block, ...] = field(default=())


def show(document: Document, marks: Iterable[Mark]) -> Paper:
    """The document's blocks in order; every mark inside the text shows, whatever holds it."""
    inside = sorted({mark for mark in marks if 0 <= mark.span.start < mark.span.end <= len(document.text)})
    whole = may_show_whole(document.licence)
    blocks = tuple(_blocks(document, inside) if whole else _passages(document, inside))
    said = {n for n, (block, next_one) in enumerate(pairwise(blocks)) if _says_label(block, next_one)}
    kept = tuple(block for n, block in enumerate(blocks) if n not in said)
    return Paper(document.document_id, document.kind, document.source, document.licence, whole, kept)


def cut(text: str, span: Span, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The text of a span in pieces, a new one wherever a mark begins or ends."""
    here = [mark for mark in marks if mark.span.overlaps(span)]
    edges = {span.start, span.end}
    for mark in here:
        edges |= {max(mark.span.start, span.start), min(mark.span.end, span.end)}
    places = sorted(edges)
    return tuple(
        Piece(
            visible(text[start:end]),
            tuple(mark for mark in here if mark.span.start <= start and end <= mark.span.end),
            frozenset(mark.anchor for mark in here if mark.span.start == start),
            start,
        )
        for start, end in pairwise(places)
    )


def _says_label(block: Block, table: Block) -> bool:
    """Whether a heading says nothing but the label that the table below it bears anyway."""
    return (
        block.kind == "heading"
        and table.kind == "table"
        and not any(piece.marks for piece in block.pieces)
        and "".join(piece.text for piece in block.pieces).strip() == table.label
    )


def _blocks(document: Document, marks: Sequence[Mark]) -> Iterator[Block]:
    """Paragraphs and tables in order, and between them all that a reader put into neither, headings above all."""
    at = 0
    for span, table in _parts(document):
        if span.start < at:
            continue
        yield from _between(document, Span(at, span.start), marks)
        yield _table(document, table, marks) if table else _paragraph(document, span, marks)
        at = span.end
    yield from _between(document, Span(at, len(document.text)), marks)


def _parts(document: Document) -> list[tuple[Span, Table | None]]:
    tables = [(table.span, table) for table in document.tables]
    running = [
        (span, None)
        for span in document.paragraphs
        if len(span) and not any(span.overlaps(table.span) for table in document.tables)
    ]
    return sorted([*tables, *running], key=lambda part: (part[0].start, -part[0].end))


def _paragraph(document: Document, span: Span, marks: Sequence[Mark]) -> Block:
    section = document.section_at(span.start)
    known: dict[str, BlockKind] = {"title": "title", "caption": "caption"}
    return Block(known.get(section.kind if section else "", "paragraph"), cut(document.text, span, marks))


def _between(document: Document, span: Span, marks: Sequence[Mark]) -> Iterator[Block]:
    levels = {section.title: len(section.path) for section in document.sections if section.title}
    for line in re.finditer(r"\S[^\n]*", document[span]):
        place = Span(span.start + line.start(), span.start + line.end())
        level = levels.get(document[place].strip(), 0)
        yield Block("heading" if level else "other", cut(document.text, place, marks), level)


def _table(document: Document, table: Table, marks: Sequence[Mark], keep: frozenset[int] | None = None) -> Block:
    rows: dict[int, list[Square]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if keep is None or cell.row in keep:
            rows.setdefault(cell.row, []).append(_square(document, cell, marks, spans=keep is None))
    foot = [*table.foot, *_loose(document, table, marks)]
    return Block(
        "table",
        rows=tuple(tuple(row) for row in rows.values()),
        caption=cut(document.text, table.caption, marks) if table.caption else (),
        label=visible(table.label),
        foot=tuple(cut(document.text, span, marks) for span in foot),
    )


def _square(document: Document, cell: Cell, marks: Sequence[Mark], *, spans: bool) -> Square:
    """A cell may reach over rows only where these are all shown."""
    return Square(
        cut(document.text, cell.span, marks),
        cell.header,
        min(cell.rowspan, 200) if spans else 1,
        min(cell.colspan, 200),
    )


def _loose(document: Document, table: Table, marks: Sequence[Mark]) -> list[Span]:
    """Marked words of a table that are in no cell, caption or foot, or in several cells at once."""
    held = [*(cell.span for cell in table.cells), *table.foot, *([table.caption] if table.caption else [])]
    return [
        mark.span for mark in marks if mark.span in table.span and not any(mark.span.overlaps(span) for span in held)
    ]


_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[)\]\"'”’]*\s+(?=[\"'“(\[]*[A-ZÀ-Þ0-9])")
_LONGEST = 400


def _passages(document: Document, marks: Sequence[Mark]) -> Iterator[Block]:
    """The sentences and table rows with marks, and nothing else."""
    parts = _parts(document)
    inside = [part for part in parts if any(mark.span.overlaps(part[0]) for mark in marks)]
    loose = [mark.span for mark in marks if not any(mark.span.overlaps(span) for span, _ in parts)]
    for span, table in sorted([*inside, *((span, None) for span in loose)], key=lambda part: part[0].start):
        here = [mark for mark in marks if mark.span.overlaps(span)]
        if table:
            keep = frozenset(cell.row for cell in table.cells if cell.header or _any(here, cell.span))
            yield _quoted(document, table, here, keep)
            continue
        for sentence in _around(document, span, here):
            yield Block("paragraph", cut(document.text, sentence, here), gap=True)


def _quoted(document: Document, table: Table, marks: Sequence[Mark], keep: frozenset[int]) -> Block:
    block = _table(document, table, marks, keep)
    return Block(
        "table",
        rows=block.rows,
        caption=block.caption if table.caption and _any(marks, table.caption) else (),
        label=block.label,
        foot=tuple(pieces for pieces in block.foot if any(piece.marks for piece in pieces)),
        gap=True,
    )


def _any(marks: Sequence[Mark], span: Span) -> bool:
    return any(mark.span.overlaps(span) for mark in marks)


def _around(document: Document, block: Span, marks: Sequence[Mark]) -> Iterator[Span]:
    """The sentences of a block with marks, neighbours joined; a very long one is cut around the mark."""
    ends = [block.start + match.end() for match in _SENTENCE_ENDS.finditer(document[block])]
    bounds = [block.start, *ends, block.end]
    found: list[Span] = []
    for mark in marks:
        start = max(bound for bound in bounds if bound <= max(mark.span.start, block.start))
        end = min(bound for bound in bounds if bound >= min(mark.span.end, block.end))
        span = Span(max(start, mark.span.start - _LONGEST), min(end, mark.span.end + _LONGEST))
        span = Span(max(span.start, block.start), span.end)
        if found and span.start <= found[-1].end:
            found[-1] = found[-1].joined(span)
        else:
            found.append(span)
    yield from found

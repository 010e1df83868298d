"""Build a document: one text that grows block by block, while spans remember what is where."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from litreview.model.document import Cell, Document, DocumentKind, Section, SectionKind, Span, Table
from litreview.readers.table_grid import Placed

# Everything that prints as a blank, besides ASCII: no-break, figure, thin, hair and ideographic spaces, and the
# zero-width ones that publishers leave between words.
_WHITE = re.compile(r"[\s\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+")


def fold(text: str) -> str:
    """White space of every kind as single blanks, none at the ends."""
    return " ".join(text.split()) if text.isascii() else _WHITE.sub(" ", text).strip()


@dataclass
class Builder:
    """A document in the making. Blocks are parted by blank lines; sections are opened and closed around them."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Span] = field(default_factory=list)
    _paragraphs: list[Span] = field(default_factory=list)
    _sections: list[tuple[int, Section]] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _open: list[tuple[SectionKind, str]] = field(default_factory=list)
    _opened: int = 0

    @property
    def kind(self) -> SectionKind | None:
        """The kind of the innermost open section."""
        return self._open[-1][0] if self._open else None

    @property
    def paragraph_count(self) -> int:
        """How many paragraphs there are so far."""
        return len(self._paragraphs)

    def has_only(self, kind: SectionKind) -> bool:
        """Whether all top sections closed so far, besides title and back matter, are of one kind."""
        kinds = {section.kind for _, section in self._sections if len(section.path) < 2}
        return kind in kinds and kinds <= {kind, "title", "back"}

    def note(self, text: str) -> Span | None:
        """Add a block that is not running text: a heading, a label, a reference."""
        words = fold(text)
        return self._append(words) if words else None

    def paragraph(self, text: str) -> Span | None:
        """Add a block of running text; inside a `back` section it is kept as a note."""
        span = self.note(text)
        if span and not any(kind == "back" for kind, _ in self._open):
            self._paragraphs.append(span)
        return span

    @contextmanager
    def section(self, kind: SectionKind, heading: str = "", *, printed: bool = True) -> Iterator[None]:
        """Everything added inside belongs to the section; one that stays empty is forgotten.

        A heading that is not `printed` goes into the path alone.
        """
        words = fold(heading)
        if words and printed:
            self.note(words)
        order, first = self._opened, len(self._blocks)
        self._opened += 1
        self._open.append((kind, words))
        try:
            yield
        finally:
            path = tuple(title for _, title in self._open if title)
            self._open.pop()
            if len(self._blocks) > first:
                span = Span(self._blocks[first].start, self._blocks[-1].end)
                self._sections.append((order, Section(kind, span, path)))

    def caption(self, label: str, text: str) -> None:
        """Add a figure's legend as a paragraph of a section of its own."""
        with self.section("caption", label):
            self.paragraph(text)

    def table(self, label: str, caption: str, grids: Sequence[Sequence[Placed]], foot: Sequence[str]) -> None:
        """Add a table, rows on lines and cells parted by tabs; several grids under one caption are several tables.

        A table without cells (a picture) leaves caption and foot as paragraphs of kind `caption`.
        """
        if not any(grids):
            with self.section("caption", label):
                for words in (caption, *foot):
                    self.paragraph(words)
            return
        with self.section("table", label):
            head = self.note(caption)
            cells = [self._cells(grid) for grid in grids if grid]
            feet = tuple(span for words in foot if (span := self.note(words)))
            spans = [span for span in (head, *feet) if span] + [cell.span for grid in cells for cell in grid]
            whole = Span(min(span.start for span in spans), max(span.end for span in spans))
            self._tables.extend(Table(whole, grid, fold(label), head, feet) for grid in cells)

    def build(self, *, kind: DocumentKind, format: str, source: str, licence: str = "") -> Document:
        """The finished document; its id comes from kind and text alone, so it is the same in any format."""
        text = "".join(self._parts)
        ordered = sorted(self._sections, key=lambda entry: (entry[1].span.start, -entry[1].span.end, entry[0]))
        return Document(
            document_id=document_id(kind, text),
            kind=kind,
            format=format,
            source=source,
            text=text,
            sections=tuple(section for _, section in ordered),
            paragraphs=tuple(self._paragraphs),
            tables=tuple(self._tables),
            licence=licence,
        )

    def _append(self, words: str, separator: str = "\n\n") -> Span:
        span = self._write(words, separator)
        self._blocks.append(span)
        return span

    def _write(self, words: str, separator: str) -> Span:
        if self._length:
            self._parts.append(separator)
            self._length += len(separator)
        span = Span(self._length, self._length + len(words))
        self._parts.append(words)
        self._length = span.end
        return span

    def _cells(self, grid: Sequence[Placed]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        row = -1
        for place in grid:
            separator = "\t" if place.row == row else "\n\n" if row < 0 else "\n"
            span = self._write(fold(place.text), separator)
            cells.append(Cell(span, place.row, place.column, place.rowspan, place.colspan, place.header))
            row = place.row
        self._blocks.append(Span(cells[0].span.start, cells[-1].span.end))
        return tuple(cells)


def document_id(kind: DocumentKind, text: str) -> str:
    """An id made from content: `d` and 16 hexadecimal digits."""
    return "d" + hashlib.sha256(f"{kind}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

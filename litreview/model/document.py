"""A document: one text, and spans of it that say what is where."""

from collections.abc import Iterator
from typing import Literal

from litreview.model.values import dataclass

SectionKind = Literal[
    "title", "abstract", "introduction", "methods", "case", "results", "discussion", "table", "caption", "back", "other"
]
DocumentKind = Literal["abstract", "fulltext"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a document's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: "Span | int") -> bool:
        if isinstance(other, int):
            return self.start <= other < self.end
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def joined(self, other: "Span") -> "Span":
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the text.

    `span` covers the body without its subsections' headings being removed; `path` are the headings from the outermost
    in, as printed. Nested sections overlap: the innermost one that holds a position is the position's section.
    """

    kind: SectionKind
    span: Span
    path: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The section's own heading, empty where it has none."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its words in the document's text, and the grid places it covers."""

    span: Span
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption, cells in reading order, and the foot's paragraphs.

    Rows and columns count from 0 over the whole grid, header rows first. All spans are spans of the document's text.
    """

    span: Span
    cells: tuple[Cell, ...]
    label: str = ""
    caption: Span | None = None
    foot: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One text of one report, as a reader found it.

    `document_id` is made from the content, so the same file read twice is the same document. `paragraphs` are the
    running text's blocks in order (title, abstract paragraphs, body paragraphs, captions); text inside tables is in
    none of them.
    """

    document_id: str
    kind: DocumentKind
    format: str
    source: str
    text: str
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    licence: str = ""

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def section_at(self, position: int) -> Section | None:
        """The innermost section that holds a position."""
        best: Section | None = None
        for section in self.sections:
            span = section.span
            if span.start <= position < span.end and (best is None or len(span) <= len(best.span)):
                best = section
        return best

    def headings(self) -> Iterator[str]:
        """Every section's heading, in order."""
        return (section.title for section in self.sections if section.title)

"""Tables as people and headers: each patient's entries, whichever way the table is laid out."""

from litreview.model.document import Span
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of one person in a table.

    `header` is the header's words, all header rows joined by " | ", with footnote marks removed; `words` the cell's,
    likewise. `parts` splits both where they split alike ("Type, day" over "ES, 171"): pairs of header part and cell
    part, each part with its span in the document; a part's header begins with the header rows above it. `legend` gives
    what the abbreviations in the cell mean under this header, as (abbreviation, meaning, span of the legend's words),
    then what its footnote marks refer to, as (mark, meaning, span); `header_legend` does the same for the header.
    `places` gives the document's position of each character of `words`, and is empty where the words are the
    document's own from `span.start` on. `marked` are the cell's footnote marks, each with the place in `words` after
    which it stood.
    """

    header: str
    header_spans: tuple[Span, ...]
    words: str
    span: Span
    parts: tuple[tuple[str, str, Span], ...] = ()
    legend: tuple[tuple[str, str, Span], ...] = ()
    header_legend: tuple[tuple[str, str, Span], ...] = ()
    places: tuple[int, ...] = ()
    marked: tuple[tuple[str, int], ...] = ()

    def at(self, start: int, end: int) -> Span:
        """The document's span of the words from `start` to `end`."""
        if self.places and end > start:
            return Span(self.places[start], self.places[end - 1] + 1)
        return Span(self.span.start + start, self.span.start + end)


@dataclass(frozen=True, slots=True)
class Person:
    """A patient's row (or column): its label as printed, and the entries in the order of the table.

    The label is empty where nothing names the row and only age or sex tell that it is one patient.
    `cites` is the reference where the row tells of another paper's patient, else empty.
    """

    label: str
    label_span: Span
    entries: tuple[Entry, ...]
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table turned to people; `people` is empty for a table that is not about single patients."""

    table: int
    people: tuple[Person, ...]

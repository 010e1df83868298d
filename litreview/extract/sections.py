"""Sections by position: which of a document's nested parts a place stands in."""

from bisect import bisect_right

from litreview.model.document import Document, Section


class Sections:
    """Says what `document.section_at` says, without a look at every section each time."""

    def __init__(self, document: Document) -> None:
        edges = sorted({edge for section in document.sections for edge in (section.span.start, section.span.end)})
        self._edges = edges
        self._innermost: list[Section | None] = [None] * (len(edges) + 1)
        rank = {edge: place for place, edge in enumerate(edges, start=1)}
        for section in sorted(document.sections, key=lambda section: -len(section.span)):
            for place in range(rank[section.span.start], rank[section.span.end]):
                self._innermost[place] = section

    def at(self, position: int) -> Section | None:
        """The innermost section that holds a position."""
        return self._innermost[bisect_right(self._edges, position)]

"""The words of a cell, or of a part of it, as rules read them: with places in the document and abbreviations."""

import re
from collections.abc import Iterator
from dataclasses import replace

from litreview.extract.tables.grid import Entry
from litreview.model.document import Span
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class CellText:
    """Words of an entry under a header (or a header's part), standing at `span`.

    `legend` are spans of legend words already used. `exact` is false where the words are not the document's, so that
    only the whole span can support a value. Words that were narrowed keep what stood around them in `before` and
    `after`, since a sign or a unit may stand there.
    """

    entry: Entry
    header: str
    words: str
    span: Span
    legend: tuple[Span, ...] = ()
    exact: bool = True
    before: str = ""
    after: str = ""

    def at(self, start: int, end: int) -> Span:
        """The document's span of the words from `start` to `end`."""
        if not self.exact or end <= start:
            return self.span
        if len(self.words) == len(self.span):
            return Span(self.span.start + start, self.span.start + end)
        return self._through_places(start, end)

    def part(self, start: int, end: int) -> "CellText":
        """The words from `start` to `end`, without white space around them."""
        words = self.words[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        end = start + len(words)
        before, after = self.before + self.words[:start], self.words[end:] + self.after
        return replace(self, words=words, span=self.at(start, end), before=before, after=after)

    def abbreviations(self) -> Iterator[tuple[int, int, str, Span]]:
        """Where the legend's abbreviations stand in the words, with meaning and the legend's span."""
        taken: set[int] = set()
        for short, meaning, span in sorted(self.entry.legend, key=lambda item: -len(item[0])):
            if short and short[0].isalnum():
                for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(short)}s?(?![A-Za-z0-9])", self.words):
                    if taken.isdisjoint(range(*match.span())):
                        taken.update(range(*match.span()))
                        yield match.start(), match.end(), meaning, span

    def _through_places(self, start: int, end: int) -> Span:
        """Through the entry's places where the part begins at one of them; else the whole span."""
        places = self.entry.places
        if self.span.start not in places:
            return self.span
        first = places.index(self.span.start)
        if first + end > len(places):
            return self.span
        return Span(places[first + start], places[first + end - 1] + 1)


def resolved(text: CellText) -> CellText:
    """The words with every abbreviation spelled out; `legend` tells which of the legend's words were used."""
    words, used = text.words, []
    for start, end, meaning, span in sorted(text.abbreviations(), key=lambda found: -found[0]):
        words = words[:start] + meaning + words[end:]
        used.append(span)
    return replace(text, words=words, legend=tuple(used), exact=not used) if used else text

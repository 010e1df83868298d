"""The words of a cell, or of a part of it, as rules read them: with places in the document and abbreviations."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from litreview.extract.sieves import may_hold
from litreview.extract.tables.cells import is_missing
from litreview.extract.tables.grid import Entry
from litreview.extract.tables.heads import Head, head_of
from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.values import dataclass


class Cell:
    """An entry as rules read it: what stands over it, and its texts, each made once for all rules."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._parts: dict[int, CellText] = {}

    @cached_property
    def head(self) -> Head:
        """The words over it."""
        return head_of(self.entry)

    def asked(self, headers: Sieve) -> frozenset[Pattern]:
        """The headers of rules under which the cell may be read: what stands over it holds them, or a footnote may."""
        asked = self.head.asked(headers)
        if not self.entry.marked:
            return asked
        return asked.union(*(may_hold(meaning, headers) for _, meaning, _ in self.entry.legend))

    @cached_property
    def whole(self) -> "CellText":
        """All words of it."""
        return CellText(self.entry, self.entry.header, self.entry.words, self.entry.span)

    def part(self, number: int) -> "CellText":
        """The words of one of its parts."""
        if number not in self._parts:
            self._parts[number] = CellText(self.entry, *self.entry.parts[number])
        return self._parts[number]


_SHORT = 64  # letters, of a cell that `re` searches in less time than it takes to ask whether that is worth while


@dataclass(frozen=True)
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
        return CellText(self.entry, self.header, words, self.at(start, end), self.legend, self.exact, before, after)

    def search(self, pattern: Pattern) -> re.Match[str] | None:
        """The first match in the words."""
        return (pattern.compiled if len(self.words) < _SHORT else pattern).search(self.words)

    @cached_property
    def says_nothing(self) -> bool:
        """Whether the words say that nothing is known."""
        return is_missing(self.words, self.entry.legend, self.header)

    @cached_property
    def abbreviations(self) -> tuple[tuple[int, int, str, Span], ...]:
        """Where the legend's abbreviations stand in the words, with meaning and the legend's span."""
        return tuple(self._abbreviations())

    def _abbreviations(self) -> Iterator[tuple[int, int, str, Span]]:
        taken: set[int] = set()
        for short, meaning, span in sorted(self.entry.legend, key=lambda item: -len(item[0])):
            if short and short[0].isalnum() and short in self.words:
                for match in _whole(short).finditer(self.words):
                    if taken.isdisjoint(range(*match.span())):
                        taken.update(range(*match.span()))
                        yield match.start(), match.end(), meaning, span

    @property
    def resolved(self) -> "CellText":
        """The words with every abbreviation spelled out; `legend` tells which of the legend's words were used."""
        return (self._resolved or self) if self.entry.legend else self

    @cached_property
    def _resolved(self) -> "CellText | None":
        words, used = self.words, []
        for start, end, meaning, span in sorted(self.abbreviations, key=lambda found: -found[0]):
            words = words[:start] + meaning + words[end:]
            used.append(span)
        return self.reworded(words, tuple(used)) if used else None

    def reworded(self, words: str, legend: tuple[Span, ...]) -> "CellText":
        """Other words for these, by the legend's words at the spans."""
        return CellText(self.entry, self.header, words, self.span, legend, False, self.before, self.after)

    def _through_places(self, start: int, end: int) -> Span:
        """Through the entry's places where the part begins at one of them; else the whole span."""
        places = self.entry.places
        if self.span.start not in places:
            return self.span
        first = places.index(self.span.start)
        if first + end > len(places):
            return self.span
        return Span(places[first + start], places[first + end - 1] + 1)


@lru_cache(maxsize=1024)
def _whole(short: str) -> re.Pattern[str]:
    """An abbreviation as a word of its own, in the plural too."""
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(short)}s?(?![A-Za-z0-9])")

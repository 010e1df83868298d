"""What stands over an entry of a table, and which headers of rules are in it."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from litreview.extract.sieves import may_hold
from litreview.extract.tables.grid import Entry
from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve


@dataclass(frozen=True, slots=True)
class Fit:
    """Where in a head the header of a rule is.

    `named` are the numbers of all parts whose names hold it, `parts` of those that the rule asks for. `printed` says
    that the column's header holds it as printed, `whole` that it does so as printed or spelled out.
    """

    named: tuple[int, ...]
    parts: tuple[int, ...]
    printed: bool
    whole: bool


@dataclass(frozen=True)
class Head:
    """The words over an entry: its header, the names of its parts, and the header with abbreviations spelled out.

    A column has one for all of its entries, so that rules look for their headers once.
    """

    header: str
    names: tuple[str, ...]
    spelled: str

    @property
    def words(self) -> tuple[str, ...]:
        """All words that a rule may take for the header."""
        return (self.header, *self.names, *([self.spelled] if self.spelled else ()))

    @cached_property
    def repeats(self) -> bool:
        """Whether several parts have one name ("AIHA (+71), AIT (+103)")."""
        return len(set(self.names)) < len(self.names)

    def asked(self, headers: Sieve) -> frozenset[Pattern]:
        """The headers of rules that are in these words."""
        if headers not in self._asked:
            self._asked[headers] = frozenset(self._look_for(headers))
        return self._asked[headers]

    @cached_property
    def _asked(self) -> dict[Sieve, frozenset[Pattern]]:
        return {}

    def _look_for(self, headers: Sieve) -> Set[Pattern]:
        """The same, looked for; where each of them is in the words is kept."""
        found: dict[Pattern, set[str]] = {}
        for words in self.words:
            for pattern in _held(words, headers):
                found.setdefault(pattern, set()).add(words)
        self._fits.update((pattern, self._fit(there)) for pattern, there in found.items())
        return found.keys()

    def fit(self, header: Pattern) -> Fit:
        """Where the header of a rule is in these words."""
        if header not in self._fits:
            self._fits[header] = self._fit({words for words in self.words if header.search(words)})
        return self._fits[header]

    @cached_property
    def _fits(self) -> dict[Pattern, Fit]:
        return {}

    def _fit(self, there: set[str]) -> Fit:
        named = tuple(number for number, name in enumerate(self.names) if name in there)
        parts = tuple(number for number in named if self._asks_for(self.names[number], there))
        printed = self.header in there
        return Fit(named, parts, printed, printed or bool(self.spelled and self.spelled in there))

    def _asks_for(self, name: str, there: set[str]) -> bool:
        """Whether a rule asks for a part: for "Response (day)" only where it does not ask for the response itself."""
        measured = next((other for other in self.names if name.startswith(f"{other} (")), "")
        return measured not in there if measured else not self._is_of_earlier(name, there)

    def _is_of_earlier(self, name: str, there: set[str]) -> bool:
        """Whether a part in brackets tells of what came before: the responses of "Earlier treatments (response)"."""
        outer = self.names[0]
        bracketed = self.header.endswith(")") and name != outer
        return bracketed and bool(_EARLIER.search(outer)) and outer not in there


_EARLIER = re.compile(r"\b(?:prior|previous(?:ly)?|earlier|before|preceding|failed)\b", re.IGNORECASE)


# Parts of several columns have one name.
@lru_cache(maxsize=1024)
def _held(words: str, headers: Sieve) -> tuple[Pattern, ...]:
    """The headers of rules that are in some words."""
    return tuple([pattern for pattern in may_hold(words, headers) if pattern.compiled.search(words)])


def head_of(entry: Entry) -> Head:
    """The words over an entry."""
    return _head(entry.header, tuple(name for name, _, _ in entry.parts), entry.header_legend)


# Many entries stand under one header, in the rows of a table.
@lru_cache(maxsize=1024)
def _head(header: str, names: tuple[str, ...], legend: tuple[tuple[str, str, Span], ...]) -> Head:
    return Head(header, names, _spelled_out(header, legend) if legend else "")


def _spelled_out(header: str, legend: tuple[tuple[str, str, Span], ...]) -> str:
    """The header with the meanings of its abbreviations in their place."""
    words = header
    for short, meaning, _ in legend:
        if short[0].isalnum():
            words = meaning.join(re.split(rf"(?<![A-Za-z0-9]){re.escape(short)}(?![A-Za-z0-9])", words))
    return words

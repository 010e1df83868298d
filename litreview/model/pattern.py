"""A pattern of the rules: compiled when it is first needed, tried only on texts that hold what it cannot do without."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from litreview.model.literals import Need, grams, needs, words_in

LONG = 5_000  # characters beyond which a text holds nearly every group, and its groups much memory
_LETTER = re.compile("[\U000f0000-\U0010ffff]")


class Alternatives:
    """Expressions of which any may stand at a place in a pattern, tried in this order."""

    def __init__(self, expression: str, parts: tuple[str, ...]) -> None:
        self.expression = expression
        self._parts = parts

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of which any match holds one; empty where none can be told."""
        found = [words_in(part) for part in self._parts]
        return frozenset[str]().union(*found) if all(found) else frozenset()


class Pattern:
    """Searches like a compiled `re.Pattern`, without regard to case, and finds the same.

    `template` is the expression with a letter of Unicode's last planes, which nobody prints, for each of the
    `alternatives`. Most patterns need a word that most texts lack, so a look at the text's letter groups spares the
    search, and often the compiling.
    """

    def __init__(self, template: str, alternatives: Mapping[str, Alternatives] | None = None) -> None:
        self.template = template
        self._alternatives = alternatives or {}

    def __reduce__(self) -> tuple[object, ...]:
        """What has been compiled stays in its process."""
        return Pattern, (self.template, self._alternatives)

    @property
    def expression(self) -> str:
        """The whole regular expression."""
        return _LETTER.sub(lambda letter: self._alternatives[letter.group()].expression, self.template)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression compiled; `re.error` where it cannot be."""
        return re.compile(self.expression, re.IGNORECASE)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What a text must hold for the pattern to match it: one of each set."""
        return needs(self.template, lambda letter: self._alternatives[letter].words)

    def may_match(self, text: str) -> bool:
        """Whether a text holds all that a match must; where it does not, there is no match."""
        return len(text) > LONG or not self.needs or self.may_match_in(grams(text))

    def may_match_in(self, held: frozenset[bytes]) -> bool:
        """Whether a text of these letter groups holds all that a match must."""
        for need in self.needs:  # noqa: SIM110 - twice as fast as all(), and asked a thousand times a sentence
            if need.isdisjoint(held):
                return False
        return True

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every match in a text, or in a part of it."""
        if end is not None:
            return self.compiled.finditer(text, start, end)
        return self.compiled.finditer(text, start) if self.may_match(text) else iter(())

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match in a text, or in a part of it."""
        if end is not None:
            return self.compiled.search(text, start, end)
        return self.compiled.search(text, start) if self.may_match(text) else None

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self.compiled.match(text, start) if end is None else self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match of the whole text, or of the whole of a part."""
        return self.compiled.fullmatch(text, start) if end is None else self.compiled.fullmatch(text, start, end)


class Sieve:
    """Many patterns asked at once which of them a text may match."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._always = [number for number, pattern in enumerate(patterns) if not pattern.needs]
        self._by_group: dict[bytes, list[int]] = {}
        for number, pattern in enumerate(patterns):
            for group in pattern.needs[0] if pattern.needs else ():
                self._by_group.setdefault(group, []).append(number)

    def passing(self, text: str) -> list[int]:
        """The numbers of the patterns that may match in a text, in order; all others do not."""
        if len(text) > LONG:
            return list(range(len(self._patterns)))
        held = grams(text)
        met = {number for group in self._by_group.keys() & held for number in self._by_group[group]}
        return sorted([*self._always, *(number for number in met if self._patterns[number].may_match_in(held))])

"""A pattern of the rules: compiled when it is first needed, tried only where a quick look says that it may match."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from litreview.model.loose import loose, plain
from litreview.model.quick_look import Asked, Start, start_of, stretches

_FEW = 16  # letters, of a text that is searched in less time than it takes to ask whether that is worth while
_LETTER = re.compile("[\U000f0000-\U0010ffff]")


class Alternatives:
    """Expressions of which any may stand at a place in a pattern."""

    def __init__(self, ways: Sequence[str]) -> None:
        self._ways = ways

    @cached_property
    def expression(self) -> str:
        """The expression of them all.

        Those side by side that begin at the edge of a word are put together: `re` then looks for the edge once for
        them all, and inside of words, where most letters stand, for none of them.
        """
        together = groupby(self._ways, key=lambda way: way.startswith(r"\b"))
        groups = ("|".join(ways) for _, ways in together)
        return f"(?:{'|'.join(f'(?:{group})' for group in groups)})"

    @cached_property
    def loose(self) -> str:
        """The looser expression of them all."""
        return f"(?:{loose('|'.join(self._ways))})"

    @cached_property
    def edgeless(self) -> str:
        """The looser expression of them all, wherever in a text they stand."""
        return f"(?:{loose('|'.join(self._ways), edges=False)})"


class Pattern:
    """Searches like a compiled `re.Pattern`, without regard to case, and finds the same.

    `template` is the expression with a letter of Unicode's last planes, which nobody prints, for each of the
    `alternatives`. Most patterns match few texts, so a quick look with a looser expression spares the search, and often
    the compiling.
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
    def loose(self) -> str:
        """An expression for RE2 that matches wherever the pattern does."""
        return loose(self.template, lambda letter: self._alternatives[letter].loose)

    @cached_property
    def edgeless(self) -> str:
        """An expression for RE2 that matches wherever the pattern does in any part of a text, taken for itself."""
        return loose(self.template, lambda letter: self._alternatives[letter].edgeless, edges=False)

    @cached_property
    def _start(self) -> Start:
        return start_of(self.loose)

    @cached_property
    def _start_edgeless(self) -> Start:
        return start_of(self.edgeless)

    def take(self, start: Start) -> None:
        """Take over what finds the looser expression, from a sieve that has compiled it already."""
        vars(self).setdefault("_start", start)

    def may_match(self, text: str) -> bool:
        """Whether the pattern may match in a text, or in a longer one from where this begins; if not, it does not."""
        form = plain(text)
        return form is None or self._start(form, 0) is not None

    def may_match_within(self, text: str) -> bool:
        """Whether the pattern may match in any part of a text, taken for itself."""
        form = plain(text)
        return form is None or self._start_edgeless(form, 0) is not None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every match in a text, or in a part of it.

        RE2 says where the looser expression matches first: before that place the pattern does not, and `re`, which
        takes long over every letter, need not try.
        """
        end = len(text) if end is None else end
        form = self._form(text, start, end)
        place = start
        while form is not None:
            first = self._start(form, place - start)
            match = None if first is None else self.compiled.search(text, start + first, end)
            if match is None:
                return
            if match.start() == match.end():  # where `re` goes on behind a match of nothing, it knows best itself
                break
            yield match
            place = match.end()
        yield from self.compiled.finditer(text, place, end)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match in a text, or in a part of it."""
        end = len(text) if end is None else end
        form = self._form(text, start, end)
        first = 0 if form is None else self._start(form, 0)
        return None if first is None else self.compiled.search(text, start + first, end)

    def _form(self, text: str, start: int, end: int) -> bytes | None:
        """What RE2 is to be asked of: `None` where `re` does as well alone."""
        return plain(text[start:end]) if end - start >= _FEW or "compiled" not in vars(self) else None

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self.compiled.match(text, start) if end is None else self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match of the whole text, or of the whole of a part."""
        return self.compiled.fullmatch(text, start) if end is None else self.compiled.fullmatch(text, start, end)


class Sieve:
    """Many patterns asked at once which of them a text may match."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)

    @cached_property
    def _asked(self) -> Asked:
        made = Asked([pattern.loose for pattern in self.patterns])
        for number, start in made.starts():
            self.patterns[number].take(start)
        return made

    def passing(self, text: str) -> Sequence[int]:
        """The numbers of the patterns that may match in a text, in order; all others do not."""
        form = plain(text)
        return range(len(self.patterns)) if form is None else self._asked.matching(form)

    def passing_each(self, texts: Sequence[str]) -> list[Sequence[int]]:
        """The same of several texts, which takes less time than to ask for one after the other."""
        forms = [plain(text) for text in texts]
        told = iter(self._asked.each([form for form in forms if form is not None]))
        return [range(len(self.patterns)) if form is None else next(told) for form in forms]

    @cached_property
    def _start_edgeless(self) -> Start:
        return start_of("|".join(f"(?:{pattern.edgeless})" for pattern in self.patterns))

    def may_match_within(self, text: str) -> bool:
        """Whether any of the patterns may match in any part of a text, taken for itself."""
        form = plain(text)
        return form is None or self._start_edgeless(form, 0) is not None

    @cached_property
    def _all(self) -> frozenset[Pattern]:
        return frozenset(self.patterns)

    def silent_in(self, texts: Sequence[str]) -> list[frozenset[Pattern]]:
        """The patterns that do not match in each of several texts, nor in any part of it that ends where it does."""
        return [
            self._all.difference([self.patterns[number] for number in passing]) if passing else self._all
            for passing in self.passing_each(texts)
        ]

    @cached_property
    def _find(self) -> Callable[[bytes], Iterator[tuple[int, int]]]:
        return stretches([pattern.loose for pattern in self.patterns])

    def stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Where patterns may match, in order: a match begins in one of these stretches, or where an empty one is."""
        form = plain(text)
        return iter([(0, len(text))]) if form is None else self._find(form)

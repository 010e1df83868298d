"""Which of many loose expressions match a text in its plain form, asked of RE2 at once."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import re2

from litreview.model.loose import ANYTHING

Ask = Callable[[bytes], Sequence[int]]
"""The numbers, in order, of the expressions that match a text."""
Start = Callable[[bytes, int], int | None]
"""Where in a text, from a position on, an expression matches first."""

# An automaton asks several expressions in one reading of a text; of many long ones it would grow beyond measure. A
# filter looks for the expressions' words and tries an expression where one of its words stands. "Year or y" has one in
# nearly every text, so of those that are too long for one automaton the ones without longer words are asked by some.
_ALL = 100_000  # letters of all expressions of one automaton
_ALPHABET = b"a b c d e f g h i j k l m n o p q r s t u v w x y z"
_TOGETHER = 20
# What RE2 may keep of one expression's states; with less it forgets those of long vocabularies again and again.
_MEMORY = 64 << 20
_LONG = 30_000  # letters of an expression that lists so many words that it has longer ones


def start_of(expression: str) -> Start:
    """Where one expression matches first; one that is too much for RE2 may match anywhere."""
    try:
        return _start(re2.compile(expression.encode("ascii"), _options()))
    except re2.error:
        return _start(re2.compile(ANYTHING.encode(), _options()))


class Asked:
    """Several expressions, asked at once which of them match a text."""

    def __init__(self, expressions: Sequence[str]) -> None:
        numbers = range(len(expressions))
        few = sum(map(len, expressions)) <= _ALL
        common = list(numbers) if few else _common(expressions)
        groups = [common] if few else [common[first : first + _TOGETHER] for first in range(0, len(common), _TOGETHER)]
        self._automata = [(group, _automaton([expressions[number] for number in group])) for group in groups]
        self._rare = [number for number in numbers if number not in common]
        self._filter = _filter([expressions[number] for number in self._rare])

    def matching(self, form: bytes) -> Sequence[int]:
        """The numbers, in order, of the expressions that match a text."""
        return self.each([form])[0]

    def each(self, forms: Sequence[bytes]) -> list[list[int]]:
        """The same of several texts: one automaton, then the filter, is done with all of them before the next begins.

        Together they are many times what a processor has at hand.
        """
        found: list[list[int]] = [[] for _ in forms]
        for group, ask in self._automata:
            for form, told in zip(forms, found, strict=True):
                told += [group[place] for place in ask(form)]
        if self._rare:
            for form, told in zip(forms, found, strict=True):
                told += [self._rare[place] for place in self._filter.Match(form) or ()]
        return [sorted(told) for told in found]

    def starts(self) -> Iterator[tuple[int, Start]]:
        """Those of the expressions, by number, of which this can say where they match first."""
        return ((number, _start(self._filter.re(place))) for place, number in enumerate(self._rare))


def stretches(expressions: Sequence[str]) -> Callable[[bytes], Iterator[tuple[int, int]]]:
    """Find the stretches that any of the expressions matches, each behind the one before; what begins at all does so
    in one of them.
    """
    try:
        any_of = re2.compile("|".join(f"(?:{expression})" for expression in expressions).encode("ascii"), _options())
    except re2.error:  # too much for RE2: the whole is one stretch
        return lambda form: iter([(0, len(form))])
    search, anywhere = any_of._regexp.Match, re2._Anchor.UNANCHORED  # below the wrapper, as `_start` does

    def find(form: bytes) -> Iterator[tuple[int, int]]:
        place = 0
        while place <= len(form) and (span := search(anywhere, form, place, len(form))[0])[0] >= 0:
            yield span
            place = max(span[1], place + 1)

    return find


def _common(expressions: Sequence[str]) -> list[int]:
    """The numbers of the expressions that a filter would try on nearly every text."""
    short = [number for number, expression in enumerate(expressions) if len(expression) < _LONG]
    made = _filter([expressions[number] for number in short])
    return [short[place] for place in made.Match(_ALPHABET, potential=True) or ()]


def _automaton(expressions: Sequence[str]) -> Ask:
    """Ask an automaton of several expressions and of one that matches always: if not even that does, it is too big."""
    made = re2.Set.SearchSet(_options())
    for expression in (*expressions, ANYTHING):
        _add(made.Add, expression)
    everything = range(len(expressions))
    try:
        made.Compile()
    except re2.error:
        return lambda form: everything

    def ask(form: bytes) -> Sequence[int]:
        found = made.Match(form)
        return sorted(found)[:-1] if found else everything

    return ask


def _filter(expressions: Sequence[str]) -> re2.Filter:
    made = re2.Filter()
    for expression in expressions:
        _add(partial(made.Add, options=_options()), expression)
    made.Compile()
    return made


def _start(made: re2._Regexp) -> Start:
    # The wrapper's `search` makes a generator and a match for every question; what lies below it answers in a third of
    # the time, and is asked some hundred times a page.
    search, anywhere = made._regexp.Match, re2._Anchor.UNANCHORED

    def start(form: bytes, position: int) -> int | None:
        first: int = search(anywhere, form, position, len(form))[0][0]
        return None if first < 0 else first

    return start


def _add(add: Callable[[bytes], int], expression: str) -> None:
    try:
        add(expression.encode("ascii"))
    except re2.error:
        add(ANYTHING.encode())


def _options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _MEMORY
    return options

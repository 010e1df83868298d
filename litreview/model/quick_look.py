"""Which of many loose expressions match a text in its plain form, asked of RE2 at once."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import re2

from litreview.model.loose import ANYTHING

Ask = Callable[[bytes], Sequence[int]]
"""The numbers, in order, of the expressions that match a text."""

# An automaton asks several expressions in one reading of a text; of many it would grow beyond measure. A filter looks
# for the expressions' words and tries an expression where one of its words stands. "Year or y" has one in nearly every
# text, so of many expressions those without longer words are asked by automata.
_ALPHABET = b"a b c d e f g h i j k l m n o p q r s t u v w x y z"
_TOGETHER = 20
# What RE2 may keep of one expression's states; with less it forgets those of long vocabularies again and again.
_MEMORY = 64 << 20
_LONG = 2000  # letters of an expression that lists so many words that it has longer ones


class Alone:
    """Ask for one expression, by the words that it cannot do without."""

    def __init__(self, expression: str) -> None:
        made = _filter([expression])
        self.matches: Callable[[bytes], object] = made.Match
        """True where the expression matches anywhere in a text."""
        self._search = made.re(0).search

    def start(self, form: bytes, position: int) -> int | None:
        """Where in a text, from a position on, the expression matches first."""
        found = self._search(form, position)
        return found.start() if found else None


def asked(expressions: Sequence[str]) -> Ask:
    """Ask for several expressions."""
    if len(expressions) <= _TOGETHER:
        return _automaton(expressions)
    common = _common(expressions)
    groups = [common[start : start + _TOGETHER] for start in range(0, len(common), _TOGETHER)]
    rare = [number for number in range(len(expressions)) if number not in common]
    parts = [(rare, filtered([expressions[number] for number in rare]))]
    parts += [(group, _automaton([expressions[number] for number in group])) for group in groups]
    return lambda form: sorted([numbers[place] for numbers, ask in parts for place in ask(form)])


def filtered(expressions: Sequence[str]) -> Ask:
    """Ask for expressions by the words that they cannot do without."""
    made = _filter(expressions)
    return lambda form: made.Match(form) or ()


def stretches(expressions: Sequence[str]) -> Callable[[bytes], Iterator[tuple[int, int]]]:
    """Find the stretches that any of the expressions matches, each behind the one before; what begins at all does so
    in one of them.
    """
    try:
        any_of = re2.compile("|".join(f"(?:{expression})" for expression in expressions).encode("ascii"), _options())
    except re2.error:  # too much for RE2: the whole is one stretch
        return lambda form: iter([(0, len(form))])
    return lambda form: (match.span() for match in any_of.finditer(form))


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

"""Vocabularies: concepts, the ways in which they are written, and these ways as patterns."""

import re
from collections.abc import Callable, Iterable

from litreview.model.strict import Strict


class Entry(Strict):
    """One concept of a vocabulary and the ways in which it is written.

    `terms` are literal words, matched without regard to case unless they are all capitals of up to four letters;
    `patterns` are regular expressions. `tags` group concepts, so that rules can speak of a class. The name
    of a class says so by `class_of`, the tag of its members; in a list it gives way to any of them. `as_printed` is for
    a family of names that one pattern covers ("RAG1 deficiency"): its value is the words found, and `value` names all.
    """

    value: str
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    class_of: str = ""
    as_printed: bool = False
    definition: str = ""

    def named(self, words: str) -> str:
        """The value that these words of the entry stand for."""
        return " ".join(words.split()) if self.as_printed else self.value


class Vocabulary(Strict):
    """Concepts of one kind, in a file of their own."""

    name: str
    definition: str = ""
    entries: tuple[Entry, ...]


def right_edge(term: str) -> str:
    """What must follow a term for it to end there as a whole word."""
    return r"(?![A-Za-z0-9])" if term[-1].isalnum() else ""


_AT_A_TIME = 4  # letters that are told from others by one look


def any_of(terms: Iterable[str], edge: Callable[[str], str] = right_edge) -> str:
    """A pattern that matches any of the terms, of several that match at a place the first one listed.

    It finds what a plain list of their patterns finds, but where no word begins, or one with another letter, it passes
    at a glance, told by a few letters at a time, and the edges of words, which take long to compile, stand in it once
    for each letter.
    """
    by_letter: dict[str, list[str]] = {}
    for term in terms:
        by_letter.setdefault(term[0].lower() if term[0].isascii() and term[0].isalnum() else "", []).append(term)
    others = [term_pattern(term, edge) for term in by_letter.pop("", ())]
    letters = sorted(by_letter)
    few = ["".join(letters[first : first + _AT_A_TIME]) for first in range(0, len(letters), _AT_A_TIME)]
    ways = [f"(?=[{some}])(?:{'|'.join(f'(?={one}){_edged(by_letter[one], edge)}' for one in some)})" for some in few]
    return "|".join([*([f"{_left_edge('a')}(?:{'|'.join(ways)})"] if ways else ()), *others])


def _edged(terms: list[str], edge: Callable[[str], str]) -> str:
    edges = {edge(term) for term in terms}
    if len(edges) == 1:
        return f"(?:{'|'.join(map(_spelled, terms))}){edges.pop()}"
    return f"(?:{'|'.join(_spelled(term) + edge(term) for term in terms)})"


def term_pattern(term: str, edge: Callable[[str], str] = right_edge) -> str:
    """A term as a pattern: whole words, any white space or hyphen between them, capitals kept for short acronyms."""
    return f"{_left_edge(term)}{_spelled(term)}{edge(term)}"


def _left_edge(term: str) -> str:
    return r"(?<![A-Za-z0-9])" if term[0].isalnum() else ""


def _spelled(term: str) -> str:
    # A hyphen at the end is no joint: without it the words would be another term.
    body = re.sub(r"\\-(?!$)", lambda _: r"[\s\-–]?", re.escape(term)).replace(r"\ ", r"[\s\-–]+")
    return f"(?-i:{body})" if is_acronym(term) else body


def is_acronym(term: str) -> bool:
    """Whether a term is a short acronym, whose capitals count."""
    return len(term) <= 4 and term.isupper()

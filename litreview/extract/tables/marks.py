"""Footnote marks on the words of a table: taken off, and told."""

import re
from bisect import bisect_left
from collections.abc import Container
from dataclasses import replace
from functools import lru_cache

from litreview.model.document import Span
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Clean:
    """A cell's words without footnote marks and with single blanks (line ends stay, as "\\n").

    `places` gives the document's position of each character, and is empty where the words are the document's own from
    `span.start` on. `marks` are the marks taken off, in order, and `ends` where in the words each of them stood.
    """

    words: str
    span: Span
    places: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()

    def at(self, start: int, end: int) -> Span:
        """The document's span of the words from `start` to `end`."""
        if end <= start:
            return Span(self.span.start, self.span.start)
        if not self.places:
            return Span(self.span.start + start, self.span.start + end)
        return Span(self.places[start], self.places[end - 1] + 1)


def clean(raw: str, start: int, letters: frozenset[str] = frozenset(), common: Container[str] = frozenset()) -> Clean:
    """Take footnote marks off a cell that begins at `start` in the document.

    `letters` are the letters that the table's foot uses as marks; a letter glued to a word is one of them unless the
    whole word is among `common`, the words of the running text.
    """
    found = [*_signs(raw), *_letter_marks(raw, letters, common)]
    if not found and raw == " ".join(raw.split()):
        return Clean(raw, Span(start, start + len(raw)))
    kept = _single_blanks(raw, _positions(found))
    found.sort(key=lambda match: match.start())
    made = _clean(raw, start, kept, tuple(match.group().strip("() ") for match in found))
    return replace(made, ends=tuple(bisect_left(kept, match.start()) for match in found)) if found else made


# A star between figures is a multiplication, a dollar before one an amount, a hash before one a label; a raised figure
# after a letter is a citation or a footnote unless the letter is a metre.
_SYMBOLS = re.compile(
    r"(?<![\d\s])\s?[*∗⁎†‡§¶‖✝]+|(?<=\d)(?:[†‡§¶‖✝]+|[*∗⁎]+(?!\s?\d))|^[*∗⁎†‡§¶‖✝]+|\$+(?!\s?\d)|(?<=[\w)])#+(?!\w)"
)
_RAISED = re.compile(r"(?<=[^\W\d_])(?<![mM])[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*|[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ]+")
_SIGN = re.compile(r"[*∗⁎†‡§¶‖✝$#⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ]")


def _signs(raw: str) -> list[re.Match[str]]:
    return [*_SYMBOLS.finditer(raw), *_RAISED.finditer(raw)] if _SIGN.search(raw) else []


def _positions(found: list[re.Match[str]]) -> set[int]:
    return {position for match in found for position in range(match.start(), match.end())}


def _letter_marks(raw: str, letters: frozenset[str], common: Container[str]) -> list[re.Match[str]]:
    if letters.isdisjoint(raw):
        return []
    bracketed, one, several = _letters_as_marks(letters)
    found = list(bracketed.finditer(raw))
    for match in several.finditer(raw):
        last = one.search(
            raw, match.start(), match.end()
        )  # where the word itself ends in another mark's letter: only the last
        glued = [mark for mark in (match, last) if mark and mark.group().islower() and _is_glued(raw, mark, common)]
        found += glued[:1]
    return found


# The cells of a table have the same letters.
@lru_cache(maxsize=64)
def _letters_as_marks(letters: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Letters as marks: one in brackets, one behind a word, several behind a word."""
    kind = f"[{''.join(sorted(map(re.escape, letters)))}]"
    glued, end = r"(?<=[A-Za-z0-9)%])", r"(?![A-Za-z0-9])"
    patterns = rf"\s?\({kind}\)", rf"{glued}{kind}{end}", rf"{glued}{kind}(?:,?\s?{kind})*{end}"
    bracketed, one, several = map(re.compile, patterns)
    return bracketed, one, several


_WORD_BEFORE = re.compile(r"[A-Za-z0-9)%]+$")
_TIME_UNITS = frozenset("dmywh")
_SHORTEST_STEM = 2  # "Isa" is no "is" with a mark


def _is_glued(raw: str, match: re.Match[str], common: Container[str]) -> bool:
    """Whether the letters stand on a word that is whole without them ("Donora", "12b", "CRa")."""
    before = _WORD_BEFORE.search(raw, 0, match.start())
    stem = before.group() if before else ""
    if not stem or (stem.isalnum() and (stem + match.group()).lower() in common):
        return False
    if stem[-1].isdigit():
        return match.group() not in _TIME_UNITS
    return stem[-1] in ")%" or stem.isupper() or (len(stem) > _SHORTEST_STEM and stem.lower() in common)


def _single_blanks(raw: str, gone: set[int]) -> list[int]:
    """The positions that stay: one of each run of white space (a line end if it holds one), none at the ends."""
    kept: list[int] = []
    for position, character in enumerate(raw):
        if position in gone:
            continue
        if not character.isspace() or (kept and not raw[kept[-1]].isspace()):
            kept.append(position)
        elif kept and character == "\n":
            kept[-1] = position
    while kept and raw[kept[-1]].isspace():
        kept.pop()
    return kept


def _clean(raw: str, start: int, kept: list[int], marks: tuple[str, ...]) -> Clean:
    if not kept:
        return Clean("", Span(start, start), marks=marks)
    words = "".join("\n" if raw[p] == "\n" else " " if raw[p].isspace() else raw[p] for p in kept)
    span = Span(start + kept[0], start + kept[-1] + 1)
    whole = len(span) == len(kept)
    return Clean(words, span, () if whole else tuple(start + p for p in kept), marks)

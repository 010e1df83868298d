"""Headers and cells that split alike: "Type, day" over "ES, 171" is a type and a day."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from litreview.extract.tables.cuts import SEMICOLON, Piece, cut, stripped, without_unit_commas
from litreview.extract.tables.part_names import BRACKET_HEADER, in_context, names_of
from litreview.extract.tables.table_words import TableWords

Parts = tuple[tuple[str, Piece], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """How a column splits: the names of the header's parts, what finds the cell's pieces, and how parts split again."""

    names: tuple[str, ...]
    pieces: Callable[[str], list[list[Piece]]]
    inner: tuple["Split | None", ...] = ()

    def parts(self, cell: str) -> Parts:
        """Header part and stretch of the cell, in order; a cell that holds several such values gives each in turn."""
        return tuple(part for group in self.pieces(cell) for part in self._of_group(cell, group))

    def _of_group(self, cell: str, group: list[Piece]) -> Iterator[tuple[str, Piece]]:
        inner = self.inner or (None,) * len(self.names)
        for name, piece, again in zip(self.names, group, inner, strict=True):
            begin, end = stripped(cell, piece)
            below = again.parts(cell[begin:end]) if again else ()
            yield from ((other, (begin + left, begin + right)) for other, (left, right) in below)
            if not below:
                yield name, (begin, end)


def split(header: str, cells: Sequence[str], words: TableWords) -> Split | None:
    """How the cells under a header split, or `None` where they do not split as the header does.

    Tried in turn: brackets, semicolons, commas, slashes and arrows, " x ", figure beside letter, "and", line ends. A
    splitting holds for a column when most of its cells have it; for brackets, which are often left out, when one has.
    Parts may split again ("Patient (age, sex)"). A header with two sides ("ABO, D/R") gives both parts what they
    share, so that a rule for the whole finds the whole.
    """
    filled = [cell for cell in cells if any(map(str.isalnum, cell))]
    return _split_alike(header, filled, words) or _colon(header, filled)


# Whatever way a header splits, it does so at one of these.
_BETWEEN = re.compile(r"[(;,/→⇒⟶>&+\n]|\s(?:or|and|x|×)\s|\band\b")


def _split_alike(header: str, cells: list[str], words: TableWords, outer: str = "") -> Split | None:
    if not _BETWEEN.search(header):
        return None
    for way in _WAYS:
        found = way(header, words)
        if found and _holds(found, cells):
            inner = tuple(_again(found, number, cells, words, outer) for number in range(len(found.names)))
            return replace(found, names=in_context(found.names, outer), inner=inner)
    return None


def _again(found: Split, number: int, cells: list[str], words: TableWords, outer: str) -> Split | None:
    """How a part splits further; names are shorter than the header, so that this ends."""
    pieces = [cell[slice(*group[number])] for cell in cells for group in found.pieces(cell)]
    return _split_alike(found.names[number], pieces, words, found.names[0] if number else outer)


def _holds(found: Split, cells: list[str]) -> bool:
    fitting = sum(bool(found.pieces(cell)) for cell in cells)
    return fitting > 0 and (found.pieces in (_bracketed, _both) or 3 * fitting >= 2 * len(cells))


# "Prior lines, n (details)": what stands in brackets is of the same kind.
_SAME_THING = re.compile(r"(?:details?|specif\w+|types?|names?|agents?|drugs?|listed|list|which)", re.IGNORECASE)
_BRACKET_CELL = re.compile(r"[\s,;/+]*(?:and\s+)?([^()]*[^()\s,;])\s*\(([^()]*)\)[.\s]*")


def _brackets(header: str, words: TableWords) -> Split | None:
    match = BRACKET_HEADER.fullmatch(header)
    if not match:
        return None
    outer, inner = match.groups()
    return Split((outer, f"{outer} {inner}" if _SAME_THING.fullmatch(inner) else inner), _bracketed)


def _bracketed(cell: str) -> list[list[Piece]]:
    """ "CR (2)", or several: "AIHA (141), AIT (200)"."""
    groups, position = [], 0
    while match := _BRACKET_CELL.match(cell, position):
        groups.append([match.span(1), match.span(2)])
        position = match.end()
    return groups if position == len(cell) else []


_WHEN = re.compile(r"\s*(?:nadir|lowest|minim\w+|baseline|initial|worst)\s+", re.IGNORECASE)
_OR_CELL = re.compile(r"\s*([^/;,]*\d[^/;,]*?)\s*[/;,]\s*([^/;,]*\d[^/;,]*)")


def _either(header: str, words: TableWords) -> Split | None:
    """ "Nadir Hb or platelets" over "47 / 6": a cell with one value says by itself nothing of which it is."""
    first, _, second = header.partition(" or ")
    when = _WHEN.match(first)
    names = (first, f"{when.group()}{second}" if when else second)
    return Split(names, _both) if second and " or " not in second else None


def _both(cell: str) -> list[list[Piece]]:
    match = _OR_CELL.fullmatch(cell)
    return [[match.span(1), match.span(2)]] if match else []


def _by(pattern: str, *, units: bool = False) -> Callable[[str, TableWords], Split | None]:
    """A way that splits header and cell at the same separator; with `units` a unit may be a part ("Type, day")."""
    separator = re.compile(pattern)

    def way(header: str, words: TableWords) -> Split | None:
        masked = header if units else without_unit_commas(header)
        if not (separator.search(masked) or separator.search(header)):
            return None
        names = names_of(masked, header, separator, words)
        return Split(names, _pieces(separator, len(names))) if len(names) > 1 else None

    return way


def _pieces(separator: re.Pattern[str], count: int) -> Callable[[str], list[list[Piece]]]:
    @cache  # for as long as the column is read: whether it splits is asked of all cells, then where each does
    def pieces(cell: str) -> list[list[Piece]]:
        for ratios in (False, True) if "/" in cell else (False,):  # "MUD/10/10/BM" has three pieces
            whole = cut(cell, separator, ratios=ratios)
            if len(whole) == count:
                return [whole]
        if ";" not in cell:
            return []
        groups = [cut(cell, separator, begin, end) for begin, end in cut(cell, SEMICOLON)]
        return groups if len(groups) > 1 and all(len(group) == count for group in groups) else []

    return pieces


_FIGURE_LETTER = re.compile(r"([<>~≈]?\s?\d+(?:[.,]\d+)?\s*(?:y|yr|yrs|years|mo|mos|months)?)[\s,/\-–]*([A-Za-z]+)\.?")
_LETTER_FIGURE = re.compile(r"([A-Za-z]+)[\s,/\-–]*([<>~≈]?\s?\d+(?:[.,]\d+)?\s*(?:y|yr|yrs|years|mo|mos|months)?)\.?")
_TWO_NAMES = re.compile(r"\s*(?:[,/;&+\n]|\band\b)\s*")


def _glued(header: str, words: TableWords) -> Split | None:
    """ "11F" or "F, 11" under "Age/sex", whatever stands between."""
    cuts = cut(without_unit_commas(header), _TWO_NAMES)
    names = tuple(header[begin:end].strip() for begin, end in cuts)
    if len(names) != 2 or not all(words.heads("trait", name) for name in names):
        return None
    return Split(names, _figure_and_letter)


def _figure_and_letter(cell: str) -> list[list[Piece]]:
    match = _FIGURE_LETTER.fullmatch(cell.strip()) or _LETTER_FIGURE.fullmatch(cell.strip())
    return [[match.span(1), match.span(2)]] if match else []


_COLON_CELL = re.compile(r"([A-Za-z][\w .+/-]{0,20}?)\s*:\s+(\S.*)", re.DOTALL)


def _colon(header: str, cells: list[str]) -> Split | None:
    """A cell that begins with a word and a colon; the parts are named after the column, ":prefix" and ":rest".

    Both names hold the header, so a rule that names only the column still reads the whole cell.
    """
    found = Split((f"{header}:prefix", f"{header}:rest"), _prefixed)
    return found if any(_prefixed(cell) for cell in cells) else None


def _prefixed(cell: str) -> list[list[Piece]]:
    match = _COLON_CELL.fullmatch(cell)
    return [[match.span(1), match.span(2)]] if match else []


_WAYS: tuple[Callable[[str, TableWords], Split | None], ...] = (
    _either,
    _brackets,
    _by(r"\s*;\s*"),
    _by(r"\s*,\s*", units=True),
    _by(r"\s*(?:/|→|⇒|⟶|-+>)\s*"),
    _by(r"\s+[x×]\s+"),
    _glued,
    _by(r"\s+(?:and|&)\s+"),
    _by(r"(?<![,;/(\-–])\s*\n\s*"),
)

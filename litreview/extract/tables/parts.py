"""Headers and cells that split alike: "Type, day" over "ES, 171" is a type and a day."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from litreview.extract.amounts.unit_names import unit_in
from litreview.extract.tables.table_words import TableWords

Piece = tuple[int, int]
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
            begin, end = _stripped(cell, piece)
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
            return replace(found, names=_in_context(found.names, outer), inner=inner)
    return None


def _again(found: Split, number: int, cells: list[str], words: TableWords, outer: str) -> Split | None:
    """How a part splits further; names are shorter than the header, so that this ends."""
    pieces = [cell[slice(*group[number])] for cell in cells for group in found.pieces(cell)]
    return _split_alike(found.names[number], pieces, words, found.names[0] if number else outer)


_MEASURE = re.compile(
    r"(?:in\s+)?(?:(?:days?|d|weeks?|wks?|months?|mos?|years?|yrs?)(?:\s+(?:from|after|since|post)\b.*)?|dates?|time\s*\([^()]*\)"
    r"|n|nos?\.?|number|times|doses?|infusions?|injections?|cycles?)",
    re.IGNORECASE,
)
_MORE_IN_IT = re.compile(r"\s*[:(].*", re.DOTALL)


def _in_context(names: tuple[str, ...], outer: str) -> tuple[str, ...]:
    """ "Response (day; doses)": a part that only says how something is measured is named with what that is."""
    first = outer if outer and _MEASURE.fullmatch(names[0]) else names[0]
    contexts = (outer, *([_MORE_IN_IT.sub("", first) or first] * (len(names) - 1)))
    return tuple(
        f"{context} ({name})" if context and _MEASURE.fullmatch(name) else name
        for name, context in zip(names, contexts, strict=True)
    )


def _holds(found: Split, cells: list[str]) -> bool:
    fitting = sum(bool(found.pieces(cell)) for cell in cells)
    return fitting > 0 and (found.pieces in (_bracketed, _both) or 3 * fitting >= 2 * len(cells))


_BRACKET_HEADER = re.compile(r"\s*([^()]*[^()\s])\s*\(([^()]+)\)\s*")
# "Prior lines, n (details)": what stands in brackets is of the same kind.
_SAME_THING = re.compile(r"(?:details?|specif\w+|types?|names?|agents?|drugs?|listed|list|which)", re.IGNORECASE)
_BRACKET_CELL = re.compile(r"[\s,;/+]*(?:and\s+)?([^()]*[^()\s,;])\s*\(([^()]*)\)[.\s]*")


def _brackets(header: str, words: TableWords) -> Split | None:
    match = _BRACKET_HEADER.fullmatch(header)
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
        masked = header if units else _without_unit_commas(header)
        if not (separator.search(masked) or separator.search(header)):
            return None
        names = _names(masked, header, separator, words)
        return Split(names, _pieces(separator, len(names))) if len(names) > 1 else None

    return way


def _pieces(separator: re.Pattern[str], count: int) -> Callable[[str], list[list[Piece]]]:
    @cache  # for as long as the column is read: whether it splits is asked of all cells, then where each does
    def pieces(cell: str) -> list[list[Piece]]:
        for ratios in (False, True) if "/" in cell else (False,):  # "MUD/10/10/BM" has three pieces
            whole = _cut(cell, separator, ratios=ratios)
            if len(whole) == count:
                return [whole]
        if ";" not in cell:
            return []
        groups = [_cut(cell, separator, begin, end) for begin, end in _cut(cell, _SEMICOLON)]
        return groups if len(groups) > 1 and all(len(group) == count for group in groups) else []

    return pieces


_SEMICOLON = re.compile(r"\s*;\s*")
_UNIT_SLASH = re.compile(
    r"(?:\b[dcmµμn]?g|\bmmol|µmol|\bk?I?U|\bcells?|\bG|\bK|\bGpt|10\s?\^?\d{1,2}|10[⁰-⁹]{1,2}|\bkg|\bmL|\bh|\bdose|%)\s?/\s?"
    r"(?=(?:[dmµμun]?[lL]|mm|cmm|kg|m2|m²|day|d|week|wk|h|dose)\b)"
)
_RATIO_SLASH = re.compile(r"(?<![\d.])(?<!\d/)\d{1,2}(/)\d{1,2}(?![\d.])")
_UNIT_TAIL = re.compile(
    r"\s*,\s*(?=(?:in\s+)?(?:y|yr|yrs|years?|mo|mos|months?|wk|wks|weeks?|d|days?|h|hours?|%|n|no\.?|g/d?L|mg/d?L|[×x]?\s?10\s?\^?9/L)"
    r"\s*(?:$|[/;(]|post\b|after\b|from\b|since\b))",
    re.IGNORECASE,
)


def _cut(
    text: str, separator: re.Pattern[str], begin: int = 0, end: int | None = None, *, ratios: bool = False
) -> list[Piece]:
    """The stretches between separators that stand outside brackets and are neither decimal commas nor unit slashes.

    With `ratios`, the slash of "10/10" parts nothing either.
    """
    end = len(text) if end is None else end
    closed = _closed_slashes(text, ratios=ratios) if "/" in text else frozenset()
    pieces, left, position = [], begin, begin
    while match := separator.search(text, position, end):
        position = match.start() + 1
        if _depth(text, begin, match.start()) <= 0 and not _is_closed(text, match, closed):
            pieces.append((left, match.start()))
            left = position = match.end()
    pieces.append((left, end))
    return pieces if all(text[a:b].strip() for a, b in pieces) else []


def _depth(text: str, begin: int, end: int) -> int:
    """How many brackets are open at `end`."""
    opened = text.count("(", begin, end) + text.count("[", begin, end)
    return opened - text.count(")", begin, end) - text.count("]", begin, end)


def _closed_slashes(text: str, *, ratios: bool) -> frozenset[int]:
    """Where slashes stand that part nothing: of units, and with `ratios` of two figures."""
    ratio = {slash.start(1) for slash in _RATIO_SLASH.finditer(text)} if ratios else ()
    return frozenset(slash.end() - 1 for slash in _UNIT_SLASH.finditer(text)).union(ratio)


def _is_closed(text: str, match: re.Match[str], closed: frozenset[int]) -> bool:
    if "/" in match.group():
        return any(position in closed or position + 1 in closed for position in range(match.start(), match.end()))
    if match.group() == ",":
        return text[match.start() - 1 : match.start()].isdigit() and text[match.end() : match.end() + 1].isdigit()
    return False


def _without_unit_commas(header: str) -> str:
    """The header, as long as before, without the commas that only a unit follows ("Age, y/sex")."""
    return _UNIT_TAIL.sub(lambda match: " " * len(match.group()), header)


def _names(masked: str, header: str, separator: re.Pattern[str], words: TableWords) -> tuple[str, ...]:
    """The header's parts; a tail's parts share what comes before it ("DAT (IgG/C3d)")."""
    names = _with_units(header, separator) or tuple(header[a:b].strip() for a, b in _cut(masked, separator))
    if len(names) == 2:
        return _timed(*_sided(names[0], _numbered(*names), words))
    tail = _BRACKET_HEADER.fullmatch(header)
    if len(names) == 1 and tail:
        before, inner = tail.groups()
        return tuple(f"{before} {inner[begin:end].strip()}" for begin, end in _cut(inner, separator))
    return names


_UNITS = re.compile(r"(?P<names>[^()]+?)\s*\((?P<units>[^()]*)\)\s*")


def _with_units(header: str, separator: re.Pattern[str]) -> tuple[str, ...]:
    """ "Plt/Hb (G/L; g/dL)": the units in brackets belong to the parts in turn."""
    match = _UNITS.fullmatch(header)
    units = re.split(r"\s*[;,]\s*", match["units"]) if match else []
    if not match or len(units) < _LEAST_UNITS or not all(unit_in(unit) for unit in units):
        return ()
    names = [match["names"][begin:end].strip() for begin, end in _cut(match["names"], separator)]
    return (
        tuple(f"{name} ({unit})" for name, unit in zip(names, units, strict=True)) if len(names) == len(units) else ()
    )


_LEAST_UNITS = 2


def _numbered(first: str, second: str) -> str:
    """ "Response at week 4/12": the second number shares what comes before the first."""
    head = re.fullmatch(r"(.*\D)\d{1,3}", first)
    return f"{head.group(1)}{second}" if head and re.fullmatch(r"\d{1,3}", second) else second


def _sided(first: str, second: str, words: TableWords) -> tuple[str, str]:
    """ "ABO, D" and "R" share "ABO"; "Donor" and "recipient ABO" too."""
    *before, left = re.split(r"\s+", first)
    right, *after = re.split(r"\s+", second)
    if not (words.heads("side", left.strip(",:")) and words.heads("side", right)):
        return first, second
    shared = " ".join((*before, "{}", *after))
    return (shared.format(left), shared.format(right)) if before or after else (first, second)


_TIME_TAIL = re.compile(r"\S+(\s+(?:at|before|prior\s+to)\s+.+)", re.IGNORECASE | re.DOTALL)


def _timed(first: str, second: str) -> tuple[str, str]:
    """ "Hb / PLT at start": the time holds for both."""
    tail = _TIME_TAIL.fullmatch(second)
    return (first + tail.group(1), second) if tail and len(first.split()) == 1 else (first, second)


_FIGURE_LETTER = re.compile(r"([<>~≈]?\s?\d+(?:[.,]\d+)?\s*(?:y|yr|yrs|years|mo|mos|months)?)[\s,/\-–]*([A-Za-z]+)\.?")
_LETTER_FIGURE = re.compile(r"([A-Za-z]+)[\s,/\-–]*([<>~≈]?\s?\d+(?:[.,]\d+)?\s*(?:y|yr|yrs|years|mo|mos|months)?)\.?")
_TWO_NAMES = re.compile(r"\s*(?:[,/;&+\n]|\band\b)\s*")


def _glued(header: str, words: TableWords) -> Split | None:
    """ "11F" or "F, 11" under "Age/sex", whatever stands between."""
    cut = _cut(_without_unit_commas(header), _TWO_NAMES)
    names = tuple(header[begin:end].strip() for begin, end in cut)
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


def _stripped(text: str, piece: Piece) -> Piece:
    begin, end = piece
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    return begin, end


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

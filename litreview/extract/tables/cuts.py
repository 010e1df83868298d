"""Where the words of a header or cell may be cut: not in brackets, in decimal figures or in units."""

import re

Piece = tuple[int, int]

SEMICOLON = re.compile(r"\s*;\s*")
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


def cut(
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


def without_unit_commas(header: str) -> str:
    """The header, as long as before, without the commas that only a unit follows ("Age, y/sex")."""
    return _UNIT_TAIL.sub(lambda match: " " * len(match.group()), header)


def stripped(text: str, piece: Piece) -> Piece:
    """The stretch without the white space at its ends."""
    begin, end = piece
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    return begin, end

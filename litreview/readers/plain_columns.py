"""Two columns side by side, as `pdftotext -layout` leaves them, one after the other."""

import re
from collections.abc import Sequence
from statistics import median

_GUTTER = 2  # blanks that stand between two columns in every line
_CAPTION = re.compile(r"\s*(?:table|fig(?:ure)?)\b", re.IGNORECASE)
_WIDEST = 300  # characters of the widest page
_LEAST_LINES = 5
_LEAST_WIDTH = 24  # characters; narrower columns are a table's


def unweave(rows: Sequence[str]) -> list[tuple[str, bool]]:
    """The rows of a page in reading order; the second value says that a column starts there.

    Rows that run across the gutter (titles, tables) part the page into bands, each with columns of its own.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return [(row, False) for row in rows]
    found: list[tuple[str, bool]] = []
    band: list[str] = []
    for row in rows:
        if _is_across(row, gutter):
            found += _two(band, gutter)
            band = []
            found.append((row, False))
        else:
            band.append(row)
    return found + _two(band, gutter)


def _gutter(rows: Sequence[str]) -> int | None:
    """Where the right column starts, `None` where the page has one column or a table."""
    filled = [row for row in rows if row.strip()]
    widest = min(max(map(len, filled), default=0), _WIDEST)
    scores = {x: sum(_parted(row, x) for row in filled) for x in range(_LEAST_WIDTH, widest - _LEAST_WIDTH // 2)}
    best = max(scores, key=lambda x: (scores[x], x), default=None)
    if best is None or scores[best] < max(_LEAST_LINES, 0.4 * len(filled)):
        return None
    parted = [row for row in filled if _parted(row, best)]
    left, right = [row[:best].strip() for row in parted], [row[best:].strip() for row in parted]
    return best if _is_prose(left) and _is_prose(right) else None


def _parted(row: str, x: int) -> bool:
    """Whether a row has words on both sides and a gutter that ends right at `x`."""
    return len(row) > x and row[x] != " " and row[x - _GUTTER : x].strip() == "" and row[:x].strip() != ""


def _is_prose(column: Sequence[str]) -> bool:
    """Wide lines with hardly a gap inside; a table's columns are narrow or gappy."""
    gappy = sum("   " in row for row in column)
    return median(map(len, column)) >= _LEAST_WIDTH and gappy <= 0.2 * len(column)


def _is_across(row: str, gutter: int) -> bool:
    return len(row) > gutter and row[gutter - _GUTTER : gutter].strip() != ""


def _two(band: Sequence[str], gutter: int) -> list[tuple[str, bool]]:
    if not any(row[gutter:].strip() for row in band):
        return [(row, False) for row in band]
    end = _columns_end(band, gutter)
    left, right = [row[:gutter].rstrip() for row in band[:end]], [row[gutter:].rstrip() for row in band[:end]]
    columns = [(row, at == 0) for column in (left, right) for at, row in enumerate(_trimmed(column))]
    return columns + [(row, False) for row in band[end:]]


def _columns_end(band: Sequence[str], gutter: int) -> int:
    """Where the columns of a band end: a caption below both of them belongs to what follows."""
    last = max(at for at, row in enumerate(band) if row[gutter:].strip())
    for at in range(last + 1, len(band) - 1):
        if not band[at].strip() and _CAPTION.match(band[at + 1]):
            return at
    return len(band)


def _trimmed(column: Sequence[str]) -> list[str]:
    """A column without its common indentation and the blank lines at its ends."""
    indent = min((len(row) - len(row.lstrip()) for row in column if row.strip()), default=0)
    rows = [row[indent:] for row in column]
    while rows and not rows[0].strip():
        rows.pop(0)
    while rows and not rows[-1].strip():
        rows.pop()
    return rows

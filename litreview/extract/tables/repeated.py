"""Cells that point to another person's: ditto marks, "same", "as patient 2", "ditto + bortezomib"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from litreview.extract.tables.marks import Clean
from litreview.extract.tables.squares import Square
from litreview.extract.tables.table_slots import Slot, Someone

_POINTS = re.compile(
    r"""(?:(?P<before>["\u201c\u201d\u3003\u2033]{1,2}|'{2}|ditto|do\.|idem|id\.|(?:the\s+)?same(?:\s+as\s+(?:above|before))?|as\s+above)
    |(?:(?:the\s+)?same\s+(?:\w+\s+)?as(?:\s+in)?|as(?:\s+(?:in|for))?|see|like|=)\s+(?:patient|pat|pt|case|P|\#)s?\.?\s*(?:no\.?\s*|\#\s*)?(?P<label>\w{1,5}))
    (?P<more>\s*(?:\+|,|;|plus\b|and\b|with\b)\s*.+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 80


def with_repeated(found: Sequence[Someone]) -> None:
    """Put what is meant in the place of cells that point to the person before, or to a person by label."""
    for number, someone in enumerate(found):
        for at, slot in enumerate(someone.slots):
            match = _POINTS.fullmatch(slot.square.words) if len(slot.square.words) <= _LONGEST else None
            other = _other(found, number, match["label"]) if match else None
            meant = (
                next((one for one in other.slots if one.key == slot.key and _same(one, slot)), None) if other else None
            )
            if match and meant:
                rest = (match.start("more"), match.end("more")) if match["more"] else (0, 0)
                someone.slots[at] = replace(slot, square=_joined(meant.square, slot.square, rest))


def _other(found: Sequence[Someone], number: int, label: str | None) -> Someone | None:
    """The person before, or the one with a label."""
    if label is None:
        return found[number - 1] if number and not found[number - 1].cites else None
    named = [
        one for one in found if re.sub(r"^\D*0*", "", one.label) == re.sub(r"^\D*0*", "", label) or one.label == label
    ]
    return named[0] if len(named) == 1 and named[0] is not found[number] else None


def _same(one: Slot, other: Slot) -> bool:
    """Whether two slots stand under the same header."""
    return [square.cell for square in one.path] == [square.cell for square in other.path]


def _joined(meant: Square, own: Square, rest: tuple[int, int]) -> Square:
    """The words of the cell that is meant, and what its own cell adds to them."""
    start, end = rest
    if start == end:
        return meant
    places = (*_places(meant.clean, 0, len(meant.clean.words)), *_places(own.clean, start, end))
    words = meant.clean.words + own.clean.words[start:end]
    return replace(meant, clean=Clean(words, meant.clean.span, places, meant.clean.marks, meant.clean.ends))


def _places(clean: Clean, start: int, end: int) -> tuple[int, ...]:
    return clean.places[start:end] if clean.places else tuple(range(clean.span.start + start, clean.span.start + end))

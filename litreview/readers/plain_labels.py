"""Patients' labels in plain text: one below the other, or side by side on a line."""

import re
from collections.abc import Sequence

from litreview.readers.sections import vocabulary

_COUNTER = re.compile(r"(?P<noun>.*?)(?P<number>\d{1,4}|[A-H]|[IVX]{1,4})(?P<end>[.)*†‡]{0,2})")
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
_GLUED = ("P", "#", "Pt", "C")


def begins(cell: str) -> bool:
    """Whether a cell is the label of a first patient: "1", "P1", "Patient A"."""
    match = _COUNTER.fullmatch(cell)
    return match is not None and _rank(match["number"]) == 1 and _is_noun(match["noun"])


def follows(before: str, cell: str) -> bool:
    """Whether two cells are labels, one after the other: "P1", "P2"; "Patient A", "Patient B"; "1", "2*"."""
    one, other = _COUNTER.fullmatch(before), _COUNTER.fullmatch(cell)
    if one is None or other is None or one["noun"] != other["noun"] or not _is_noun(one["noun"]):
        return False
    return _rank(other["number"]) == _rank(one["number"]) + 1 and one["number"].isdigit() == other["number"].isdigit()


def run_of(cells: Sequence[str]) -> tuple[int, int] | None:
    """Where labels follow each other: the first, and how many there are."""
    for first in range(len(cells) - 1):
        many = 1
        while first + many < len(cells) and follows(cells[first + many - 1], cells[first + many]):
            many += 1
        if many > 1 and begins(cells[first]):
            return first, many
    return None


def _rank(number: str) -> int:
    if number.isdigit():
        return int(number)
    return _ROMAN.index(number) + 1 if number in _ROMAN else ord(number[0]) - ord("A") + 1


def _is_noun(noun: str) -> bool:
    """Nothing, or what stands before a patient's number."""
    return not noun.strip() or vocabulary().is_label(f"{noun}1") or noun.strip() in _GLUED

"""A person's squares of a table, before they become entries."""

import re
from dataclasses import field

from litreview.extract.tables.squares import Square
from litreview.extract.tables.table_words import TableWords
from litreview.model.document import Span
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """A person's square under its header squares; slots with one `key` stand under the same header."""

    path: tuple[Square, ...]
    square: Square
    key: tuple[int, int]


@dataclass(frozen=False, slots=True)
class Someone:
    """A person of a table, with the squares that are theirs; `cites` names the paper they are taken from."""

    label: str
    label_span: Span
    cites: str = ""
    slots: list[Slot] = field(default_factory=list)
    reference: Square | None = None


def someone(square: Square, words: TableWords) -> Someone:
    """The person that a square names: by a reference, unless it says that the patient is this paper's own."""
    if words.says("reference", square.words) and not words.says("own", square.words):
        return cited(square)
    return Someone(square.words, square.clean.span)


def cite(person: Someone, square: Square, words: TableWords) -> None:
    """Say of a person with a label that the paper in a square tells of them, unless it is this one."""
    if not person.cites and not words.says("own", square.words):
        person.cites, person.reference = square.words, square


def cited(square: Square) -> Someone:
    """A person taken from the paper that a square names; the label leaves the number in the bibliography out."""
    text = square.words
    match = _CITED_NUMBER.search(text)
    end = match.start() if match and match.start() else len(text)
    return Someone(text[:end], square.clean.at(0, end), cites=text, reference=square)


_CITED_NUMBER = re.compile(
    r"(?<=[A-Za-zÀ-ÿ.)])\s*[\[(]\s*\d[\d\s,;–-]*[\])]$"
    r"|(?<=[A-Za-zÀ-ÿ.)])(?<!\b[Pp]atient)(?<!\b[Cc]ase)(?<!\bNo\.)\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*$"
)

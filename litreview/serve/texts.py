"""Where in the texts some words stand, told by the words around them and never by the whole text."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from litreview.serve.reading import rows
from litreview.serve.visible import visible

_MOST = 60
_OPEN, _CLOSE = "\ue000", "\ue001"  # of the private use area: no reader lets them through as a mark of ours
_FIND = """
SELECT snippet(passages_fts, 0, ?, ?, '…', 32) AS around, passages.section, documents.kind,
       coalesce(records.duplicate_of, records.record_id) AS record_id, records.title, records.authors, records.year
FROM passages_fts
JOIN passages ON passages.id = passages_fts.rowid
JOIN documents USING (document_id)
JOIN records USING (record_id)
WHERE passages_fts MATCH ? ORDER BY rank LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was asked for, and the passages that hold it, each as text in pieces: plain and found in turn."""

    asked: str
    found: tuple[tuple[dict[str, Any], tuple[tuple[str, bool], ...]], ...]
    more: bool


def find(connection: sqlite3.Connection, asked: str) -> Hits:
    """The best passages for the words; none for no words."""
    if not asked:
        return Hits("", (), False)
    found = rows(connection, _FIND, _OPEN, _CLOSE, _quoted(asked), _MOST + 1)
    told = tuple((row, tuple(_pieces(str(row["around"])))) for row in found[:_MOST])
    return Hits(asked, told, len(found) > _MOST)


def _quoted(asked: str) -> str:
    """The words as the index is asked for them, all of them, in any order; a star at a word's end stays one."""
    words = [word.replace('"', '""') for word in asked.split()]
    return " ".join(f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"' for word in words)


def _pieces(around: str) -> list[tuple[str, bool]]:
    pieces = []
    for n, part in enumerate(around.split(_OPEN)):
        lit, closed, plain = part.partition(_CLOSE)
        pieces += [(visible(lit), n > 0 and bool(closed)), (visible(plain), False)]
    return [piece for piece in pieces if piece[0]]

"""A page's tables with the caption above and the notes below them, where no tag holds them together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import Tag

from litreview.readers.html_tables import inline

_LABEL = re.compile(
    r"(?:supplement(?:ary|al)\s+)?table\s+(?:[A-Z]?\d{1,2}[A-Za-z]?|[IVX]{1,4})\s*[.:|–-]?", re.IGNORECASE
)
_LONGEST = 500  # characters of a caption
_MEANING = r"[A-Z][\w/+-]{0,9}\s*[,:=]\s+[^;,.]{2,60}"
_NOTE = re.compile(
    rf"(?i:abbreviations?|notes?|key)\s*[:.]|(?i:data|values)\s+are\b|[*†‡§¶#$]+\s?\S|\(?[A-Za-z]\)\s|[a-z]\s(?=[A-Z])|[a-j](?=[A-Z][a-z]|\d+\s?mg)"
    rf"|(?:{_MEANING}[;,]\s*){{2}}|[A-Z]{{2}}[\w/+-]{{0,7}}\s*[,:=]\s+[a-z]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page; of a table also the caption and the notes that stand beside it."""

    block: Tag
    caption: str = ""
    notes: tuple[str, ...] = ()


def pieces(blocks: Sequence[Tag]) -> Iterator[Piece]:
    """The blocks in order; those that turn out to be a table's caption or notes come with the table."""
    found: list[Piece] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if not _holds_table(block):
            found.append(Piece(block))
            continue
        below = at
        while below < len(blocks) and _is_note(blocks[below]):
            below += 1
        caption = "" if block.find(["caption", "figcaption"]) else _taken_caption(found)
        found.append(Piece(block, caption, tuple(inline(note) for note in blocks[at:below])))
        at = below
    yield from found


def _holds_table(block: Tag) -> bool:
    return block.name == "table" or block.find("table") is not None


def _is_note(block: Tag) -> bool:
    return block.name in ("p", "div", "li", "dd") and not _holds_table(block) and bool(_NOTE.match(inline(block)))


def _taken_caption(found: list[Piece]) -> str:
    """The caption at the end of what was found so far: "Table 1. Patients", or the label and the words below it."""
    last = [inline(piece.block) if not _holds_table(piece.block) else "" for piece in found[-2:]]
    if last and _LABEL.match(last[-1]) and len(last[-1]) <= _LONGEST:
        found.pop()
        return last[-1]
    if len(last) == 2 and _LABEL.fullmatch(last[0].strip()) and len(last[1]) <= _LONGEST:
        del found[-2:]
        return " ".join(last)
    return ""

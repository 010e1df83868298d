"""Blocks of plain text as a document: sections by their headings, floats out of the running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litreview.model.document import Document, SectionKind
from litreview.model.heading import bare
from litreview.readers.abstract import add_title
from litreview.readers.builder import Builder
from litreview.readers.outline import Outline
from litreview.readers.plain_blocks import Block
from litreview.readers.sections import KEYWORDS, run_in, vocabulary

_TOP, _BELOW, _PATIENT, _DEEP = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Float:
    """A figure or table with what belongs to it."""

    label: str = ""
    caption: str = ""
    table: Block | None = None
    foot: tuple[str, ...] = ()


def document(title: str, found: Sequence[Block], *, format: str, source: str) -> Document:
    """The document: of kind `abstract` where there is nothing below the abstract."""
    builder = Builder()
    add_title(builder, title)
    units = list(_units(found))
    later = _later_kinds(units)
    with Outline(builder) as outline:
        for at, unit in enumerate(units):
            if isinstance(unit, Float):
                grids = [unit.table.grid] if unit.table else []
                builder.table(unit.label, unit.caption, grids, unit.foot)
            elif unit.kind == "heading":
                _heading(outline, builder, unit.text, later[at])
            else:
                _paragraph(outline, builder, unit.text)
    return builder.build(kind="abstract" if builder.has_only("abstract") else "fulltext", format=format, source=source)


def _units(found: Sequence[Block]) -> Iterator[Block | Float]:
    """Blocks in order, each caption with the table and the notes that follow it."""
    at = 0
    while at < len(found):
        block = found[at]
        if block.kind in ("heading", "paragraph"):
            yield block
            at += 1
            continue
        caption = block if block.kind == "caption" else None
        at += caption is not None
        table = found[at] if at < len(found) and found[at].kind == "table" else None
        at += table is not None
        first = at
        while at < len(found) and found[at].kind == "legend":
            at += 1
        foot = tuple(note.text for note in found[first:at])
        yield Float(caption.label if caption else "", caption.text if caption else "", table, foot)


def _later_kinds(units: Sequence[Block | Float]) -> list[frozenset[SectionKind | None]]:
    """For each unit the kinds that headings after it name."""
    later: list[frozenset[SectionKind | None]] = []
    seen: frozenset[SectionKind | None] = frozenset()
    for unit in reversed(units):
        later.append(seen)
        if isinstance(unit, Block) and unit.kind == "heading":
            seen |= {vocabulary().own_kind(unit.text)}
    return later[::-1]


def _heading(outline: Outline, builder: Builder, words: str, later: frozenset[SectionKind | None]) -> None:
    """Open the section of a heading that stands alone, at the level that its words suggest."""
    own, inside = vocabulary().own_kind(words), builder.kind
    if bare(words).lower() == "summary" and not outline.is_open:
        outline.open(_TOP, "abstract", words)
    elif outline.level_of("abstract") and own and own != "abstract" and own in later and own != "case":
        outline.heading(_BELOW, words)
    elif vocabulary().is_label(words):
        outline.heading(_PATIENT if _in_cases(outline) else _TOP, words)
    elif own is None or (own == "case" and inside == "case") or re.match(r"\d{1,2}\.\d", words):
        outline.heading(_below(outline), words)
    else:
        outline.heading(_TOP, words)


def _in_cases(outline: Outline) -> bool:
    """Whether a section of cases is open that is not itself a patient's."""
    heading = outline.heading_at(_TOP)
    return heading is not None and not vocabulary().is_label(heading) and outline.kind_at(_TOP) in ("case", "results")


def _below(outline: Outline) -> int:
    heading = outline.heading_at(_PATIENT) or outline.heading_at(_TOP) or ""
    return _DEEP if vocabulary().is_label(heading) else _BELOW


def _paragraph(outline: Outline, builder: Builder, text: str) -> None:
    """Add a paragraph, opening the section that its first words name."""
    said = run_in(text)
    if KEYWORDS.match(text) and len(text) < 600:
        outline.close_to(_TOP) if builder.kind != "case" else None
        builder.note(text)
        return
    if said:
        _open_run_in(outline, said)
    elif not outline.is_open:
        if not _is_running(text):
            builder.note(text)
            return
        outline.open_loose()
    builder.paragraph(text[len(said) :])


def _open_run_in(outline: Outline, said: str) -> None:
    words = said.strip().rstrip(".")
    own = vocabulary().own_kind(words.rstrip(":"))
    if outline.level_of("abstract") and own != "abstract":
        outline.heading(_BELOW, words)
    elif vocabulary().is_label(words) and _in_cases(outline):
        outline.heading(_PATIENT, words)
    else:
        outline.heading(
            _below(outline) if outline.is_open and own == "case" and not vocabulary().is_label(words) else _TOP, words
        )


def _is_running(text: str) -> bool:
    """Sentences, rather than the names, places and dates between a title and its text."""
    words = text.split()
    high = sum(word[0].isupper() for word in words)
    return (
        len(words) >= 6 and high < 0.4 * len(words) and re.search(r"[.!?:;)]\W*(?:\[?\d+\]?)?$|\w$", text) is not None
    )

"""Plain text: a note somebody typed, or what pdftotext made of a paper."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO

from litreview.errors import ReadError
from litreview.model.bibliography import PartialDate, Record
from litreview.readers import dates, identifiers
from litreview.readers.decoding import decode, read_all
from litreview.readers.item import Item
from litreview.readers.plain_blocks import Block, blocks
from litreview.readers.plain_document import document
from litreview.readers.plain_lines import is_notice, lines
from litreview.readers.sections import run_in, vocabulary

_WORD = re.compile(r"[^\W\d_]{2}")
# A journal's line above the title: "Journal of Things 2021; 5: 61-62", "Vol. 12, pp. 3-9".
_ISSUE = re.compile(
    r"\b(?:19|20)\d\d\b[\s);,]*\d+\s*(?:\([^()]*\)\s*)?:\s*[A-Za-z]?\d+|\b\d+\s*\((?:19|20)\d\d\)\s*[:,;]?\s*[A-Za-z]?\d+"
    r"|\bvol(?:ume|\.)\s*\d|\bpp?\.\s*\d+\s*[-–]\s*\d",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"key\s?words?\s*[:.—–-]?\s*(.+)", re.IGNORECASE | re.DOTALL)


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The text as one document; the record holds what its first lines say."""
    yield from read_text(decode(read_all(stream, name), name), name)


def read_text(text: str, name: str, *, format: str = "text") -> Iterator[Item]:
    """Like `read`, for text that is at hand, pages parted by form feeds."""
    found = blocks(lines(text))
    if not found or not _WORD.search(text):
        raise ReadError(f"{name}: the file has no words", hint="download or save it again")
    title, rest = _title(found, name)
    yield _record(title, text, found), document(title if rest is not found else "", rest, format=format, source=name)


def _title(found: Sequence[Block], name: str) -> tuple[str, Sequence[Block]]:
    """The title and what follows it: the first block before any known heading that could be one, or the file's name."""
    for at, block in enumerate(found[:6]):
        kind = vocabulary().own_kind(block.text) if block.kind == "heading" else None
        if kind == "case" and at + 1 < len(found) and _could_be_title(found[at + 1].text):
            continue  # "CASE REPORT" stands above the title as often as below it
        if kind is not None or block.kind not in ("heading", "paragraph") or run_in(block.text):
            break
        if _could_be_title(block.text):
            return block.text, [*found[:at], *found[at + 1 :]]
    return PurePath(name).stem, found


def _could_be_title(text: str) -> bool:
    many = len(text.split())
    return (
        3 <= many <= 45
        and 15 <= len(text) <= 350
        and not re.search(r"[.;,]$|@|https?:|\bdoi\b|\bet al\b", text, re.I)
        and not is_notice(text)
        and not _ISSUE.search(text)
    )


def _record(title: str, text: str, found: Sequence[Block]) -> Record:
    """Identifiers count only where the text gives them as its own: near the top, before any references."""
    top = text[:4000]
    doi = re.search(r"(?:doi(?:\.org/|:|\s)\s*)(10\.\d{4,9}/\S+)", top, re.IGNORECASE)
    pmid = re.search(r"\bPMID\s*:?\s*(\d{4,9})\b", top[:1500])
    pmcid = re.search(r"\bPMC\d{4,9}\b", top[:1500])
    keywords = next((match.group(1) for block in found[:30] if (match := _KEYWORDS.fullmatch(block.text))), "")
    return Record(
        title=title,
        doi=identifiers.doi(doi.group(1)) if doi else None,
        pmid=pmid.group(1) if pmid else None,
        pmcid=pmcid.group() if pmcid else None,
        published=_published(top),
        keywords=tuple(filter(None, (word.strip(" .") for word in re.split(r"[,;·•]", keywords)))),
        abstract=_abstract(found),
    )


def _published(top: str) -> PartialDate | None:
    said = re.search(
        r"(?:published(?:\s+online)?|accepted)\s*:?\s*(.{4,30})|©[^\n]{0,40}?((?:19|20)\d\d)", top, re.IGNORECASE
    )
    return dates.from_text(said.group(1) or said.group(2)) if said else None


def _abstract(found: Sequence[Block]) -> str:
    """Paragraphs from the heading "Abstract" to the next that is none of an abstract's."""
    parts: list[str] = []
    inside = False
    for block in found:
        if block.kind == "heading":
            if inside and parts:
                break
            inside = inside or vocabulary().own_kind(block.text) == "abstract"
        elif inside and block.kind == "paragraph":
            if _KEYWORDS.fullmatch(block.text):
                break
            parts.append(block.text)
    return "\n".join(parts)

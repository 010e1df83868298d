"""Lines to blocks: headings, paragraphs, captions, notes below tables, and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from litreview.readers.plain_flat import flat_table
from litreview.readers.plain_lines import Line, is_notice
from litreview.readers.plain_tables import table_at
from litreview.readers.plain_words import Words
from litreview.readers.sections import vocabulary
from litreview.readers.table_grid import Placed

BlockKind = Literal["heading", "paragraph", "caption", "legend", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text.

    `label` is a caption's ("Table 1"); `full` says that a paragraph's last line reaches the margin.
    """

    kind: BlockKind
    text: str
    label: str = ""
    full: bool = False
    grid: tuple[Placed, ...] = ()


_CAPTION = re.compile(
    r"((?:supplement(?:ary|al)\s+|extended\s+data\s+)?(?:fig(?:ure)?s?\.?|table|tab\.|scheme|chart|box)\s*(?:[A-Z]?\d{1,2}[A-Za-z]?|[IVX]{1,4})\b)"
    r"\s*[.:|–—-]?\s*(?=$|[A-Z0-9(“\"‘])",
    re.IGNORECASE,
)
_VERB = re.compile(r"\s*(?:shows?|lists?|summari[sz]es?|depicts?|presents?|gives?|and|in|of|were|was|is|are)\b")
_LEGEND = re.compile(
    r"(?:(?i:abbreviations?\b|notes?\b\s*[:.]|data\s+are\b|values\s+are\b)|(?:[*†‡§¶#$]+|[a-z]|\d|\(?[A-Za-z]\))(?:\s|$|(?=[A-Z]))|"
    r"[A-Z][\w/+-]{1,8}\s*[,:=]\s+[\w-]+.*;|([A-Z])\w{0,4}\s*[,:=]\s+(?i:\1)|[A-Z]{2}[\w/+-]{0,6}\s*[,:=]\s+[a-z])"
)
_END = re.compile(r"[.!?:][)\]”’\"]*(?:\s*\[?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]?)?$")
_LAST_WORD = re.compile(
    r"(?:[,;(-]|\b(?:a|an|and|as|at|by|for|from|had|has|in|into|is|its|of|on|or|our|per|than|that|the|their|this|to|was|were|which|with))$"
)
_TAIL = 80  # characters in which a sentence's end, references and all, has to be seen
_PROSE = 35  # characters of a line that can only be running text
_HEADING = 90  # characters that the longest heading has


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a text in order, paragraphs that a page, a figure or a notice interrupts made whole again."""
    words = Words.of([line.text for line in lines])
    margin = median([len(line.words) for line in lines if len(line.words) >= _PROSE] or [0])
    return _whole(list(_cut(lines, words, margin)), words)


def is_finished(text: str) -> bool:
    """Whether a paragraph ends as a sentence does."""
    return _END.search(text[-_TAIL:]) is not None


def _cut(lines: Sequence[Line], words: Words, margin: float) -> Iterator[Block]:
    """Blocks as the lines show them, paragraphs still torn."""
    at, floating, last = 0, False, ""
    while at < len(lines):
        table = table_at(lines, at)
        if table is not None:
            at, floating = table[0], True
            yield Block("table", "", grid=table[1])
        elif caption := _caption(lines, at, last):
            floating = caption.lower().startswith(("tab", "suppl"))
            end = _caption_end(lines, at, last)
            apart = end < len(lines) and table_at(lines, end) is not None
            flat = flat_table(lines, at, words, apart=apart) if floating else None
            end = flat[0] if flat else end
            said = words.join([line.words for line in lines[at:end]])
            yield Block("caption", said[len(caption) :].lstrip(" .:|–—-") or said, label=caption)
            if flat:
                yield Block("table", "", grid=flat[2])
            at = flat[1] if flat else end
        elif _is_heading(lines, at, last, floating):
            last, floating = "", False
            yield Block("heading", lines[at].words)
            at += 1
        else:
            end = _chunk_end(lines, at)
            floating = floating and not lines[at].fresh and _is_legend(lines[at:end], lines)
            if floating:
                yield from (Block("legend", text) for text in _notes(lines[at:end], words))
            else:
                yield from (torn := _paragraphs(lines[at:end], words, margin))
                last = torn[-1].text
            at = end


def _caption(lines: Sequence[Line], at: int, last: str) -> str:
    """The label of the caption that starts at a line, empty where none does."""
    match = _CAPTION.match(lines[at].words)
    if not match or not (
        lines[at].gap or (is_finished(last) and lines[at].words[match.end(1) : match.end(1) + 1] in ".:|")
    ):
        return ""
    return "" if _VERB.match(lines[at].words[match.end(1) :]) else match.group(1)


def _caption_end(lines: Sequence[Line], at: int, last: str) -> int:
    """A caption runs to the next gap; where the text it interrupts goes on without one, to the line that carries on."""
    end = at + 1
    while end < len(lines) and not lines[end].gap and not table_at(lines, end):
        if last and not is_finished(last) and is_finished(lines[end - 1].words) and lines[end].words[:1].islower():
            break
        end += 1
    return end


def _is_heading(lines: Sequence[Line], at: int, last: str, floating: bool) -> bool:
    line, words = lines[at], lines[at].words
    if len(words) > _HEADING or len(words.split()) > 12 or re.search(r"[.,;-]$", words) or not _starts_high(words):
        return False
    if last and not is_finished(last) and not (line.gap and vocabulary().own_kind(words)):
        return False
    if not _leads_to_prose(lines, at):
        return False
    if vocabulary().own_kind(words):
        return line.gap or not floating
    return line.gap and not line.fresh and not floating and bool(last) and len(words) <= 60 and not _is_loose(lines, at)


def _starts_high(words: str) -> bool:
    return words[0].isupper() or re.match(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s*\|?\s+[A-Z]|#\s?\d", words) is not None


def _leads_to_prose(lines: Sequence[Line], at: int) -> bool:
    """Whether running text follows within three lines, and the next line starts as a sentence does."""
    after = lines[at + 1 : at + 4]
    if not after or not (after[0].gap or re.match(r"[^a-z]", after[0].words)):
        return False
    return any(len(line.words) >= _PROSE for line in after)


def _is_loose(lines: Sequence[Line], at: int) -> bool:
    """A short line that is no heading: a list of names, a lone value, the next of several short lines, a notice."""
    words = lines[at].words
    follows = lines[at + 1].words if at + 1 < len(lines) else ""
    return (
        "," in words or is_notice(words) or len(follows) < _PROSE or sum(c.isdigit() for c in words) > 0.3 * len(words)
    )


def _chunk_end(lines: Sequence[Line], at: int) -> int:
    """The next gap, caption, heading or table."""
    end, text = at + 1, lines[at].words
    while end < len(lines) and not lines[end].gap:
        if (
            _is_names(lines[end].words)
            or _is_heading(lines, end, text, False)
            or _caption(lines, end, text)
            or table_at(lines, end)
        ):
            break
        text = lines[end].words
        end += 1
    return end


def _is_names(words: str) -> bool:
    """A line of authors below a title: names parted by commas, with initials or the marks of their affiliations."""
    pieces = [piece.strip() for piece in re.split(r",\s*|\s+(?:and|&)\s+|;\s*", words) if re.search(r"[^\W\d_]", piece)]
    marked = re.search(r"[^\W\d_][\d*†‡]|\b[A-Z]\.", words) is not None
    name = re.compile(r"(?:(?:[A-Z][\w.’'-]*|de|van|von|der|den|la|el|bin)\s+){0,4}[A-Z][\w.’'-]*[\d*†‡§\s]*")
    return len(words) < 400 and len(pieces) > 1 and marked and all(name.fullmatch(piece) for piece in pieces)


def _is_legend(chunk: Sequence[Line], lines: Sequence[Line]) -> bool:
    """What stands below a table: abbreviations, notes with a mark, or the short lines of a table that was flattened."""
    widths = [len(line.words) for line in chunk]
    if _LEGEND.match(chunk[0].words):
        return True
    return sum(widths) / len(widths) < _PROSE and not is_finished(chunk[-1].words)


def _notes(chunk: Sequence[Line], words: Words) -> Iterator[str]:
    """The notes of a legend, each from its mark on; a mark may stand on a line of its own."""
    running: list[str] = []
    for line in chunk:
        starts = re.match(r"(?:[*†‡§¶#$]{1,3}|[a-z])$|[A-Z]\)\s|[*†‡§¶#$]+\s?\w", line.words) is not None
        if starts and running:
            yield words.join(running)
            running = []
        running.append(line.words)
    if running:
        yield words.join(running)


def _paragraphs(chunk: Sequence[Line], words: Words, margin: float) -> list[Block]:
    """A chunk cut after each short line that ends a sentence before one that starts a new one."""
    found: list[Block] = []
    widest = max(len(line.words) for line in chunk)
    running: list[str] = []
    for at, line in enumerate(chunk):
        running.append(line.words)
        following = chunk[at + 1] if at + 1 < len(chunk) else None
        short = len(line.words) < 0.85 * widest and is_finished(line.words)
        indented = following is not None and re.match(r"\s{2,}\S", following.text) and not line.text.startswith(" ")
        ends = following is None or (short and _starts_new(following.words))
        if ends or (following and is_finished(line.words) and (indented or _starts_part(following.words))):
            found.append(Block("paragraph", words.join(running), full=len(line.words) >= 0.85 * max(widest, margin)))
            running = []
    return found


def _starts_part(words: str) -> bool:
    """Whether a line starts with the label of an abstract's part or the keywords."""
    match = re.match(r"([A-Z][\w ()/&-]{2,45})(?::|\.(?=\s+[A-Z]))\s+\S", words)
    return match is not None and vocabulary().own_kind(match.group(1)) is not None


def _starts_new(words: str) -> bool:
    return words[:1].isupper() or words[:1].isdigit() or words[:1] in '“"(#•-–'


def _whole(torn: list[Block], words: Words) -> list[Block]:
    """Paragraphs put together again across what stands between their parts; what stood between comes after."""
    found: list[Block] = []
    open_at: int | None = None
    for block in torn:
        if block.kind == "heading":
            open_at = None
        if block.kind != "paragraph":
            found.append(block)
        elif open_at is not None and _carries_on(found[open_at], block):
            found[open_at] = Block("paragraph", words.glue(found[open_at].text, block.text), full=block.full)
        else:
            open_at = len(found)
            found.append(block)
    return found


def _carries_on(before: Block, after: Block) -> bool:
    """Whether a paragraph is the rest of the one before: that one has no end, or this one no beginning."""
    if _is_names(before.text) or _is_names(after.text):
        return False
    if re.match(r"[a-z]{2}|[a-z]\s", after.text) and not re.match(r"[a-z]\)", after.text):
        return not is_finished(before.text) or before.full
    if is_finished(before.text) or _starts_part(after.text):
        return False
    return before.full or _LAST_WORD.search(before.text[-_TAIL:]) is not None or not _starts_new(after.text)

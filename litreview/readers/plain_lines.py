"""Lines of plain text, and which of them are a page's furniture rather than the author's words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litreview.readers.plain_columns import unweave
from litreview.readers.sections import vocabulary


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its place kept: `text` has its leading blanks. `gap` says that something parts it from the last line.

    `page` is the number of the page (from 0), `fresh` that a page or column starts here.
    """

    text: str
    page: int = 0
    gap: bool = False
    fresh: bool = False

    @property
    def words(self) -> str:
        """The line without blanks at its ends."""
        return self.text.strip()


_PAGE = re.compile(
    r"(?:(?:.{0,80}\s{3,})?page\s+\d+(?:\s+of\s+\d+)?(?:\s{3,}.{0,80})?|\d+\s+of\s+\d+|\(?(?:19|20)\d\d\)?\s*[,;]?\s*\d+\s*(?:\(\d+\))?\s*:\s*[\w–-]+(?:\s*[|,].*)?|"
    r"\(continued\s+(?:on|from)\b.*\)|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*\|.{0,80}|.{0,80}\|\s*\d{1,4})",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?:[A-Z][\w’'-]+\s+){1,3}et\s+al\.?,?(?:\s+[A-Z(].{0,80})?(?<![.;,])(?:\s+\d{1,4})?")
# The same with the journal, its year and pages: "M. Silva et al. / Journal Name 27 (2021) 688-691   689".
_CITED_HEAD = re.compile(
    r"(?:[A-Z][\w’'-]*\.?(?:[\s-]?[A-Z]\.?){0,3},?\s+(?:(?:and|&)\s+)?){1,4}et\s+al\.?,?\s*[/|•·:–—-]?\s*[A-Z(].{0,100}"
    r"\b(?:19|20)\d\d\b.{0,20}\d[–-]\d.{0,60}"
)
_ADDRESS = re.compile(
    r"(?:https?://\S+|www\.\S+|(?:https?://)?(?:dx\.)?doi(?:\.org/|:\s*)\S+|downloaded\s+from\b.*|this\s+article\s+is\s+protected\s+by\b.*)"
    r"(?:\s+by\b.*|\s+on\b.*)?",
    re.IGNORECASE,
)
# Blocks that journals put at the foot of a first page, between two lines of the author's text.
_INTERPOSED = re.compile(
    r"(?:\*\s*)?(?:correspond(?:ence|ing\s+author)\b|e-?mail\s*(?:address)?\s*:|full\s+list\s+of\s+author|©|\(c\)\s*(?:19|20)\d\d|copyright\b|"
    r"open\s+access\s*(?:this|$)|this\s+(?:open[- ]access\s+)?article\s+is\s+(?:licen[sc]ed|distributed|an\s+open)|"
    r"this\s+is\s+an\s+open[- ]access|"
    r"received\s*:|accepted\s*:|published\s*(?:online)?\s*:|edited\s+by\b|reviewed\s+by\b|citation\s*:|how\s+to\s+cite|academic\s+editor|"
    r"specialty\s+section|(?:\d\s*)?(?:department|division|institute|faculty|school|clinic|university|hospital)\s+(?:of|for)\b[^.]*,)",
    re.IGNORECASE,
)


def lines(text: str) -> list[Line]:
    """The author's lines in reading order: columns unwoven, running heads, page lines and notices taken out."""
    found: list[Line] = []
    pages = text.expandtabs(8).split("\f")
    repeated = _repeated(pages)
    for number, page in enumerate(pages):
        # Before columns are unwoven as well as after: a page line runs across both, a notice stands in one.
        printed = _cleared([(row, False) for row in page.split("\n")], repeated)
        columns = _cleared(unweave([row or "" for row, _ in printed]), repeated)
        found.extend(_numbered(_without_notices(columns), number))
    return found


def is_notice(words: str) -> bool:
    """Whether a line starts a journal's notice: a correspondence address, affiliations, a licence."""
    return _INTERPOSED.match(words) is not None


def _repeated(pages: Sequence[str]) -> frozenset[str]:
    """Lines that come on several pages, numbers aside: three times, or twice at the edges of pages."""
    all_lines: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    for page in pages:
        rows = [row.strip() for row in page.split("\n") if row.strip()]
        all_lines.update(_alike(row) for row in rows)
        if len(pages) > 1:
            edges.update({_alike(row) for row in (rows[:2] + rows[-2:])})
    often = {words for words, count in all_lines.items() if count >= 3} | {
        w for w, count in edges.items() if count >= 2
    }
    return frozenset(words for words in often if _could_be_head(words))


def _alike(words: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", words.strip()))


def _could_be_head(words: str) -> bool:
    """Not a sentence's end, a heading, or the short entries of a table that was flattened."""
    if len(words) < 12 or len(words) > 120 or words.endswith((".", ",", ";", "-")):
        return words == "#"
    return vocabulary().own_kind(words.replace("#", "1")) is None and re.match(r"(?:table|fig)", words, re.I) is None


def _cleared(rows: Sequence[tuple[str, bool]], repeated: frozenset[str]) -> list[tuple[str | None, bool]]:
    """The rows with `None` in the place of furniture."""
    return [(None if _is_furniture(rows, at, repeated) else row, fresh) for at, (row, fresh) in enumerate(rows)]


def _is_furniture(rows: Sequence[tuple[str, bool]], at: int, repeated: frozenset[str]) -> bool:
    words = rows[at][0].strip()
    if not words:
        return False
    alike = _alike(words)
    if _PAGE.fullmatch(words) or _ADDRESS.fullmatch(words) or (alike in repeated and alike != "#"):
        return True
    alone = _blank(rows, at - 1) and _blank(rows, at + 1)
    if alone and (_HEAD.fullmatch(words) or _CITED_HEAD.fullmatch(words)):
        return True
    return alike == "#" and _at_edge(rows, at)


def _blank(rows: Sequence[tuple[str, bool]], at: int) -> bool:
    return not 0 <= at < len(rows) or not rows[at][0].strip() or bool(_PAGE.fullmatch(rows[at][0].strip()))


def _at_edge(rows: Sequence[tuple[str, bool]], at: int) -> bool:
    """Whether a bare number is the first or last thing on its page."""
    before = any(row.strip() for row, _ in rows[:at])
    after = any(row.strip() for row, _ in rows[at + 1 :])
    return len(rows) > 3 and before != after


def _without_notices(rows: Sequence[tuple[str | None, bool]]) -> Iterator[tuple[str | None, bool]]:
    """Notices out, each up to the next blank line; one that starts a block of the author's words is left."""
    inside = False
    last = ""
    for row, fresh in rows:
        words = (row or "").strip()
        if not words:
            inside = False
        elif not last and _INTERPOSED.match(words):
            inside = True
        yield (None if inside else row), fresh
        last = words


def _numbered(rows: Iterator[tuple[str | None, bool]], page: int) -> Iterator[Line]:
    """Lines with their gaps; a single blank before a line that follows unindented ones is a torn column's mark."""
    gap, first, last = True, True, ""
    for row, fresh in rows:
        if row is None or not row.strip():
            gap = True
            continue
        torn = row.startswith(" ") and not row.startswith("  ") and bool(last) and not last.startswith(" ")
        yield Line(row.rstrip(), page, gap or torn or fresh, first or fresh or torn)
        gap, first, last = False, False, row

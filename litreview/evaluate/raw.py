"""The words of raw files by another route than the readers', so that quotes can be checked against them."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

_ARTICLES = {
    "PubmedArticle": ("./MedlineCitation/PMID", "./PubmedData/ArticleIdList/ArticleId"),
    "PubmedBookArticle": ("./BookDocument/PMID",),
    "article": ("./front//article-id", "./front-stub//article-id"),
}
_PASSED_OVER = frozenset("-‐‑­")  # hyphens, also soft ones: a line's end may have put or taken them


_BETWEEN = 1500  # letters of captions, running heads and footnotes that a page's end may put into a sentence
_PIECE = 12  # letters that each side of such a break must have
_BREAKS = 2  # such breaks within one quote


@dataclass(frozen=True, slots=True)
class RawText:
    """One report's words as a raw file holds them; `names` are what it may be known by: file name and identifiers.

    `paged` is text in the order of printed pages, where a figure's caption may stand in the middle of a sentence.
    """

    names: frozenset[str]
    words: str
    paged: bool = False

    def holds(self, quote: str) -> bool:
        """Whether the quote stands in it, white space and hyphens aside, in pages also around what breaks them."""
        wanted = bare(quote)
        return wanted in self.words or (self.paged and _in_pieces(wanted, self.words, _BREAKS))


def _in_pieces(wanted: str, words: str, breaks: int) -> bool:
    """Whether the beginning stands somewhere and the rest, itself perhaps in pieces, not far behind it."""
    start = words.find(wanted[:_PIECE])
    while start >= 0 and len(wanted) >= 2 * _PIECE:
        size = _common(wanted, words, start)
        rest, behind = wanted[size:], words[start + size : start + size + _BETWEEN + len(wanted)]
        if len(rest) >= _PIECE and (rest in behind or (breaks > 1 and _in_pieces(rest, behind, breaks - 1))):
            return True
        start = words.find(wanted[:_PIECE], start + 1)
    return False


def _common(wanted: str, words: str, start: int) -> int:
    """How many letters of what is wanted stand at a place."""
    pairs = zip(wanted, words[start : start + len(wanted)], strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(wanted), len(words) - start))


def bare(text: str) -> str:
    """A text without white space and hyphens, with signs in their plain form."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if not letter.isspace() and letter not in _PASSED_OVER)


def raw_texts(path: Path) -> Iterator[RawText]:
    """Every report in a file: XML by its elements' text, HTML by BeautifulSoup, JSON by its strings, others as text."""
    content = path.read_bytes()
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        return
    if start.startswith(b"{"):
        yield RawText(_file(path), bare("\n".join(_strings(_json(content)))))
    elif b"<html" in start.lower() or b"<!doctype html" in start.lower():
        yield RawText(_file(path), bare(_html_text(content)))
    elif start.startswith(b"<"):
        yield from _xml_texts(content, path)
    else:
        yield RawText(_file(path), bare(_decoded(content)), paged=True)


def _file(path: Path) -> frozenset[str]:
    return frozenset({path.name.lower()})


def _xml_texts(content: bytes, path: Path) -> Iterator[RawText]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root is None:
        return
    for element in root.iter(*_ARTICLES):
        names = {
            (found.text or "").strip().lower()
            for place in _ARTICLES[str(element.tag)]
            for found in element.iterfind(place)
        }
        numbers = {f"pmc{name}" for name in names if name.isdigit()}
        words = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
        yield RawText(frozenset(names | numbers) | _file(path), bare(words))


def _html_text(content: bytes) -> str:
    from bs4 import BeautifulSoup

    return BeautifulSoup(content, "lxml").get_text(" ")


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return ""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")

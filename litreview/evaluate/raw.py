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


@dataclass(frozen=True, slots=True)
class RawText:
    """One report's words as a raw file holds them; `names` are what it may be known by: file name and identifiers."""

    names: frozenset[str]
    words: str

    def holds(self, quote: str) -> bool:
        """Whether the quote stands in it, white space and hyphens aside."""
        return bare(quote) in self.words


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
        yield RawText(_file(path), bare(_decoded(content)))


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

"""A folder of PubMed records and PMC full texts, held ready to be searched and handed out."""

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO

from lxml import etree

from litreview.errors import ReadError
from litreview.pubmed.entry import Entry, from_article
from litreview.pubmed.matching import Index

_RECORDS = ("PubmedArticle", "PubmedBookArticle")
_PMC_KINDS = ("pmc", "pmcid", "pmcaid")


class Collection:
    """Records and full texts by id, with the index over the records and the links between them."""

    def __init__(
        self,
        articles: Iterable[etree._Element] = (),
        fulltexts: Iterable[tuple[str, etree._Element]] = (),
        *,
        narrower: Mapping[str, Iterable[str]] | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`articles` are `PubmedArticle` elements; `fulltexts` pairs of a PMC id's digits and its `article`."""
        self.index = Index(narrower=narrower, today=today)
        self.entries: dict[str, Entry] = {}
        self._records: dict[str, bytes] = {}
        self._fulltexts: dict[str, bytes] = {}
        self._gone: dict[str, str] = {}
        self._citing: dict[str, list[str]] = defaultdict(list)
        for article in articles:
            self._add(article)
        for digits, fulltext in fulltexts:
            self._fulltexts[digits] = _packed(fulltext)

    def withdraw(self, pmid: str, *, into: str = "") -> None:
        """Delete a record, or merge it into another; searches count it until they are indexed anew, as at PubMed."""
        self._records.pop(pmid, None)
        self._gone[pmid] = into

    def gone(self, pmid: str) -> str | None:
        """What a withdrawn record was merged into, empty for a deleted one; `None` where it was not withdrawn."""
        return self._gone.get(pmid)

    def record(self, pmid: str) -> bytes:
        """The record's XML, empty where there is none."""
        return _unpacked(self._records.get(pmid))

    def fulltext(self, pmcid: str) -> bytes:
        """The full text's XML, empty where there is none; `PMC` before the digits may be left out."""
        return _unpacked(self._fulltexts.get(pmcid.strip().upper().removeprefix("PMC")))

    def linked(self, pmid: str, linkname: str) -> tuple[str, ...]:
        """The ids that a record is linked to; `KeyError` for a link that is not known here."""
        return _LINKS[linkname](self, pmid)

    def _add(self, article: etree._Element) -> None:
        entry = from_article(article)
        self.entries[entry.pmid] = entry
        self._records[entry.pmid] = _packed(article)
        self.index.add(entry)
        for cited in entry.references:
            if entry.pmid not in self._citing[cited]:
                self._citing[cited].append(entry.pmid)

    def _references(self, pmid: str) -> tuple[str, ...]:
        return self.entries[pmid].references if pmid in self.entries else ()

    def _cited_in(self, pmid: str) -> tuple[str, ...]:
        return tuple(self._citing.get(pmid, ()))

    def _pmc(self, pmid: str) -> tuple[str, ...]:
        pmcid = self.entries[pmid].pmcid if pmid in self.entries else ""
        return (pmcid.removeprefix("PMC"),) if pmcid else ()

    def _pubmed(self, pmcid: str) -> tuple[str, ...]:
        name = "PMC" + pmcid.upper().removeprefix("PMC")
        return tuple(pmid for pmid, entry in self.entries.items() if entry.pmcid == name)


_LINKS: dict[str, Callable[[Collection, str], tuple[str, ...]]] = {
    "pubmed_pubmed_refs": Collection._references,
    "pubmed_pubmed_citedin": Collection._cited_in,
    "pubmed_pmc": Collection._pmc,
    "pmc_pubmed": Collection._pubmed,
}
LINK_NAMES = tuple(_LINKS)


def load(
    folder: Path, *, narrower: Mapping[str, Iterable[str]] | None = None, today: Callable[[], date] = date.today
) -> Collection:
    """What a folder holds: any PubmedArticleSet files (`.xml`, `.xml.gz`), and JATS files in `pmc/`.

    `narrower` as for `Index`. Raises `ReadError` where a file is not whole XML.
    """
    files = sorted(path for path in folder.rglob("*") if path.name.lower().endswith((".xml", ".xml.gz")))
    if not files:
        raise ReadError(f"{folder}: no XML file is in this folder", hint="give a folder with PubmedArticleSet files")
    inside = folder / "pmc"
    records = [path for path in files if inside not in path.parents]
    fulltexts = [path for path in files if inside in path.parents]
    return Collection(_articles(records), _fulltexts(fulltexts), narrower=narrower, today=today)


def _articles(paths: Iterable[Path]) -> Iterator[etree._Element]:
    for path in paths:
        yield from _elements(path, _RECORDS)


def _fulltexts(paths: Iterable[Path]) -> Iterator[tuple[str, etree._Element]]:
    for path in paths:
        for article in _elements(path, ("article",)):
            digits = _pmc_digits(article) or "".join(re.findall(r"PMC(\d+)", path.name)[:1])
            if digits:
                yield digits, article


def _elements(path: Path, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The outermost elements of these names, one at a time, each freed after use."""
    with _opened(path) as stream:
        try:
            found = etree.iterparse(
                stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            )
            for _, element in found:
                if element.getparent() is None or element.getparent().tag not in tags:
                    yield element
                    _free(element)
        except etree.XMLSyntaxError as error:
            raise ReadError(f"{path.name}: not whole XML: {error.msg}", hint="fetch or save the file again") from None


def _opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def _free(element: etree._Element) -> None:
    """Give the memory of an element back, and that of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _pmc_digits(article: etree._Element) -> str:
    for node in article.iterfind("front/article-meta/article-id"):
        digits = re.fullmatch(r"(?:PMC)?(\d+)", (node.text or "").strip(), re.IGNORECASE)
        if node.get("pub-id-type") in _PMC_KINDS and digits:
            return digits.group(1)
    return ""


def _packed(element: etree._Element) -> bytes:
    return zlib.compress(etree.tostring(element, encoding="utf-8", with_tail=False), 1)


def _unpacked(packed: bytes | None) -> bytes:
    return zlib.decompress(packed) if packed else b""

"""A publisher's HTML page: the article without the site around it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from bs4 import BeautifulSoup, Tag

from litreview.errors import ReadError
from litreview.model.bibliography import Record
from litreview.model.document import Document
from litreview.readers import dates, identifiers
from litreview.readers.builder import fold
from litreview.readers.decoding import decode, read_all
from litreview.readers.html_body import document
from litreview.readers.html_tables import inline, soup
from litreview.readers.item import Item
from litreview.readers.pubmed import is_marked_retracted

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The article of a page; `ReadError` for a page without one, such as an error or a login page."""
    page = soup(_decoded(read_all(stream, name), name))
    record = _record(page)
    try:
        found = document(page, record.title, source=name)
    except RecursionError as error:
        raise ReadError(
            f"{name}: an HTML page nested beyond reason", hint="save the article from another source"
        ) from error
    if found is None:
        said = fold(page.title.get_text()) if page.title else ""
        raise ReadError(
            f"{name}: an HTML page without an article" + (f" ({said[:80]})" if said else ""),
            hint="it may be an error, login or search page; save the page of the article itself",
        )
    yield (record if record.abstract else replace(record, abstract=_abstract(found))), found


def _abstract(document: Document) -> str:
    """The paragraphs of the abstract, where the page prints one."""
    spans = [section.span for section in document.sections if section.kind == "abstract"]
    return "\n".join(document[p] for p in document.paragraphs if any(p in span for span in spans))


def _decoded(data: bytes, name: str) -> str:
    """By the page's own word where Python knows the encoding."""
    declared = _CHARSET.search(data[:4096])
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf-16"):
        try:
            return data.decode(declared.group(1).decode(), "replace")
        except LookupError:
            pass
    return decode(data, name)


def _record(page: BeautifulSoup) -> Record:
    heading = page.find("h1")
    title = _meta(page, "citation_title", "dc.title", "og:title") or (
        inline(heading) if isinstance(heading, Tag) else ""
    )
    first, last = _meta(page, "citation_firstpage"), _meta(page, "citation_lastpage")
    return Record(
        title=title or (fold(page.title.get_text()) if page.title else ""),
        pmid=identifiers.pmid(_meta(page, "citation_pmid")),
        pmcid=identifiers.pmcid(_meta(page, "citation_pmcid")),
        doi=identifiers.doi(_meta(page, "citation_doi", "dc.identifier", "prism.doi", "bepress_citation_doi")),
        authors=tuple(map(_author, _all(page, "citation_author", "citation_authors", "dc.creator"))),
        journal=_meta(page, "citation_journal_title", "prism.publicationname"),
        published=dates.from_text(
            _meta(page, "citation_publication_date", "citation_date", "citation_online_date", "dc.date")
        ),
        volume=_meta(page, "citation_volume"),
        issue=_meta(page, "citation_issue"),
        pages=_meta(page, "citation_article_number") or "-".join(filter(None, (first, last))),
        abstract=_meta(page, "citation_abstract"),
        keywords=tuple(_all(page, "citation_keywords")),
        status="retracted" if is_marked_retracted(title) else "published",
        licence=_licence(page),
    )


def _meta(page: BeautifulSoup, *names: str) -> str:
    return next(iter(_all(page, *names)), "")


def _all(page: BeautifulSoup, *names: str) -> list[str]:
    """Contents of the meta tags of the first name that is there; publishers write the names in any case."""
    for name in names:
        tags = page.find_all("meta", attrs={"name": _whole(name)}) or page.find_all(
            "meta", attrs={"property": _whole(name)}
        )
        words = [fold(str(tag.get("content") or "")) for tag in tags]
        found = [
            part for word in words for part in (re.split(r"\s*;\s*", word) if name.endswith("s") else [word]) if part
        ]
        if found:
            return found
    return []


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(name)}$", re.IGNORECASE)


def _author(name: str) -> str:
    """ "Family, Given" or "Given Family" as "Family GG"."""
    family, comma, given = name.partition(",")
    if not comma:
        given, _, family = name.rpartition(" ")
    return f"{family.strip()} {identifiers.initials(given)}".strip()


def _licence(page: BeautifulSoup) -> str:
    link = page.find(["a", "link"], href=re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/", re.IGNORECASE))
    return str(link.get("href")) if isinstance(link, Tag) else ""

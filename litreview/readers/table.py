"""Bibliographies in rows: CSV and tab-separated exports, known by the names of their columns."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from litreview.errors import ReadError
from litreview.model.long_cells import long_cells
from litreview.readers.decoding import lines
from litreview.readers.entries import Entry, authors, items, record
from litreview.readers.item import Item

# Our fields and the columns that hold them, the better ones first: as PubMed, Embase, Web of Science, Scopus, Ovid,
# Cochrane, Zotero, EndNote and de-duplication tools name them, in small letters.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "key", "record_id", "record id", "recordid", "record number", "eid", "ut (unique wos id)", "ut"),
    "title": ("title", "article title", "article_title", "document title", "primary title", "original title", "ti"),
    "authors": (
        *("author", "authors", "author(s)", "author names", "authors, primary", "author full names"),
        *("author/s", "au", "af", "first author"),
    ),
    "year": ("year", "publication year", "pub year", "publication_year", "py", "yr", "date", "publication date", "dp"),
    "journal": (
        *("journal", "source title", "publication title", "journal/book", "journal title", "secondary title"),
        *("publication name", "journal name", "full journal", "periodical", "jn", "so", "source", "booktitle"),
        *("conference name", "book title"),
    ),
    "volume": ("volume", "vol", "vl", "vo"),
    "issue": ("number", "issue", "issue number", "no", "ip"),
    "pages": ("pages", "page", "pg", "page range"),
    "first_page": ("start page", "page start", "first page", "bp"),
    "last_page": ("end page", "page end", "last page", "ep"),
    "article": ("art. no.", "article number", "article_number", "ar"),
    "doi": ("doi", "di", "digital object identifier", "doi link", "do"),
    "pmid": ("pmid", "pubmed id", "pubmed_id", "medline pmid", "pm"),
    "pmcid": ("pmcid", "pmc id", "pmc"),
    "url": ("url", "link", "full text link", "doi url"),
    "abstract": ("abstract", "abstract note", "ab"),
    "kind": (
        "publication type",
        "document type",
        "type of reference",
        "reference type",
        "item type",
        "entrytype",
        "dt",
    ),
    "language": ("language", "language of original document", "article language", "la", "lg"),
    "keywords": ("keywords", "author keywords", "de"),
    "citation": ("citation",),
}
_DELIMITERS = ",;\t"


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Records, with their abstracts where there are any."""
    yield from items(entries(stream, name), name, format="csv")


def entries(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Every row with its id; `ReadError` where no column holds titles."""
    try:
        with long_cells():
            yield from _entries(lines(stream, name), name)
    except csv.Error as error:
        raise ReadError(f"{name}: the rows cannot be told apart: {error}", hint="save it again as CSV") from error


def _entries(text: Iterator[str], name: str) -> Iterator[Entry]:
    head = next(text, "")
    rows = csv.reader(text, delimiter=delimiter(head))
    places = columns(next(csv.reader([head], delimiter=delimiter(head)), []))
    if "title" not in places:
        raise ReadError(f"{name}: the table has no column title", hint="give one of the columns the name title")
    for row in rows:
        if any(cell.strip() for cell in row):
            yield _entry(row, places)


def delimiter(head: str) -> str:
    """What separates the columns in the first line."""
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([head], delimiter=sign), [])))


def columns(head: Iterable[str]) -> dict[str, list[int]]:
    """For each of our fields the places of the columns that hold it, the better ones first."""
    names = [re.sub(r"\s+", " ", name.strip().strip("\ufeff\"'").lower()) for name in head]
    found = {field: [names.index(name) for name in known if name in names] for field, known in COLUMNS.items()}
    if "ut" in names and "is" in names:  # Web of Science's tags; Ovid has the ISSN there
        found["issue"].append(names.index("is"))
    return {field: places for field, places in found.items() if places}


def recognised(stream: BinaryIO, name: str) -> str:
    """Which columns are read as what, and which are not; empty where none holds titles."""
    head = next(lines(stream, name), "")
    names = next(csv.reader([head], delimiter=delimiter(head)), [])
    found = columns(names)
    if "title" not in found:
        return ""
    used = {place for places in found.values() for place in places}
    unused = ", ".join(each.strip() for place, each in enumerate(names) if place not in used and each.strip())
    told = ", ".join(field.replace("_", " ") for field in found)
    return f"CSV with {told}" + (f"; not used: {unused}" if unused else "")


def _entry(row: list[str], places: dict[str, list[int]]) -> Entry:
    told = {
        field: next((row[place] for place in found if place < len(row) and _says(row[place])), "")
        for field, found in places.items()
    }
    return told.pop("id", "").strip(), record(told, authors(told.pop("authors", "")))


def _says(cell: str) -> bool:
    return cell.strip().lower() not in ("", "unknown", "nan")

"""RIS, which most databases and reference managers save, read by rispy one reference at a time."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import rispy

from litreview.model.bibliography import Problem
from litreview.readers.decoding import lines
from litreview.readers.entries import Entry, author, items, record
from litreview.readers.item import Item

_TAG = re.compile(r"\s*([A-Z][A-Z0-9])  ?-(?: |$)")
_FIELDS = {
    "title": ("title", "primary_title"),
    "journal": ("journal_name", "alternate_title3", "secondary_title", "alternate_title2", "alternate_title1"),
    "year": ("year", "publication_year", "date"),
    "volume": ("volume",),
    "issue": ("number",),
    "first_page": ("start_page",),
    "last_page": ("end_page",),
    "abstract": ("abstract", "notes_abstract"),
    "doi": ("doi",),
    "language": ("language",),
    "vernacular_title": ("translated_title",),
}
_MORE = ("custom2", "custom3", "custom7", "accession_number", "note", "type_of_work", "urls", "notes")
_KINDS = {"ABST": "Meeting Abstract", "CONF": "Conference Proceedings", "CPAPER": "Conference Paper"}


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Records, with their abstracts where there are any."""
    yield from items(entries(stream, name), name, format="ris")


def entries(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Every reference with its `ID`; one that rispy cannot read is a problem."""
    for number, block in enumerate(_references(stream, name), start=1):
        try:
            (told,) = rispy.loads(block)
        except (ValueError, KeyError, IndexError, rispy.parser.ParseError) as error:
            yield Problem(
                "read", f"{name}: record {number}", f"the reference cannot be read: {error}", "export it again"
            )
            continue
        yield _entry(told)


def _references(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of one reference after another; one that lacks its end ends where the next begins."""
    block: list[str] = []
    for line in lines(stream, name):
        found = _TAG.match(line)
        tag = found.group(1) if found else ""
        if tag == "TY" and block:
            yield _ended(block)
            block = []
        if tag == "ER":
            if block:
                yield _ended(block)
            block = []
        elif tag == "TY" or block:
            block.append(f"{tag}  - {line[found.end() :].strip()}" if found else line.strip())
    if block:
        yield _ended(block)


def _ended(block: list[str]) -> str:
    return "\n".join([*block, "ER  - ", ""])


def _entry(told: dict[str, Any]) -> Entry:
    fields = {ours: _first(told, theirs) for ours, theirs in _FIELDS.items()}
    more = [part for key in _MORE for part in _all(told, key)]
    names = _all(told, "authors") or _all(told, "first_authors")
    fields |= {
        "url": " ".join(part for part in more if re.search(r"(?i)doi|pubmed|\b10\.\d", part)),
        "pmid": next((found for part in more if (found := _pmid(part))), "") or _pubmed_accession(told),
        "pmcid": next((part for part in more if re.fullmatch(r"PMC\d+", part)), ""),
        "kind": "; ".join(filter(None, (_first(told, ("type_of_work",)), _KINDS.get(told["type_of_reference"], "")))),
        "keywords": "; ".join(_all(told, "keywords")),
    }
    return _first(told, ("id",)), record(fields, tuple(author(name) for name in names if name.strip(" ,")))


def _pubmed_accession(told: dict[str, Any]) -> str:
    database = _first(told, ("name_of_database", "database_provider"))
    return _first(told, ("accession_number",)) if re.match(r"(?i)medline|pubmed", database) else ""


def _pmid(text: str) -> str:
    found = re.search(r"(?i)\b(?:pubmed|pmid|medline)\b\s*(?:id)?\s*:?\s*(\d{1,9})\b", text)
    return found.group(1) if found else ""


def _first(told: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((part for key in keys for part in _all(told, key) if part), "")


def _all(told: dict[str, Any], key: str) -> list[str]:
    value = told.get(key, [])
    return [str(part).strip() for part in (value if isinstance(value, list) else [value])]

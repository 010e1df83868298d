"""BibTeX, read by bibtexparser some hundred entries at a time, with LaTeX's accents as letters."""

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry as BibtexEntry
from bibtexparser.model import ParsingFailedBlock

from litreview.model.bibliography import Problem
from litreview.readers.decoding import lines
from litreview.readers.entries import Entry, author, items, record
from litreview.readers.item import Item

_BATCH = 500
# What cannot be read is told as a problem, not in a log.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
_START = re.compile(r"\s*@\s*(\w+)\s*[{(]")
_FIELDS = {
    "title": ("title",),
    "journal": ("journal", "journaltitle", "booktitle", "series"),
    "year": ("year", "date"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid", "article-number", "articleno"),
    "doi": ("doi",),
    "pmid": ("pmid", "pubmed_id", "pubmed-id", "pubmedid"),
    "pmcid": ("pmcid", "pmc"),
    "url": ("url", "note", "eprint"),
    "abstract": ("abstract",),
    "language": ("language", "langid"),
    "keywords": ("keywords",),
}


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Records, with their abstracts where there are any."""
    yield from items(entries(stream, name), name, format="bibtex")


def entries(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Every entry with its key; one that bibtexparser cannot read is a problem."""
    number = 0
    for text in _batches(stream, name):
        for block in _blocks(text):
            number += 1
            if isinstance(block, BibtexEntry):
                yield _entry(block)
            else:
                subject, hint = f"{name}: record {number}", "check its braces and quotation marks"
                yield Problem("read", subject, "the entry cannot be read", hint)


def _batches(stream: BinaryIO, name: str) -> Iterator[str]:
    """Some hundred entries at a time, each batch with the abbreviations defined so far."""
    defined: list[str] = []
    batch: list[str] = []
    count, defining = 0, False
    for line in lines(stream, name):
        if start := _START.match(line):
            defining = start.group(1).lower() == "string"
            count += not defining
            if count > _BATCH:
                yield "".join([*defined, *batch])
                batch, count = [], 1
        (defined if defining else batch).append(line)
    yield "".join([*defined, *batch])


def _blocks(text: str) -> Iterator[BibtexEntry | ParsingFailedBlock]:
    """The entries, also those that share a key or have a field twice, which bibtexparser sets aside."""
    decode = LatexDecodingMiddleware(keep_braced_groups=True)
    library = parse_string(text)
    for block in library.blocks:
        whole = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        if isinstance(whole, BibtexEntry):
            decoded = decode.transform_entry(whole, library)
            yield decoded if isinstance(decoded, BibtexEntry) else whole
        elif isinstance(block, ParsingFailedBlock):
            yield block


def _entry(block: BibtexEntry) -> Entry:
    told = {field.key.lower(): str(field.value) for field in block.fields}
    fields = {
        ours: next((told[key] for key in theirs if told.get(key, "").strip()), "") for ours, theirs in _FIELDS.items()
    }
    fields["keywords"] = fields["keywords"].replace(",", ";")
    fields["kind"] = told.get("type", "") or block.entry_type.lower()
    names = re.split(r"\s+and\s+", " ".join(told.get("author", "").split()))
    return block.key, record(_unbraced(fields), tuple(author(_turned(each)) for each in names if each.strip(" ,")))


def _turned(name: str) -> str:
    """ "Jane B. Doe" is "Doe, Jane B.": the family is last where there is no comma; braces keep a group whole."""
    bare = _bare(name)
    words = bare.split()
    is_whole = re.fullmatch(r"\{[^{}]* [^{}]*\}", name)
    if is_whole or "," in bare or len(words) < 2 or (words[-1].isupper() and len(words[-1]) <= 3):
        return bare
    return f"{words[-1]}, {' '.join(words[:-1])}"


def _unbraced(fields: dict[str, str]) -> dict[str, str]:
    return {name: _bare(value) for name, value in fields.items()}


def _bare(text: str) -> str:
    """Without the braces that only keep capitals, and with dashes as they are printed."""
    return re.sub(r"[{}]", "", text).strip(' "')

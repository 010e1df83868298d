"""Room of readers: bytes to records and documents, a module per format."""

import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from litreview.errors import ReadError
from litreview.model.bibliography import Problem
from litreview.readers import table
from litreview.readers.entries import Entry
from litreview.readers.item import Item
from litreview.readers.sniff import sniff

__all__ = [
    "BIBLIOGRAPHIES",
    "READERS",
    "Reader",
    "read_bytes",
    "read_entries",
    "read_path",
    "read_stream",
    "recognised",
    "sniff",
]

Reader = Callable[[BinaryIO, str], Iterator[Item]]
_HEAD = 65_536

# A thousand pages: no report comes near, and what does could not be parsed in bounded memory.
LONGEST = 5_000_000


def _later(module: str) -> Reader:
    """A reader that is imported when it is used: most runs need one format."""

    def read(stream: BinaryIO, name: str) -> Iterator[Item]:
        return cast(Reader, import_module(f"litreview.readers.{module}").read)(stream, name)

    return read


# A format to read: a module with `read`, a line here, and a way to tell it in `sniff`.
READERS: dict[str, Reader] = {
    "pubmed": _later("pubmed"),
    "jats": _later("jats"),
    "cord19": _later("cord19"),
    "html": _later("html_page"),
    "text": _later("plain"),
    "pdf": _later("pdf"),
    "nbib": _later("nbib"),
    "ris": _later("ris"),
    "bibtex": _later("bibtex"),
    "csv": _later("table"),
}

# Those of them that hold entries with ids of their own, and what people call them.
BIBLIOGRAPHIES = {"nbib": "NBIB", "ris": "RIS", "bibtex": "BibTeX", "csv": "CSV"}
_Entries = Callable[[BinaryIO, str], Iterator[Entry]]
_ENTRIES = {"ris": "ris", "bibtex": "bibtex", "csv": "table"}


def read_path(path: Path) -> Iterator[Item]:
    """Everything a file holds, its format told from its content; `ReadError` where it cannot be read at all."""
    with _file(path) as stream:
        yield from read_stream(stream, path.name)


def read_entries(path: Path) -> Iterator[Entry]:
    """Every entry of a bibliography with its id, also one with nothing to go by; of other formats the records.

    The id is what the format gives, else the PMID, else empty.
    """
    with _file(path) as file, _unpacked(file, path.name) as (stream, told):
        kind = _kind_of(told, path)
        if kind in _ENTRIES:
            yield from cast(_Entries, import_module(f"litreview.readers.{_ENTRIES[kind]}").entries)(stream, path.name)
            return
        for item in READERS[kind](stream, path.name):
            yield item if isinstance(item, Problem) else (item[0].pmid or "", item[0])


def recognised(path: Path) -> str:
    """What a bibliography was taken for, and of a table the columns; empty where the file is none."""
    with _file(path) as file, _unpacked(file, path.name) as (stream, told):
        kind = _kind_of(told, path)
        return table.recognised(stream, path.name) if kind == "csv" else BIBLIOGRAPHIES.get(kind, "")


def read_bytes(data: bytes, name: str) -> Iterator[Item]:
    """Like `read_path`, for bytes that are at hand."""
    yield from read_stream(io.BytesIO(data), name)


def read_stream(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Like `read_path`, for an open file that can be rewound."""
    with _unpacked(stream, name) as (inner, kind):
        yield from _of_bearable_length(READERS[kind](inner, name), name)


def _kind_of(told: str, path: Path) -> str:
    """The format; a file that is called a table is one, although its columns are few."""
    return "csv" if told == "text" and {".csv", ".tsv"} & set(path.suffixes) else told


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise ReadError(
            f"{path}: {error.strerror or error}", hint="give the path of a file that can be read"
        ) from error


@contextmanager
def _unpacked(stream: BinaryIO, name: str) -> Iterator[tuple[BinaryIO, str]]:
    """The file, looked into where it is gzip, and its format."""
    head = stream.read(_HEAD)
    stream.seek(0)
    kind = sniff(head, name)
    if not head.startswith(b"\x1f\x8b"):
        yield stream, kind
        return
    with gzip.GzipFile(fileobj=stream) as inner:
        yield cast(BinaryIO, inner), kind


def _of_bearable_length(items: Iterator[Item], name: str) -> Iterator[Item]:
    """The items, with a problem in the place of each text that is longer than a report can be."""
    for item in items:
        if isinstance(item, Problem) or item[1] is None or len(item[1].text) <= LONGEST:
            yield item
        else:
            long = f"a text of {len(item[1].text):,} characters, which is longer than any report"
            yield Problem("read", name, long, "add the part that tells of patients")

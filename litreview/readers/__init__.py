"""Room of readers: bytes to records and documents, a module per format."""

import gzip
import io
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from litreview.errors import ReadError
from litreview.model.bibliography import Problem
from litreview.readers.item import Item
from litreview.readers.sniff import sniff

__all__ = ["READERS", "Reader", "read_bytes", "read_path", "read_stream", "sniff"]

Reader = Callable[[BinaryIO, str], Iterator[Item]]
_HEAD = 65_536

# A thousand pages: no report comes near, and what does could not be parsed in bounded memory.
LONGEST = 5_000_000


def _later(module: str) -> Reader:
    """A reader that is imported when it is used: most runs need one format."""

    def read(stream: BinaryIO, name: str) -> Iterator[Item]:
        return cast(Reader, import_module(f"litreview.readers.{module}").read)(stream, name)

    return read


def _unread(stream: BinaryIO, name: str) -> Iterator[Item]:
    """A bibliography that is known but not read."""
    yield Problem(
        "read",
        name,
        "a bibliography in a format that is not read yet",
        "export it from PubMed as NBIB or as PubMed XML",
    )


# A format to read: a module with `read`, a line here, and a way to tell it in `sniff`.
READERS: dict[str, Reader] = {
    "pubmed": _later("pubmed"),
    "jats": _later("jats"),
    "cord19": _later("cord19"),
    "html": _later("html_page"),
    "text": _later("plain"),
    "pdf": _later("pdf"),
    "nbib": _later("nbib"),
    "ris": _unread,
    "bibtex": _unread,
    "csv": _unread,
}


def read_path(path: Path) -> Iterator[Item]:
    """Everything a file holds, its format told from its content; `ReadError` where it cannot be read at all."""
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, path.name)
    except OSError as error:
        raise ReadError(
            f"{path}: {error.strerror or error}", hint="give the path of a file that can be read"
        ) from error


def read_bytes(data: bytes, name: str) -> Iterator[Item]:
    """Like `read_path`, for bytes that are at hand."""
    yield from read_stream(io.BytesIO(data), name)


def read_stream(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Like `read_path`, for an open file that can be rewound."""
    head = stream.read(_HEAD)
    stream.seek(0)
    kind = sniff(head, name)
    if not head.startswith(b"\x1f\x8b"):
        yield from _of_bearable_length(READERS[kind](stream, name), name)
        return
    with gzip.GzipFile(fileobj=stream) as inner:
        yield from _of_bearable_length(READERS[kind](cast(BinaryIO, inner), name), name)


def _of_bearable_length(items: Iterator[Item], name: str) -> Iterator[Item]:
    """The items, with a problem in the place of each text that is longer than a report can be."""
    for item in items:
        if isinstance(item, Problem) or item[1] is None or len(item[1].text) <= LONGEST:
            yield item
        else:
            long = f"a text of {len(item[1].text):,} characters, which is longer than any report"
            yield Problem("read", name, long, "add the part that tells of patients")

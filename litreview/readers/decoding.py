"""Bytes to text, whatever somebody's editor made of it."""

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from litreview.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


_CHUNK = 1 << 20

# No paper comes near; what unpacks to more is a mistake or a trap.
_MOST_BYTES = 100_000_000


def read_all(stream: BinaryIO, name: str) -> bytes:
    """All bytes of a file that has to be read at once; `ReadError` where it is cut off or far too large."""
    try:
        data = stream.read(_MOST_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise ReadError(f"{name}: the file is cut off or damaged: {error}", hint="download the file again") from error
    if len(data) > _MOST_BYTES:
        raise ReadError(f"{name}: more than {_MOST_BYTES:,} bytes", hint="give the papers one by one")
    return data


def decode(data: bytes, name: str) -> str:
    """Text from UTF-8, UTF-16 or UTF-32 with or without a mark, else from Windows' Latin; `ReadError` for no text."""
    text = _decoded(data)
    if len(_CONTROL.findall(text[:20_000])) > 0.005 * len(text[:20_000]) + 3:
        raise ReadError(f"{name}: this is not text", hint="give a PDF, XML, HTML, JSON or plain text file")
    return _CONTROL.sub(" ", text).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) * 0.3:
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Lines with `\\n` at their end, one after another, so that a file of any length fits; `ReadError` where it is cut.

    Each line is UTF-8 or, where it is not, Windows' Latin. UTF-16 and UTF-32, by their marks, are read at once.
    """
    try:
        mark = stream.read(4)
        stream.seek(0)
        if any(mark.startswith(sign) for sign, _ in _MARKS[1:]):
            yield from (line + "\n" for line in decode(read_all(stream, name), name).split("\n"))
            return
        for number, line in enumerate(_raw_lines(stream)):
            yield _line(line.removeprefix(codecs.BOM_UTF8) if number == 0 else line)
    except (EOFError, OSError, zlib.error) as error:
        raise ReadError(f"{name}: the file is cut off or damaged: {error}", hint="download the file again") from error


def _raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).splitlines(keepends=True)
        yield from whole
    yield from rest.splitlines(keepends=True)


def _line(raw: bytes) -> str:
    bare = raw.rstrip(b"\r\n")
    try:
        return bare.decode("utf-8") + "\n"
    except UnicodeDecodeError:
        return bare.decode("cp1252", "replace") + "\n"

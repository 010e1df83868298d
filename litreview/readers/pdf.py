"""PDF: its text, by the optional pypdf, read as plain text."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from litreview.errors import ReadError
from litreview.readers.decoding import read_all
from litreview.readers.item import Item
from litreview.readers.plain import read_text


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """What `plain` makes of the text of the pages; `ReadError` for a scan, a locked file, or without pypdf."""
    yield from read_text("\f".join(_pages(stream, name)), name, format="pdf")


def _pages(stream: BinaryIO, name: str) -> list[str]:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise ReadError(f"{name}: reading PDF needs pypdf", hint="pip install litreview[pdf]") from error
    data = read_all(stream, name)
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ReadError(
            f"{name}: the PDF cannot be read: {error}",
            hint="it may be damaged or locked; try pdftotext and add its .txt",
        ) from error
    if not any(page.strip() for page in pages):
        raise ReadError(
            f"{name}: the PDF has no text, only pictures", hint="run it through text recognition (OCR) first"
        )
    return pages

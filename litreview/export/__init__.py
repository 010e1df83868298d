"""Room of exports: a table or what else there is to a file, a module per format, told by the file's suffix."""

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from litreview.errors import UsageError
from litreview.export.table import Cell, Printed, Table

__all__ = [
    "FORMATS",
    "PACKAGES",
    "PICTURES",
    "PICTURE_SETS",
    "REFERENCES",
    "Cell",
    "Format",
    "Printed",
    "Table",
    "check_suffix",
    "write",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write something: what it is, where its writer is (imported when used), text or bytes.

    `media` is what a server calls it.
    """

    title: str
    module: str
    function: str
    media: str
    binary: bool = False

    @property
    def content_type(self) -> str:
        """The media type as a header names it."""
        return self.media if self.binary else f"{self.media}; charset=utf-8"

    def write(self, content: Any, stream: IO[Any]) -> int:
        """Write a table (or what else the format is for) to an open file; how many rows it were."""
        writer: Callable[[Any, IO[Any]], int] = getattr(import_module(self.module), self.function)
        return writer(content, stream)


_ROOM = "litreview.export"

# A format to write: a module with its writer, and a line here. These take a `Table`.
FORMATS: dict[str, Format] = {
    ".csv": Format("comma separated values", f"{_ROOM}.delimited", "write_csv", "text/csv"),
    ".tsv": Format("tab separated values", f"{_ROOM}.delimited", "write_tsv", "text/tab-separated-values"),
    ".json": Format("JSON, a list of objects", f"{_ROOM}.json_text", "write_json", "application/json"),
    ".jsonl": Format("JSON Lines, an object a line", f"{_ROOM}.json_text", "write_jsonl", "application/jsonl"),
    ".xlsx": Format(
        "Excel workbook",
        f"{_ROOM}.xlsx",
        "write_xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        binary=True,
    ),
    ".parquet": Format(
        "Parquet, typed", f"{_ROOM}.parquet", "write_parquet", "application/vnd.apache.parquet", binary=True
    ),
    ".md": Format("Markdown, as printed", f"{_ROOM}.printed.markdown", "write_markdown", "text/markdown"),
    ".html": Format("page of HTML, as printed", f"{_ROOM}.printed.html_page", "write_html", "text/html"),
    ".tex": Format("LaTeX, as printed", f"{_ROOM}.printed.latex", "write_latex", "application/x-latex"),
    ".docx": Format(
        "Word document, as printed",
        f"{_ROOM}.printed.docx_page",
        "write_docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        binary=True,
    ),
}

# These take a `Picture`.
PICTURES: dict[str, Format] = {
    ".svg": Format("picture that scales", f"{_ROOM}.pictures.drawing", "write_svg", "image/svg+xml"),
    ".png": Format("picture in dots, 300 an inch", f"{_ROOM}.pictures.drawing", "write_png", "image/png", binary=True),
}

# These take several of them by name.
PICTURE_SETS: dict[str, Format] = {
    ".zip": Format(
        "every picture as SVG and PNG", f"{_ROOM}.pictures.drawing", "write_pictures", "application/zip", binary=True
    ),
}

# These take a list of `Reference`.
REFERENCES: dict[str, Format] = {
    ".ris": Format("RIS", f"{_ROOM}.references.ris", "write_ris", "application/x-research-info-systems"),
    ".bib": Format("BibTeX", f"{_ROOM}.references.bibtex", "write_bibtex", "application/x-bibtex"),
    ".json": Format("CSL-JSON", f"{_ROOM}.references.csl", "write_csl", "application/vnd.citationstyles.csl+json"),
}

# These take a `Cohort`.
PACKETS: dict[str, Format] = {
    ".json": Format("Phenopackets, one Cohort", f"{_ROOM}.phenopackets.write", "write_cohort", "application/json"),
    ".jsonl": Format("Phenopackets, one a line", f"{_ROOM}.phenopackets.write", "write_lines", "application/jsonl"),
    ".zip": Format(
        "Phenopackets, a file each", f"{_ROOM}.phenopackets.write", "write_files", "application/zip", binary=True
    ),
}

# These take a `Package`.
PACKAGES: dict[str, Format] = {
    ".zip": Format(
        "Frictionless Data Package", f"{_ROOM}.package.write", "write_package", "application/zip", binary=True
    ),
}


def write(content: Any, path: Path, formats: Mapping[str, Format] = FORMATS) -> int:
    """Write a table, or what else `formats` are for, in the format of the path's suffix; how many rows it were.

    The file appears whole or not at all: an earlier one stays where writing fails. Raises `UsageError` for a suffix
    that is no format, or a folder that is not there.
    """
    form = check_suffix(path, formats)
    descriptor, name = _beside(path)
    try:
        with _opened(descriptor, form) as stream:
            count = form.write(content, stream)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    return count


def check_suffix(path: Path, formats: Mapping[str, Format] = FORMATS) -> Format:
    """The format of a path's suffix; `UsageError`, naming the formats, where it is none."""
    form = formats.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"{path.name}: {path.suffix or 'no suffix'} is not a format that this is written in",
            hint=f"end the name in one of {', '.join(formats)}",
        )
    return form


def _beside(path: Path) -> tuple[int, str]:
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="name a file in it")
    try:
        return tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}", hint="name a file in a folder of yours"
        ) from None


def _opened(descriptor: int, form: Format) -> IO[Any]:
    if form.binary:
        return os.fdopen(descriptor, "w+b")
    return os.fdopen(descriptor, "w", encoding="utf-8", newline="", errors="backslashreplace")


def _mode(path: Path) -> int:
    """What the file had, else what a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

"""Room of exports: a table to a file, a module per format, told by the file's suffix."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from litreview.errors import UsageError
from litreview.export.table import Cell, Table

__all__ = ["FORMATS", "Cell", "Format", "Table", "check_suffix", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a table: what it is, where its writer is (imported when used), text or bytes."""

    title: str
    module: str
    function: str
    binary: bool = False

    def write(self, table: Table, stream: IO[Any]) -> int:
        """Write the table to an open file; how many rows it were."""
        writer: Callable[[Table, IO[Any]], int] = getattr(import_module(self.module), self.function)
        return writer(table, stream)


# A format to write: a module with its writer, and a line here.
FORMATS: dict[str, Format] = {
    ".csv": Format("comma separated values", "litreview.export.delimited", "write_csv"),
    ".tsv": Format("tab separated values", "litreview.export.delimited", "write_tsv"),
    ".json": Format("JSON, a list of objects", "litreview.export.json_text", "write_json"),
    ".jsonl": Format("JSON Lines, an object a line", "litreview.export.json_text", "write_jsonl"),
    ".xlsx": Format("Excel workbook", "litreview.export.xlsx", "write_xlsx", binary=True),
}


def write(table: Table, path: Path) -> int:
    """Write a table in the format of the path's suffix; how many rows it were.

    The file appears whole or not at all: an earlier one stays where writing fails. Raises `UsageError` for a suffix
    that is no format, or a folder that is not there.
    """
    form = check_suffix(path)
    descriptor, name = _beside(path)
    try:
        with _opened(descriptor, form) as stream:
            count = form.write(table, stream)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    return count


def check_suffix(path: Path) -> Format:
    """The format of a path's suffix; `UsageError`, naming the formats, where it is none."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"{path.name}: {path.suffix or 'no suffix'} is not a format that tables are written in",
            hint=f"end the name in one of {', '.join(FORMATS)}",
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

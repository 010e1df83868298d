"""A spreadsheet as text: CSV, tab-separated or Excel, cell by cell; no formula is ever computed."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from litreview.errors import ReadError
from litreview.model.long_cells import long_cells
from litreview.readers.decoding import lines
from litreview.readers.table import delimiter

_MOST_UNPACKED = 300_000_000  # bytes that an Excel file may unpack to
_MOST_ROWS = 200_000
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something, with its number as a spreadsheet counts, and each cell under its column's name."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file: the names of its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path, *, sheet: str = "", header: int = 1) -> Sheet:
    """The table of a file, or that sheet of a workbook, whose row `header` has the names.

    Raises `ReadError` for what is no such file, and for a formula whose value was not kept.
    """
    if not path.is_file():
        raise ReadError(f"{path} does not exist", hint="give the path of a CSV or XLSX file")
    cells = _workbook(path, sheet) if zipfile.is_zipfile(path) else _delimited(path)
    rows = [(number, row) for number, row in cells if number >= header]
    if not rows or rows[0][0] != header or not any(rows[0][1]):
        raise ReadError(f"{path.name}: row {header} has no names of columns", hint="say which row has: header: 2")
    names = _names(path, rows[0][1])
    told = (Row(number, dict(zip(names, row, strict=False))) for number, row in rows[1:] if any(row))
    return Sheet(path.name, tuple(name for name in names if name), tuple(told))


def _names(path: Path, row: Sequence[str]) -> list[str]:
    """The names, on one line each; `ReadError` where two are the same, since nobody could tell which is meant."""
    names = [" ".join(name.split()) for name in row]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ReadError(f"{path.name}: two columns are called {twice[0]}", hint="give each column a name of its own")
    return names


def _delimited(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as stream:
        text = list(lines(stream, path.name))
    try:
        with long_cells():
            rows = csv.reader(text, delimiter=delimiter(text[0] if text else ""))
            for number, row in enumerate(_limited(rows, path), 1):
                yield number, [_unguarded(cell.strip().removeprefix("\ufeff")) for cell in row]
    except csv.Error as error:
        raise ReadError(f"{path.name}: the rows cannot be told apart: {error}", hint="save it again as CSV") from error


def _unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from computing a text."""
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _workbook(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Cells as they were last shown: the values that the program which saved the file had computed."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
            raise ReadError(f"{path.name}: unpacks to more than {_MOST_UNPACKED:,} bytes", hint="save it as CSV")
    try:
        shown, typed = (load_workbook(path, read_only=True, data_only=only, keep_links=False) for only in (True, False))
    except Exception as error:  # openpyxl raises whatever the parts of a broken file make it raise
        raise ReadError(f"{path.name}: this workbook cannot be read", hint="save it again, or as CSV") from error
    try:
        name = _chosen(path, shown.sheetnames, sheet)
        pairs = zip(_limited(shown[name].iter_rows(), path), typed[name].iter_rows(), strict=True)
        for number, (row, formulas) in enumerate(pairs, 1):
            yield number, [_text(path, number, *pair) for pair in zip(row, formulas, strict=True)]
    finally:
        shown.close()
        typed.close()


def _chosen(path: Path, names: Sequence[str], sheet: str) -> str:
    if sheet and sheet not in names:
        raise ReadError(f"{path.name} has no sheet {sheet}", hint=f"one of: {', '.join(names)}")
    return sheet or names[0]


def _text(path: Path, number: int, cell: Any, typed: Any) -> str:
    value = cell.value
    if value is None and typed.value is not None:
        raise ReadError(
            f"{path.name}: row {number}, column {getattr(typed, 'column_letter', '?')}: a formula without its value",
            hint="open and save the file in a spreadsheet program, or put the value in its place",
        )
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return " ".join(str(value).split(" ")).strip()


def _limited(rows: Iterable[Any], path: Path) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number > _MOST_ROWS:
            raise ReadError(f"{path.name}: more than {_MOST_ROWS:,} rows", hint="take over a part at a time")
        yield row

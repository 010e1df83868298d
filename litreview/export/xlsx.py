"""Write a table as an Excel workbook: typed cells, comments, a codebook; the same bytes for the same table."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from litreview.errors import UsageError
from litreview.export.table import Plain, Table
from litreview.export.xml_text import legal

_LONGEST = 32_767  # characters that Excel takes in a cell
_MOST_ROWS = 1_048_576
_LONG_AGO = datetime(2000, 1, 1)  # of the file's properties; its parts carry no time of their own
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_xlsx(table: Table, stream: BinaryIO) -> int:
    """Write a header in bold and a row a row, then a sheet with the codebook where there is one; how many rows it were.

    Text is never a formula, and a number is a number.
    """
    with Workbook(stream, _OPTIONS) as book:
        book.set_properties({"created": _LONG_AGO})
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(re.sub(r"[\\/*?:\[\]]", "_", table.name)[:31])
        count = _write(sheet, table, bold)
        if table.codebook:
            _explain(book, table, bold)
    return count


def _write(sheet: Any, table: Table, bold: Any) -> int:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, bold)
    count = 0
    for row in table.plain_rows():
        count += 1
        if count >= _MOST_ROWS:
            raise UsageError(f"{table.name} has more rows than an Excel sheet", hint="use .csv or .jsonl")
        _write_row(sheet, count, row)
        if table.comments:
            _comment(sheet, count, str(row[0]), table)
    if count:
        sheet.autofilter(0, 0, count, len(table.columns) - 1)
    return count


def _write_row(sheet: Any, number: int, row: list[Plain]) -> None:
    string, figure = sheet.write_string, sheet.write_number
    for column, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, str):
            string(number, column, _text(value))
        else:
            figure(number, column, value)


def _comment(sheet: Any, number: int, key: str, table: Table) -> None:
    for column, name in enumerate(table.columns):
        if words := table.comments.get((key, name)):
            size: dict[str, Any] = {"x_scale": 2.5, "y_scale": 1 + len(words) // 250}
            sheet.write_comment(number, column, _text(words), size)


def _explain(book: Workbook, table: Table, bold: Any) -> None:
    """The sheet that says what the columns mean."""
    sheet = book.add_worksheet("codebook")
    sheet.freeze_panes(1, 0)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    head, *rows = table.codebook
    for column, name in enumerate(head):
        sheet.set_column(column, column, 60 if name == "definition" else 26)
    for number, row in enumerate((head, *rows)):
        for column, text in enumerate(row):
            sheet.write_string(number, column, _text(text), wrap if number else bold)


@lru_cache(maxsize=1 << 16)  # the cells of a column repeat
def _text(text: str) -> str:
    """What a cell can hold; a carriage return alone would be shown as a code."""
    return legal(text).replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST]

"""Write a table as an Excel workbook: typed cells, comments, a codebook; the same bytes for the same table."""

import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from litreview.errors import UsageError
from litreview.export.table import Plain, Table
from litreview.export.xlsx_rows import cell_text, rows_xml
from litreview.export.zips import add, opened

_MOST_ROWS = 1_048_576
_LONG_AGO = datetime(2000, 1, 1)  # of the file's properties; its parts carry no time of their own
_SHEET = "xl/worksheets/sheet1.xml"

Comment = tuple[int, int, str]


def write_xlsx(table: Table, stream: BinaryIO) -> int:
    """Write a header in bold and a row a row, then a sheet with the codebook where there is one; how many rows it were.

    Text is never a formula, and a number is a number. The book is xlsxwriter's, its many rows are put in.
    """
    comments: list[Comment] = []
    count = 0
    with tempfile.TemporaryFile() as rows:
        for row in rows_xml(_noted(table, comments), len(table.columns)):
            rows.write(row.encode())
            count += 1
        rows.seek(0)
        _put_in(_book(table, count, comments), rows, xl_range(0, 0, count, len(table.columns) - 1), stream)
    return count


def _noted(table: Table, comments: list[Comment]) -> Iterator[list[Plain]]:
    """The rows; their cells' comments are noted as they pass."""
    for number, row in enumerate(table.plain_rows(), 1):
        if number >= _MOST_ROWS:
            raise UsageError(f"{table.name} has more rows than an Excel sheet", hint="use .csv or .jsonl")
        if table.comments:
            key = str(row[0])
            words = (table.comments.get((key, name)) for name in table.columns)
            comments.extend((number, column, text) for column, text in enumerate(words) if text)
        yield row


def _book(table: Table, count: int, comments: list[Comment]) -> IO[bytes]:
    """All but the rows."""
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"created": _LONG_AGO})
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(re.sub(r"[\\/*?:\[\]]", "_", table.name)[:31])
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, bold)
        for row, column, words in comments:
            size: dict[str, Any] = {"x_scale": 2.5, "y_scale": 1 + len(words) // 250}
            sheet.write_comment(row, column, cell_text(words), size)
        if count:
            sheet.autofilter(0, 0, count, len(table.columns) - 1)
        if table.codebook:
            _explain(book, table, bold)
    return written


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
            sheet.write_string(number, column, cell_text(text), wrap if number else bold)


def _put_in(book: IO[bytes], rows: IO[bytes], area: str, stream: BinaryIO) -> None:
    """The book's parts in their order, the rows of the first sheet below its header."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if name != _SHEET:
                add(target, name, source.read(name))
                continue
            sheet = re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="{area}"/>'.encode(), source.read(name))
            head, row_end, _ = sheet.partition(b"</row>")
            with opened(target, name) as part:
                part.write(head + row_end)
                shutil.copyfileobj(rows, part, 1 << 20)
                part.write(sheet[sheet.index(b"</sheetData>") :])

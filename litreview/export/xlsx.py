"""Write a table as an Excel workbook of one sheet, the same bytes for the same table."""

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from litreview.errors import UsageError
from litreview.export.table import Plain, Table

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_LONGEST = 32_767  # characters that Excel takes in a cell
_MOST_ROWS = 1_048_576
_LONG_AGO = datetime(2000, 1, 1)  # openpyxl writes naive times
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write_xlsx(table: Table, stream: BinaryIO) -> int:
    """Write a header in bold and a row a row; how many rows it were. Text is never a formula."""
    book = Workbook(write_only=True)
    book.properties.created = _LONG_AGO
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", "_", table.name)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, column) for column in table.columns])
    count = 0
    for row in table.plain_rows():
        count += 1
        if count >= _MOST_ROWS:
            raise UsageError(f"{table.name} has more rows than an Excel sheet", hint="use .csv or .jsonl")
        sheet.append([_cell(sheet, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    _timeless(written, stream)
    return count


def _bold(sheet: "WriteOnlyWorksheet", text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: "WriteOnlyWorksheet", value: Plain) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_ILLEGAL.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    return cell


def _timeless(written: BinaryIO, stream: BinaryIO) -> None:
    """Zip again with one date for every part, and none of today's in the properties."""
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            part = zipfile.ZipInfo(name, date_time=_LONG_AGO.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, content)

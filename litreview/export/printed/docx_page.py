"""Write a table as a Word document: landscape, lines as in a journal, the header on every page."""

import io
from datetime import datetime
from typing import Any, BinaryIO

from litreview.errors import UsageError
from litreview.export.extras import need
from litreview.export.printed.below import below
from litreview.export.printed.widths import widths
from litreview.export.table import Printed, Table
from litreview.export.xml_text import legal
from litreview.export.zips import timeless

_MOST_ROWS = 5_000  # a page takes about thirty; Word opens no more in any reasonable time
_SIZE = 7  # points
_LONG_AGO = datetime(2000, 1, 1)
_PAGE, _MARGIN = (297, 210), 15  # millimetres


def write_docx(table: Table, stream: BinaryIO) -> int:
    """Write the document, the same bytes for the same table; how many rows it has."""
    docx = need("docx", "export")
    printed = table.to_print()
    if len(printed) > _MOST_ROWS:
        raise UsageError(
            f"{table.name} has {len(printed)} rows, too many for a Word document", hint="use .xlsx or .csv"
        )
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _LONG_AGO
    document.core_properties.title = legal(printed.title)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = docx.shared.Pt(_SIZE)  # of empty cells too, which else were the highest
    _landscape(document, docx)
    for number, page in enumerate(printed.pages()):
        _line(document, docx, page.title, 10, bold=True, new_page=number > 0)
        _table(document, page, docx)
        for line in below(page):
            _line(document, docx, line, 7.5)
    written = io.BytesIO()
    document.save(written)
    timeless(written, stream)
    return len(printed)


def _landscape(document: Any, docx: Any) -> None:
    section, millimetres = document.sections[0], docx.shared.Mm
    section.orientation = need("docx.enum.section", "export").WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = millimetres(_PAGE[0]), millimetres(_PAGE[1])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, millimetres(_MARGIN))


def _line(document: Any, docx: Any, words: str, size: float, *, bold: bool = False, new_page: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.page_break_before = new_page or None
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = docx.shared.Pt(3)
    run = paragraph.add_run(legal(words))
    run.font.size, run.bold = docx.shared.Pt(size), bold


def _table(document: Any, printed: Printed, docx: Any) -> None:
    """A table without a frame: a line above, below the header and at the end."""
    made = document.add_table(rows=1 + len(printed.rows), cols=len(printed.columns))
    made.autofit = False
    _narrow(made, docx)
    room = docx.shared.Mm(_PAGE[0] - 2 * _MARGIN)
    shares = widths(printed)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = int(room * share)
    for number, (row, texts) in enumerate(zip(made.rows, (printed.columns, *printed.rows), strict=True)):
        for cell, text, share in zip(row.cells, texts, shares, strict=True):
            cell.width = int(room * share)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = docx.shared.Pt(1.5)
            run = paragraph.add_run(legal(text))
            run.font.size, run.bold = docx.shared.Pt(_SIZE), number == 0
        _set(row._tr.get_or_add_trPr(), "w:cantSplit", docx)
    _set(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", docx)
    _ruled(made.rows[0], docx, top=12, bottom=6)
    _ruled(made.rows[-1], docx, bottom=12) if printed.rows else None


def _narrow(made: Any, docx: Any) -> None:
    """Less room beside the text of a cell than Word gives: columns are many, and words are not to break."""
    margins = docx.oxml.OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        _set(margins, f"w:{side}", docx, w="50", type="dxa")  # twentieths of a point
    properties = made._tbl.tblPr
    place = properties.find(need("docx.oxml.ns", "export").qn("w:tblLook"))  # which has to come after
    properties.append(margins) if place is None else place.addprevious(margins)


def _ruled(row: Any, docx: Any, **sides: int) -> None:
    for cell in row.cells:
        borders = docx.oxml.OxmlElement("w:tcBorders")
        for side, size in sides.items():
            _set(borders, f"w:{side}", docx, val="single", sz=str(size), space="0", color="1A1A1A")
        cell._tc.get_or_add_tcPr().append(borders)


def _set(parent: Any, name: str, docx: Any, **values: str) -> None:
    element = docx.oxml.OxmlElement(name)
    for key, value in values.items():
        element.set(need("docx.oxml.ns", "export").qn(f"w:{key}"), value)
    parent.append(element)

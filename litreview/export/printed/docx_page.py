"""Write a table as a Word document: landscape, lines as in a journal, the header on every page."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any, BinaryIO

from litreview.export.extras import need
from litreview.export.printed.below import below
from litreview.export.printed.docx_rows import rows_xml
from litreview.export.printed.widths import widths
from litreview.export.table import Printed, Table
from litreview.export.xml_text import legal
from litreview.export.zips import add, opened

_SIZE = 7  # points
_LONG_AGO = datetime(2000, 1, 1)
_PAGE, _MARGIN = (297, 210), 15  # millimetres
_TWENTIETHS = 635  # of a point, in the units of python-docx
_TEXT = "word/document.xml"
_PLACE = re.compile(rb"<!--rows-->")


def write_docx(table: Table, stream: BinaryIO) -> int:
    """Write the document, the same bytes for the same table; how many rows it has.

    All but the rows is made by python-docx, which needs a millisecond a cell; they are put in.
    """
    docx = need("docx", "export")
    printed = table.to_print()
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _LONG_AGO
    document.core_properties.title = legal(printed.title)
    _styles(document, docx)
    _landscape(document, docx)
    for number, page in enumerate(printed.pages()):
        _line(document, docx, page.title, 10, bold=True, new_page=number > 0)
        _table(document, page, docx)
        for line in below(page):
            _line(document, docx, line, 7.5)
    written = io.BytesIO()
    document.save(written)
    _put_in(written, list(printed.pages()), stream)
    return len(printed)


def _put_in(written: IO[bytes], pages: Sequence[Printed], stream: BinaryIO) -> None:
    """The document's parts in their order, each without the time of the day, the rows of each table at their place."""
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if name != _TEXT:
                add(target, name, source.read(name))
                continue
            first, *others = _PLACE.split(source.read(name))
            with opened(target, name) as part:
                part.write(first)
                for page, following in zip(pages, others, strict=True):
                    for row in rows_xml(page.rows, _columns(page)):
                        part.write(row.encode())
                    part.write(following)


def _styles(document: Any, docx: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", docx.shared.Pt(_SIZE)  # an empty cell too is that high
    cell = document.styles.add_style("Cell", need("docx.enum.style", "export").WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = docx.shared.Pt(1.5)


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


def _columns(printed: Printed) -> list[int]:
    """The columns' widths in twentieths of a point."""
    room = (_PAGE[0] - 2 * _MARGIN) * 36_000 // _TWENTIETHS
    return [int(room * share) for share in widths(printed)]


def _table(document: Any, printed: Printed, docx: Any) -> None:
    """A table without a frame, its rows still to come: a line above, below the header and at the end."""
    made = document.add_table(rows=1, cols=len(printed.columns))
    made.autofit = False
    _narrow(made, docx)
    for column, cell, text, width in zip(
        made.columns, made.rows[0].cells, printed.columns, _columns(printed), strict=True
    ):
        column.width = cell.width = width * _TWENTIETHS
        cell.paragraphs[0].style = "Cell"
        cell.paragraphs[0].add_run(legal(text)).bold = True
    for mark in ("w:cantSplit", "w:tblHeader"):
        _set(made.rows[0]._tr.get_or_add_trPr(), mark, docx)
    _ruled(made.rows[0], docx, bottom=6)
    made._tbl.append(need("lxml.etree", "export").Comment("rows"))


def _narrow(made: Any, docx: Any) -> None:
    """Lines above and below, and less room beside the text of a cell than Word gives: words are not to break."""
    element = docx.oxml.OxmlElement
    borders, margins = element("w:tblBorders"), element("w:tblCellMar")
    for side in ("top", "bottom"):
        _set(borders, f"w:{side}", docx, val="single", sz="12", space="0", color="1A1A1A")
    for side in ("left", "right"):
        _set(margins, f"w:{side}", docx, w="50", type="dxa")  # twentieths of a point
    properties, qn = made._tbl.tblPr, need("docx.oxml.ns", "export").qn
    properties.find(qn("w:tblLayout")).addprevious(borders)  # the order is the schema's
    properties.find(qn("w:tblLook")).addprevious(margins)


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

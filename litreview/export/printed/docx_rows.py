"""Rows of a Word table as WordprocessingML (ECMA-376, 17.4)."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape

from litreview.export.xml_text import legal


def rows_xml(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Every row, its cells as wide as the columns (in twentieths of a point); no row is parted by the end of a page."""
    opening = [
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>'
        for width in widths
    ]
    for row in rows:
        cells = (f"{start}{_run(text)}</w:p></w:tc>" for start, text in zip(opening, row, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


@lru_cache(maxsize=1 << 16)  # the cells of a column repeat
def _run(text: str) -> str:
    if not text:
        return ""
    plain = escape(legal(text), quote=False).replace("\r\n", "\n").replace("\r", "\n")
    words = plain.replace("\n", f"{_END}<w:br/>{_START}").replace("\t", f"{_END}<w:tab/>{_START}")
    return f"<w:r>{_START}{words}{_END}</w:r>"


_START, _END = '<w:t xml:space="preserve">', "</w:t>"

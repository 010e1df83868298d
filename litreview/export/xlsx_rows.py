"""Rows of an Excel sheet as SpreadsheetML (ECMA-376, 18.3.1): xlsxwriter needs three times as long for many cells."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from xlsxwriter.utility import xl_col_to_name

from litreview.export.table import Plain
from litreview.export.xml_text import legal

_LONGEST = 32_767  # UTF-16 units that Excel takes in a cell
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would show _x0041_ as the letter A


def rows_xml(rows: Iterator[Sequence[Plain]], columns: int) -> Iterator[str]:
    """Every row from the sheet's second on; an empty cell is left out, a text is never a formula."""
    letters = [xl_col_to_name(column) for column in range(columns)]
    for number, row in enumerate(rows, 2):
        cells = [
            f'<c r="{letter}{number}"{_string(value) if isinstance(value, str) else _figure(value)}</c>'
            for letter, value in zip(letters, row, strict=True)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def cell_text(text: str) -> str:
    """What a cell can hold; a carriage return alone would be shown as a code."""
    plain = legal(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(plain) * 2 <= _LONGEST:
        return plain
    return plain.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", errors="ignore")


@lru_cache(maxsize=1 << 16)  # the cells of a column repeat
def _string(text: str) -> str:
    plain = cell_text(text)
    space = ' xml:space="preserve"' if plain != plain.strip() else ""
    return f' t="inlineStr"><is><t{space}>{escape(_CODE.sub("_x005F_", plain), quote=False)}</t></is>'


@lru_cache(maxsize=1 << 12)
def _figure(value: float) -> str:
    return f"><v>{value:.16G}</v>"

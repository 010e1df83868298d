"""Cells of a package's CSV: what is written is read again as it was, and a spreadsheet computes nothing.

Nothing is an empty cell. An apostrophe before a text says that it is text: one that a spreadsheet would compute, one
that is empty where a cell could also be without a value, one of digits where a column holds numbers and texts.
"""

import base64
import re
from typing import Literal

from litreview.export.formula import is_dangerous

Value = str | int | float | bytes | None
Kind = Literal["text", "integer", "number", "bytes", "any"]
"""What a column holds; `any` for numbers and texts side by side."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")


def written(value: Value, kind: Kind, *, nullable: bool) -> str:
    """The cell of a value."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if not isinstance(value, str):
        return repr(value)
    return ("'" if _is_marked(value, kind, nullable=nullable) else "") + value


def read(cell: str, kind: Kind, *, nullable: bool) -> Value:
    """The value of a cell. Numbers of columns that hold nothing else are left to the database."""
    if cell == "":
        return None if nullable else ""
    if kind == "bytes":
        return base64.b64decode(cell, validate=True)
    if cell.startswith("'") and _is_marked(cell[1:], kind, nullable=nullable):
        return cell[1:]
    if kind == "any" and _NUMBER.fullmatch(cell):
        return float(cell) if "." in cell or "e" in cell else int(cell)
    return cell


def _is_marked(text: str, kind: Kind, *, nullable: bool) -> bool:
    """Whether a text needs its mark; a text that begins with one needs another where what follows would."""
    core = text.lstrip("'")
    if not core:
        return bool(text) or nullable
    return is_dangerous(core) or (kind == "any" and _NUMBER.fullmatch(core) is not None)

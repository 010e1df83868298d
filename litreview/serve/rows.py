"""The rows of a wide table as HTML: thousands of cells, for which a template takes most of a page's time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from datasette.utils import to_css_class
from markupsafe import Markup, escape

from litreview.serve.arrange import Head, Shown

_NONE = '<span class="lr-none" title="not reported"><span>not reported</span></span>'
_LONG = 40
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EMPTY = ("", "None", "\xa0", "&nbsp;")


def table_rows(heads: Sequence[Head], body: Iterable[Sequence[Shown]]) -> Markup:
    """A `tr` for each row; every text goes through escaping."""
    columns = [(to_css_class(head.name), f'data-label="{escape(head.beside)}"') for head in heads]
    return Markup("\n".join(f"<tr>{''.join(map(_cell, row, columns))}</tr>" for row in body))


def numbers(body: Sequence[Sequence[object]]) -> frozenset[int]:
    """The places of columns that hold nothing but numbers, as far as they hold anything."""
    cells = [[str(cell).strip() for cell in column] for column in zip(*body, strict=True)]
    return frozenset(
        place
        for place, column in enumerate(cells)
        if any(map(_NUMBER.fullmatch, column)) and all(cell in _EMPTY or _NUMBER.fullmatch(cell) for cell in column)
    )


def _cell(cell: Shown, column: tuple[str, str]) -> str:
    name, label = column
    look = f" {escape(cell.look)}" if cell.look else ""
    long = " long" if len(cell.text) > _LONG else ""
    note = f' title="{escape(cell.note)}"' if cell.note else ""
    return f'<td class="col-{name}{look}{long}" {label}{note}>{_inside(cell)}</td>'


def _inside(cell: Shown) -> str:
    if not cell.text:
        return _NONE
    text = f"<bdi>{escape(cell.text)}</bdi>"
    if not cell.href:
        return text
    under = f"<small><bdi>{escape(cell.under)}</bdi></small>" if cell.under else ""
    chip = f' class="lr-chip lr-hue-{cell.hue}"' if cell.hue >= 0 else ""
    return f'<a{chip} href="{escape(cell.href)}">{text}{under}</a>'

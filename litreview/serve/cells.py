"""Cells of Datasette's own pages that lead to ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from litreview.serve.knowledge import Knowledge
from litreview.serve.links import outside, page
from litreview.serve.values import written
from litreview.serve.visible import shortened

_PAGES = {"case_id": "case", "record_id": "report", "duplicate_of": "report", "patient_id": "patient"}
_OUTSIDE = ("pmid", "pmcid", "doi")
_OF_CASE = ("findings", "machine_findings", "candidates")
_SHORT = 500


def cell(
    known: Knowledge, base: Callable[[], str], table: str | None, column: str, value: object, row: Any
) -> Markup | str | None:
    """A value as a link where there is a page for it; `None` leaves it to Datasette. `base` is the database's address.

    Texts of papers go through escaping alone: a link's address is made of identifiers that were checked.
    """
    if isinstance(value, dict):
        value = value.get("value")
    if value is None or value == "" or isinstance(value, bytes):
        return None
    text = shortened(written(value), _SHORT)
    if column in _PAGES:
        return _link(page(base(), _PAGES[column], str(value)), text)
    if column in _OUTSIDE:
        found = outside(**{name: str(value) if name == column else None for name in _OUTSIDE})
        return _link(found[0][1], text) if found else text
    if table in _OF_CASE and column in ("attribute", "value"):
        return _link(page(base(), "case", str(row["case_id"]), f"a-{row['attribute']}"), text)
    return text if isinstance(value, str) else None


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)

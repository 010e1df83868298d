"""The wide tables as pages show them: the case first, values leading to their words, empty columns folded."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litreview.serve.beside import qualifiers
from litreview.serve.codebook import Column, columns
from litreview.serve.highlighted import HUES
from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import words
from litreview.serve.links import outside, page
from litreview.serve.reading import rows
from litreview.serve.values import written
from litreview.serve.visible import shortened

UNSURE = 0.8
"""Below this confidence, or where something speaks against it, a value is shown as one to look at."""

SPARSE = 10
"""A column with values in fewer than one of so many rows is folded."""

# Columns before and behind the attributes, and those that the first column says already.
_FIRST = {
    "cases": ("case_id", "year"),
    "patients": ("patient_id", "n_reports"),
    "records": ("record_id", "title", "year", "journal", "status", "eligible", "exclusion_reason"),
}
_OWN = {"cases": ("case", "case_id"), "patients": ("patient", "patient_id")}
_SAID = {"cases": ("first_author", "case_label"), "records": ("authors",)}


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the page's table, with what Datasette's own scripts want to know of it."""

    name: str
    label: str
    unit: str
    sentence: str
    sortable: bool
    is_pk: bool
    type: str
    notnull: int
    number: bool

    @property
    def beside(self) -> str:
        """The label with the unit, where it stands beside the value."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its text, a second line, where it leads, and how it is to look; `hue` is the colour of a chip, if any."""

    column: str
    label: str
    text: str = ""
    under: str = ""
    href: str = ""
    note: str = ""
    look: str = ""
    hue: int = -1


@dataclass(frozen=True, slots=True)
class Arranged:
    """The table, and the columns that were left out because few or none of these rows have a value there."""

    heads: tuple[Head, ...]
    body: tuple[tuple[Shown, ...], ...]
    folded: tuple[Column, ...]


def arrange(
    connection: sqlite3.Connection,
    known: Knowledge,
    table: str,
    base: str,
    given: Sequence[Mapping[str, Any]],
    cells: Sequence[Any],
    *,
    chosen: bool = False,
    everything: bool = False,
) -> Arranged:
    """The columns and rows of a page of `cases`, `patients` or `records` in our order.

    `base` is the database's address. With `chosen` (the reader chose columns) order and number stay as they are, with
    `everything` no column is folded.
    """
    described = columns(known, table)
    raw: list[dict[str, Any]] = [dict(row) for row in cells]
    heads = {column["name"]: _head(column, described) for column in given}
    order = list(heads) if chosen else _order(table, list(heads), described)
    folded = []
    if not chosen and not everything and raw:
        folded = [name for name in order if described.get(name, _NONE).attribute and _is_sparse(raw, name)]
    kept = [name for name in order if name not in folded]
    standing = _standing(connection, [row["case_id"] for row in raw if row.get("case_id")]) if table == "cases" else {}
    view = View.of(known, table, base)
    return Arranged(
        heads=tuple(heads[name] for name in kept),
        body=tuple(tuple(_shown(view, row, heads[name], standing) for name in kept) for row in raw),
        folded=tuple(described[name] for name in folded),
    )


@dataclass(frozen=True, slots=True)
class View:
    """What every cell of a table needs, looked up once: the address of the database, attributes, colours of values."""

    table: str
    base: str
    attributes: frozenset[str]
    hues: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, known: Knowledge, table: str, base: str) -> View:
        """The colour of a value that the table is faceted by is its place in the attribute's vocabulary."""
        attributes, facets = known.attributes, known.topic.facets if known.topic else ()
        hues = {
            name: {value: n % HUES for n, value in enumerate(attributes[name].vocabulary)}
            for name in facets
            if name in attributes
        }
        return cls(table, base, frozenset(attributes), hues)


_NONE = Column("", "")
Standing = dict[tuple[str, str], dict[str, Any]]
"""By case and attribute what the wide table has no room for: qualifier, origin, lowest confidence."""


def _head(column: Mapping[str, Any], described: Mapping[str, Column]) -> Head:
    name = str(column["name"])
    known = described.get(name) or Column(name, words(name))
    return Head(
        name=name,
        label={"case_id": "Case", "patient_id": "Patient", "record_id": "Report"}.get(name, known.label),
        unit=known.unit,
        sentence=known.sentence,
        sortable=bool(column["sortable"]),
        is_pk=bool(column["is_pk"]),
        type=str(column["type"]).lower(),
        notnull=int(column["notnull"]),
        number=known.attribute and str(column["type"]).upper() in ("REAL", "INTEGER"),
    )


def _order(table: str, names: list[str], described: Mapping[str, Column]) -> list[str]:
    first = [name for name in _FIRST[table] if name in names]
    said = _SAID.get(table, ()) if first[:1] == [_FIRST[table][0]] else ()
    told = [name for name, column in described.items() if column.attribute and name in names]
    rest = [name for name in ("title", *names) if name in names and name not in (*first, *told, *said)]
    return list(dict.fromkeys([*first, *told, *rest]))


def _is_sparse(raw: list[dict[str, Any]], name: str) -> bool:
    """Whether fewer than one row in `SPARSE` has a value."""
    return sum(row.get(name) not in (None, "") for row in raw) * SPARSE < max(len(raw), SPARSE)


def _standing(connection: sqlite3.Connection, case_ids: list[str]) -> Standing:
    places = ", ".join("?" * len(case_ids))
    found = rows(
        connection,
        "SELECT case_id, attribute, min(origin) AS origin, min(confidence) AS confidence, max(doubts) AS doubts, "
        "count(DISTINCT origin) AS n, max(decided_by) AS decided_by, max(derived_from) AS derived_from "
        f"FROM findings WHERE case_id IN ({places}) GROUP BY case_id, attribute",
        *case_ids,
    )
    bounds = qualifiers(connection, case_ids)
    return {
        (row["case_id"], row["attribute"]): row | {"qualifier": bounds.get((row["case_id"], row["attribute"]), "=")}
        for row in found
    }


def _shown(view: View, row: Mapping[str, Any], head: Head, standing: Standing) -> Shown:
    name, value = head.name, row.get(head.name)
    if head.is_pk:
        return _LEADS[view.table](view.base, row, head, str(value))
    if value in (None, ""):
        return Shown(name, head.beside, look="none number" if head.number else "none")
    stands = standing.get((str(row.get("case_id")), name), {})
    text = written(value, stands.get("qualifier", "="))
    note = _note(stands)
    look = " ".join(part for part in ("number" if head.number else "", _look(stands)) if part)
    if name in ("title", "authors", "publication_types"):
        return Shown(name, head.beside, shortened(text, 120), href=_report(view.base, row), note=shortened(text, 600))
    return Shown(
        name,
        head.beside,
        shortened(text, 200),
        href=_href(view, row, name),
        note=note,
        look=look,
        hue=view.hues[name].get(str(value), -1) if name in view.hues else -1,
    )


def _note(stands: Mapping[str, Any]) -> str:
    """How a value came about, for the pointer that rests on it."""
    if not stands:
        return ""
    parts = [f"confidence {stands['confidence']:.2f}"]
    if stands["decided_by"]:
        parts = [f"decided by {stands['decided_by']}"]
    elif stands["derived_from"]:
        parts.insert(0, f"derived from {stands['derived_from'].replace('_', ' ')}")
    return "; ".join(part for part in (*parts, stands["doubts"]) if part)


def _look(stands: Mapping[str, Any]) -> str:
    if stands and stands["n"] == 1 and stands["origin"] != "stated":
        return str(stands["origin"])
    return "unsure" if stands and (stands["doubts"] or stands["confidence"] < UNSURE) else ""


def _href(view: View, row: Mapping[str, Any], name: str) -> str:
    if name in view.attributes and view.table in _OWN:
        kind, key = _OWN[view.table]
        return page(view.base, kind, _text(row, key), f"a-{name}")
    if name in ("pmid", "pmcid", "doi"):
        elsewhere = outside(**{key: _text(row, name) if key == name else None for key in ("pmid", "pmcid", "doi")})
        return elsewhere[0][1] if elsewhere else ""
    if name == "patient_id":
        return page(view.base, "patient", _text(row, name))
    return page(view.base, "report", _text(row, name)) if name in ("record_id", "duplicate_of") else ""


def _report(base: str, row: Mapping[str, Any]) -> str:
    return page(base, "report", _text(row, "record_id")) if row.get("record_id") else ""


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row[name]) if row.get(name) is not None else ""


def _case(base: str, row: Mapping[str, Any], head: Head, case_id: str) -> Shown:
    author = " ".join(str(row[name]) for name in ("first_author", "year") if row.get(name))
    label = shortened(str(row.get("case_label") or ""), 60)
    return Shown(
        head.name,
        head.beside,
        shortened(author, 60) or label or case_id,
        label if author else "",
        page(base, "case", case_id),
    )


def _patient(base: str, row: Mapping[str, Any], head: Head, patient_id: str) -> Shown:
    return Shown(head.name, head.beside, patient_id, href=page(base, "patient", patient_id))


def _record(base: str, row: Mapping[str, Any], head: Head, record_id: str) -> Shown:
    author = str(row.get("authors") or "").split("; ")[0]
    return Shown(head.name, head.beside, shortened(author, 60) or record_id, href=page(base, "report", record_id))


_LEADS = {"cases": _case, "patients": _patient, "records": _record}

"""The pooled table as a journal prints it: the topic's columns, raised letters for what was not simply stated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from litreview.export.table import Printed, plain
from litreview.model.journal import Journal, JournalColumn, names_of
from litreview.model.topic import Topic
from litreview.steps.exported import Source

_LABELLED = {"cases": "own cases of included reports", "patients": "unique patients of included reports"}
MARKS = {
    "derived": ("ᵃ", "Derived from other values of the case, not stated as such."),
    "decided": ("ᵇ", "Entered or corrected by a person."),
}
_SIGNS = {">": ">", "<": "<", "~": "~"}
_PRINTED = {
    "cases": "SELECT case_id AS id, * FROM cases WHERE eligible = 'yes' AND case_source = 'own'",
    "patients": "SELECT patient_id AS id, * FROM patients",
}
_EMPTY = "An empty or dashed cell means not reported, never “no”."


@dataclass
class _Shown:
    """What is said of the values of one row: by attribute the sign before it and the mark behind it."""

    signs: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)


def printed(source: Source, table: str) -> Printed:
    """The table with a row for each included case or patient, its abbreviations, footnotes and notes."""
    rows = list(_rows(source, table))
    topic = source.topic_if_known
    journal = topic.journal if topic else Journal()
    columns = journal.columns or _every(topic, rows)
    shown = _told(source, table)
    cells = tuple(
        tuple(_cell(column, row, journal, shown.get(str(row["id"]), _Shown())) for column in columns) for row in rows
    )
    heads = tuple(column.head for column in columns)
    title = journal.title or (topic.title if topic else table)
    return Printed(
        f"{title}: {len(rows)} {_LABELLED[table]}",
        heads,
        cells,
        tuple(_abbreviations(journal, (heads, *cells))),
        tuple((mark, words) for mark, words in MARKS.values() if any(mark in text for row in cells for text in row)),
        (*journal.notes, _EMPTY),
    )


def reports_of(source: Source) -> dict[str, str]:
    """By patient and by case who wrote of them and when, and which of a report's patients they are."""
    written: dict[str, list[str]] = {}
    for patient, case, author, year, label, alone in source.db.execute(
        "SELECT patient_id, case_id, first_author, year, case_label, count(*) OVER (PARTITION BY record_id) = 1 "
        "FROM cases WHERE eligible = 'yes' AND case_source = 'own' "
        "ORDER BY year, first_author, record_id, case_index"
    ):
        name = " ".join(str(part) for part in (family(author), year) if part) + ("" if alone else f", {label}")
        for key in (patient, case):
            written.setdefault(key, []).append(name)
    return {key: "; ".join(names) for key, names in written.items()}


def _rows(source: Source, table: str) -> Iterator[dict[str, Any]]:
    """Every row by column name, with `id`, and `report`: who wrote it and when, and which of its patients it is."""
    written = reports_of(source)
    rows = {row["id"]: row for row in source.db.query(_PRINTED[table])}
    for key in [*(key for key in written if key in rows), *(key for key in rows if key not in written)]:
        yield {**rows[key], "report": written.get(key, key)}


def family(author: str | None) -> str:
    """ "Family GG" without the initials; a group's name as it is."""
    return re.sub(r"\s+[A-Z][A-Z.\-]{0,4}$", "", author or "")


def _every(topic: Topic | None, rows: list[dict[str, Any]]) -> tuple[JournalColumn, ...]:
    """A column for each attribute that is reported for anybody, where the topic has not said which."""
    names = [attribute.name for attribute in topic.attributes] if topic else list(rows[0] if rows else ())
    told = [name for name in names if any(row[name] is not None for row in rows)]
    made = [JournalColumn(head=name.replace("_", " "), parts=(f"{{{name}}}",)) for name in told]
    return (JournalColumn(head="Report", parts=("{report}",)), *made)


def _told(source: Source, table: str) -> Mapping[str, _Shown]:
    key = {"cases": "findings.case_id", "patients": "patient_id"}[table]
    found: dict[str, _Shown] = {}
    for row_id, attribute, qualifier, origin in source.db.execute(
        f"SELECT {key}, attribute, qualifier, origin FROM findings JOIN cases ON cases.case_id = findings.case_id "
        "WHERE eligible = 'yes' AND case_source = 'own' ORDER BY findings.case_id, n"
    ):
        shown = found.setdefault(str(row_id), _Shown())
        shown.signs.setdefault(attribute, _SIGNS.get(qualifier, ""))
        shown.marks.setdefault(attribute, MARKS[origin][0] if origin in MARKS else "")
    return found


def _cell(column: JournalColumn, row: Mapping[str, Any], journal: Journal, shown: _Shown) -> str:
    parts = []
    for part in column.parts:
        names = names_of(part)
        if any(row.get(name) in (None, "") for name in names):
            continue
        values = {name: _value(name, row[name], journal, shown) for name in names}
        parts.append(_filled(part, values))
    return column.join.join(parts) or journal.missing


def _filled(part: str, values: Mapping[str, str]) -> str:
    """The part with its values, in a piece: a line break does not part a number from its unit."""
    part = part.replace(" ", "\u00a0")
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], part)


def _value(name: str, value: Any, journal: Journal, shown: _Shown) -> str:
    words = journal.words.get(name, {})
    text = "; ".join(words.get(item, item) for item in str(plain(value)).split("; "))
    return f"{shown.signs.get(name, '')}{text}{shown.marks.get(name, '')}"


def _abbreviations(journal: Journal, rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    occurring = {word for row in rows for text in row for word in re.findall(r"[A-Za-z][A-Za-z\-]*", text)}
    return ((short, spelled) for short, spelled in sorted(journal.abbreviations.items()) if short in occurring)

"""The pooled table as a journal prints it: the topic's columns, raised letters for what was not simply stated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
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
_About = tuple[str, str]  # the sign before a value and the mark behind it
_PLAIN = ("", "")
_EMPTY = "An empty or dashed cell means not reported, never “no”."


def printed(source: Source, table: str) -> Printed:
    """The table with a row for each included case or patient, its abbreviations, footnotes and notes."""
    topic = source.topic_if_known
    journal = topic.journal if topic else Journal()
    columns = journal.columns or _every(source, table, topic)
    rows = tuple(_rows(source, table, columns, journal))
    heads = tuple(column.head for column in columns)
    title = journal.title or (topic.title if topic else table)
    texts = {text for row in (heads, *rows) for text in row}
    return Printed(
        f"{title}: {len(rows)} {_LABELLED[table]}",
        heads,
        rows,
        tuple(_abbreviations(journal, texts)),
        tuple((mark, words) for mark, words in MARKS.values() if any(mark in text for text in texts)),
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


def _rows(
    source: Source, table: str, columns: tuple[JournalColumn, ...], journal: Journal
) -> Iterator[tuple[str, ...]]:
    """The cells of every row in the order of reports; `report` is who wrote it and when, and which of its patients."""
    written, shown = reports_of(source), _shown(source, table, columns)
    cells = [_cells(column, journal) for column in columns]
    kept = {}
    for row in source.db.query(_PRINTED[table]):
        values, about = {**row, "report": written.get(row["id"], row["id"])}, shown.get(row["id"], {})
        kept[row["id"]] = tuple(cell(values, about) for cell in cells)
    for key in [*(key for key in written if key in kept), *(key for key in kept if key not in written)]:
        yield kept[key]


def family(author: str | None) -> str:
    """ "Family GG" without the initials; a group's name as it is."""
    return re.sub(r"\s+[A-Z][A-Z.\-]{0,4}$", "", author or "")


def _every(source: Source, table: str, topic: Topic | None) -> tuple[JournalColumn, ...]:
    """A column for each attribute that is reported for anybody, where the topic has not said which."""
    held = [column[0] for column in source.db.execute(f"{_PRINTED[table]} LIMIT 0").description]
    names = [attribute.name for attribute in topic.attributes] if topic else held
    counts = ", ".join(f'count("{name}")' for name in names)
    told = source.db.execute(f"SELECT {counts} FROM ({_PRINTED[table]})").fetchone()
    made = [
        JournalColumn(head=name.replace("_", " "), parts=(f"{{{name}}}",))
        for name, count in zip(names, told, strict=True)
        if count
    ]
    return (JournalColumn(head="Report", parts=("{report}",)), *made)


def _shown(source: Source, table: str, columns: tuple[JournalColumn, ...]) -> dict[str, dict[str, _About]]:
    """By row and attribute what is said of a value beside it; nothing of one that was stated as it is."""
    key = {"cases": "findings.case_id", "patients": "patient_id"}[table]
    names = sorted({name for column in columns for name in column.names})
    found: dict[str, dict[str, _About]] = {}
    for row_id, attribute, qualifier, origin in source.db.execute(
        f"SELECT {key}, attribute, qualifier, origin FROM findings JOIN cases ON cases.case_id = findings.case_id "
        f"WHERE eligible = 'yes' AND case_source = 'own' AND attribute IN ({', '.join('?' * len(names))}) "
        "ORDER BY findings.case_id, n",
        names,
    ):
        about = _SIGNS.get(qualifier, ""), MARKS[origin][0] if origin in MARKS else ""
        found.setdefault(str(row_id), {}).setdefault(attribute, about)
    return found


def _cells(column: JournalColumn, journal: Journal) -> Callable[[Mapping[str, Any], Mapping[str, _About]], str]:
    """A function that writes a row's cell in that column; what was written before is remembered, as values repeat."""
    parts = [(part, names_of(part)) for part in column.parts]

    @cache
    def part_of(part: str, told: tuple[tuple[str, Any, _About], ...]) -> str:
        return _filled(part, {name: _value(name, value, journal, about) for name, value, about in told})

    def cell(row: Mapping[str, Any], shown: Mapping[str, _About]) -> str:
        told = (
            part_of(part, tuple((name, row[name], shown.get(name, _PLAIN)) for name in names))
            for part, names in parts
            if all(row.get(name) not in (None, "") for name in names)
        )
        return column.join.join(told) or journal.missing

    return cell


def _filled(part: str, values: Mapping[str, str]) -> str:
    """The part with its values, in a piece: a line break does not part a number from its unit."""
    part = part.replace(" ", "\u00a0")
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], part)


def _value(name: str, value: Any, journal: Journal, about: _About) -> str:
    words = journal.words.get(name, {})
    sign, mark = about
    return sign + "; ".join(words.get(item, item) for item in str(plain(value)).split("; ")) + mark


def _abbreviations(journal: Journal, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    occurring = {word for text in texts for word in re.findall(r"[A-Za-z][A-Za-z\-]*", text)}
    return ((short, spelled) for short, spelled in sorted(journal.abbreviations.items()) if short in occurring)

"""A report's texts with the words of all its findings marked, by attribute."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litreview.model.document import Span
from litreview.serve.codebook import Column, attributes
from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import words
from litreview.serve.paper import Mark, Paper, show
from litreview.serve.reading import documents_of, rows

HUES = 8
"""Attributes share so many colours; which words are of which attribute is told by the list too, not by colour alone."""


@dataclass(frozen=True, slots=True)
class Topical:
    """An attribute with the places of its words on the page, and its colour."""

    column: Column
    hue: int
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Highlighted:
    """The texts, the attributes that are marked in them, and the attributes of each mark."""

    papers: tuple[Paper, ...]
    attributes: tuple[Topical, ...]
    named: dict[str, tuple[Topical, ...]]

    def hue(self, anchor: str) -> int:
        """The colour of a mark: that of its first attribute."""
        return self.named[anchor][0].hue if anchor in self.named else 0

    def title(self, anchor: str) -> str:
        """What a mark says where the pointer rests on it."""
        return ", ".join(dict.fromkeys(item.column.label for item in self.named.get(anchor, ())))


def highlighted(connection: sqlite3.Connection, report: str, known: Knowledge) -> Highlighted:
    """The texts of a report with all its cases' findings."""
    documents = documents_of(connection, report)
    numbered = {document.document_id: n for n, document in enumerate(documents, 1)}
    found = _evidence(connection, report)
    places: dict[str, dict[tuple[int, int], str]] = {}
    by_attribute: dict[str, list[str]] = {}
    for row in found:
        if row["document_id"] in numbered:
            anchor = f"d{numbered[row['document_id']]}-{row['start']}-{row['end']}"
            places.setdefault(row["document_id"], {})[row["start"], row["end"]] = anchor
            by_attribute.setdefault(row["attribute"], []).append(anchor)
    topical = tuple(_topical(by_attribute, attributes(known)))
    named: dict[str, tuple[Topical, ...]] = {}
    for item in topical:
        for anchor in item.anchors:
            named[anchor] = (*named.get(anchor, ()), item)
    papers = tuple(show(document, _marks(places.get(document.document_id, {}))) for document in documents)
    return Highlighted(papers, topical, named)


def _evidence(connection: sqlite3.Connection, report: str) -> list[dict[str, Any]]:
    return rows(
        connection,
        "SELECT DISTINCT findings.attribute, evidence.document_id, evidence.start, evidence.end "
        "FROM findings JOIN cases USING (case_id) JOIN evidence USING (finding_id) "
        "WHERE cases.record_id = ? AND evidence.role IN ('value', '') ORDER BY evidence.start",
        report,
    )


def _marks(places: dict[tuple[int, int], str]) -> list[Mark]:
    return [Mark(Span(start, end), anchor) for (start, end), anchor in places.items()]


def _topical(by_attribute: dict[str, list[str]], columns: dict[str, Column]) -> Sequence[Topical]:
    order = [*columns, *sorted(by_attribute.keys() - columns.keys())]
    return [
        Topical(columns.get(name) or Column(name, words(name)), n % HUES, tuple(dict.fromkeys(by_attribute[name])))
        for n, name in enumerate(order)
        if name in by_attribute
    ]

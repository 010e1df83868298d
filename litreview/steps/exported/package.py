"""Everything a knowledge base holds, as a package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litreview.export.package.write import Column, Package, Packed
from litreview.steps.exported import Source
from litreview.store import described_tables, kept_tables, migrations_of


def package(source: Source, suffix: str = ".zip", *, without: frozenset[str] = frozenset()) -> Package:
    """Every table that is kept, row by row in the order in which it came; `without` leaves the rows of some out."""
    return Package(_about(source), _tables(source, without))


def _about(source: Source) -> dict[str, Any]:
    meta = dict(source.db.execute("SELECT key, value FROM meta").fetchall())
    topic = source.topic_if_known
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": meta["topic"].replace("_", "-").lower(),
        "title": topic.title if topic else meta["topic"],
        "description": "A knowledge base of litreview, whole. " + (" ".join(topic.question.split()) if topic else ""),
        "litreview": {
            "topic": meta["topic"],
            "topic_version": meta["topic_version"],
            "migrations": list(migrations_of(source.db)),
        },
    }


def _tables(source: Source, without: frozenset[str]) -> Iterator[Packed]:
    described = described_tables()
    topic = source.topic_if_known
    attributes = {each.name: " ".join(each.definition.split()) for each in topic.attributes} if topic else {}
    for table in kept_tables(source.db):
        about = described.get(table.name, {})
        told = attributes | about.get("columns", {})
        columns = tuple(
            Column(column.name, column.kind, not column.is_needed, told.get(column.name, ""))
            for column in table.columns
        )
        limit = " LIMIT 0" if table.name in without else ""
        yield Packed(table.name, about.get("description", ""), columns, table.key, source.db.execute(table.sql + limit))

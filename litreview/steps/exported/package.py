"""Everything a knowledge base holds, as a package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from litreview.export.package.write import Column, Package, Packed
from litreview.steps.exported import Source
from litreview.store import described_tables, kept_tables, migrations_of


def package(source: Source, suffix: str = ".zip") -> Package:
    """Every table that is kept, row by row in the order in which it came.

    What was searched and run since the last version, and brought nothing, is left out: it would change the package of
    a review that has not changed.
    """
    return Package(_about(source), _tables(source, _IDLE))


def whole(source: Source, *, without: frozenset[str]) -> Package:
    """Every row of every table but some."""
    return Package(_about(source), _tables(source, dict.fromkeys(without, "1")))


# An answer like one before it, later than what the last version rests on, that nothing new came of.
_IDLE_SEARCHES = (
    "search_id IN (SELECT search_id FROM searches "
    "WHERE search_id > (SELECT coalesce(max(last_search), 0) FROM versions) "
    "AND new_records = 0 AND fetched_at IS NOT NULL AND EXISTS (SELECT 1 FROM searches AS earlier "
    "WHERE earlier.name = searches.name AND earlier.query = searches.query AND earlier.search_id < searches.search_id))"
)
_IDLE = {
    "runs": "outcome = 'unchanged' AND run_id > (SELECT coalesce(max(run_id), 0) FROM versions)",
    "searches": _IDLE_SEARCHES,
    "search_results": _IDLE_SEARCHES,
}


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


def _tables(source: Source, left_out: Mapping[str, str]) -> Iterator[Packed]:
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
        rows = source.db.execute(table.sql(but=left_out.get(table.name, "")))
        yield Packed(table.name, about.get("description", ""), columns, table.key, rows)

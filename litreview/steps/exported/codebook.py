"""What the columns of an exported table mean, a row a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litreview.rules.codebook import COLUMNS, codebook
from litreview.steps.exported import Source
from litreview.store import described_tables

HEAD = ("column", *COLUMNS[1:])


def columns_explained(source: Source, table: str, columns: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """A head and a row for every column: those of all topics with their sentence, attributes as in the codebook."""
    fixed: dict[str, str] = described_tables().get(table, {}).get("columns", {})
    attributes = {row[0]: row for row in _attributes(source)}
    return (HEAD, *(_row(name, fixed, attributes) for name in columns))


def _row(name: str, fixed: dict[str, str], attributes: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if name in attributes and name not in fixed:
        return attributes[name]
    return (name, "", "", "", fixed.get(name, ""), "")


def _attributes(source: Source) -> Iterator[tuple[str, ...]]:
    if topic := source.topic_if_known:
        yield from codebook(topic)

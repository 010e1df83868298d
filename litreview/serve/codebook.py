"""What every table and column is: `db/datasette.yaml` for the fixed ones, the topic for its attributes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from litreview.serve.knowledge import Knowledge, load_topic
from litreview.serve.labels import attribute_label, spellings, unit_words, words
from litreview.store import described_tables

WIDE = ("cases", "patients")
"""Tables that have a column for each attribute."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people read of it; `attribute` where it is one of the topic's."""

    name: str
    label: str
    unit: str = ""
    definition: str = ""
    attribute: bool = False

    @property
    def sentence(self) -> str:
        """The definition, with the unit."""
        return f"{self.definition} ({self.unit})" if self.unit else self.definition


def tables() -> dict[str, dict[str, Any]]:
    """Title, description and columns of every table that is the same for all topics."""
    return described_tables()


def columns(known: Knowledge, table: str) -> dict[str, Column]:
    """The columns of a table by name: the fixed ones, then for the wide tables the attributes in the topic's order."""
    fixed = {
        name: Column(name, words(name), definition=sentence)
        for name, sentence in tables().get(table, {}).get("columns", {}).items()
    }
    return fixed | attributes(known) if table in WIDE else fixed


def attributes(known: Knowledge) -> dict[str, Column]:
    """The topic's attributes by name, in its order; none where there is no topic."""
    return _attributes(known.topic_name, known.rules_dir)


@cache
def _attributes(topic_name: str, rules_dir: Path | None) -> dict[str, Column]:
    topic, _ = load_topic(topic_name, rules_dir)
    if topic is None:
        return {}
    spelled = spellings(topic)
    return {
        item.name: Column(
            item.name,
            attribute_label(item.name, item.unit, spelled),
            unit_words(item.unit),
            " ".join(item.definition.split()),
            attribute=True,
        )
        for item in topic.attributes
    }

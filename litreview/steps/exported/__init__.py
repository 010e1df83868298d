"""What can be exported: a module for each that is more than a table as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from litreview import store
from litreview.export import FORMATS, PICTURES, Format, Table
from litreview.model.topic import Topic
from litreview.steps.workspace import topic_for


@dataclass
class Source:
    """The open knowledge base that is exported, and its topic where that is asked for."""

    db: store.Database
    path: Path
    rules_dir: Path | None = None

    @cached_property
    def topic(self) -> Topic:
        """The database's own topic; `TopicError` where it is not to be found."""
        return topic_for(self.path, rules_dir=self.rules_dir)

    def table(self, name: str, sql: str) -> Table:
        """What a query gives, its rows read while they are asked for."""
        cursor = self.db.execute(sql)
        return Table(name, tuple(column[0] for column in cursor.description), cursor)


Make = Callable[[Source, str], Any]


@dataclass(frozen=True, slots=True)
class What:
    """One thing that can be exported.

    Rows of `sql`, or what `make` ("module:function") gives for the source and the suffix; with a `picture`
    ("module:function") the same table can be drawn. `unit` is what its rows are counted in; `about` says what it is
    where it is no table of that name.
    """

    sql: str = ""
    make: str = ""
    picture: str = ""
    unit: str = "rows"
    about: str = ""
    tables: Mapping[str, Format] = field(default_factory=lambda: FORMATS)

    @property
    def formats(self) -> dict[str, Format]:
        """By suffix, the default first."""
        return {**self.tables, **(PICTURES if self.picture else {})}

    def content(self, source: Source, what: str, suffix: str) -> Any:
        """What the writer of that suffix takes."""
        made = _function(self.make)(source, suffix) if self.make else source.table(what, self.sql)
        if self.is_drawn(suffix):
            from litreview.export.pictures.drawing import Picture

            return Picture(made, _function(self.picture))
        return made

    def is_drawn(self, suffix: str) -> bool:
        """Whether that suffix means the picture."""
        return bool(self.picture) and suffix in PICTURES

    def told(self, what: str, suffix: str, count: int) -> str:
        """What was written, for the closing line."""
        return f"picture of {what}" if self.is_drawn(suffix) else f"{count} {self.unit} of {what}"


def _function(named: str) -> Callable[..., Any]:
    module, _, name = named.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function

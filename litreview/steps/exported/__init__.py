"""What can be exported: a module for each that is more than a table as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from litreview import store
from litreview.errors import TopicError
from litreview.export import FORMATS, PICTURES, Format, Table
from litreview.export.table import Kind
from litreview.model.topic import Topic
from litreview.steps.workspace import topic_for


@dataclass
class Source:
    """The open knowledge base that is exported, and its topic where that is asked for.

    `outcome` and `by` choose among the shares of a forest plot and its subgroups.
    """

    db: store.Database
    path: Path
    rules_dir: Path | None = None
    outcome: str = ""
    by: tuple[str, ...] = ()

    @cached_property
    def topic(self) -> Topic:
        """The database's own topic; `TopicError` where its rules are not to be found."""
        return topic_for(self.path, rules_dir=self.rules_dir)

    @property
    def topic_if_known(self) -> Topic | None:
        """The same; `None` where its rules are not to be found, which hinders no table."""
        try:
            return self.topic
        except TopicError:
            return None

    def table(self, name: str, sql: str, suffix: str = "") -> Table:
        """What a query gives, its rows read while they are asked for; the columns' kinds where the format is typed."""
        cursor = self.db.execute(sql)
        columns = tuple(column[0] for column in cursor.description)
        return Table(name, columns, cursor, self._kinds(name, sql, columns) if suffix in _TYPED else {})

    def _kinds(self, name: str, sql: str, columns: tuple[str, ...]) -> dict[str, Kind]:
        """What the table declares of each column, else what stands in it; text wherever there is any."""
        declared = {column.name: column.type for column in self.db[name].columns}
        looks = (f"max(typeof(\"{column}\") = '{kind}')" for column in columns for kind in _STORED)
        seen = self.db.execute(f"SELECT {', '.join(looks)} FROM ({sql})").fetchone()
        held = (
            {kind for kind, is_there in zip(_STORED, seen[place : place + 3], strict=True) if is_there}
            for place in range(0, len(seen), 3)
        )
        return {column: _kind(declared.get(column, ""), kinds) for column, kinds in zip(columns, held, strict=True)}


_TYPED = (".parquet",)
_STORED = ("text", "real", "integer")


def _kind(declared: str, held: set[str]) -> Kind:
    if "text" in held or declared == "TEXT":
        return "text"
    if "real" in held or declared == "REAL":
        return "number"
    return "integer" if "integer" in held or declared == "INTEGER" else "text"


Make = Callable[[Source, str], Any]


@dataclass(frozen=True, slots=True)
class What:
    """One thing that can be exported.

    Rows of `sql`, or what `make` ("module:function") gives for the source and the suffix; with a `picture`
    ("module:function") the same table can be drawn. `unit` is what its rows are counted in; `about` says what it is
    where it is no table of that name, and `rests_on` what it is made from: who may not see these tables may not have
    it. What is `whole` holds the texts of papers and is for the command line alone. Of what is `chosen` an outcome and
    subgroups may be asked for.
    """

    sql: str = ""
    make: str = ""
    picture: str = ""
    unit: str = "rows"
    about: str = ""
    rests_on: tuple[str, ...] = ()
    whole: bool = False
    chosen: bool = False
    tables: Mapping[str, Format] = field(default_factory=lambda: FORMATS)

    @property
    def formats(self) -> dict[str, Format]:
        """By suffix, the default first."""
        return {**self.tables, **(PICTURES if self.picture else {})}

    def content(self, source: Source, what: str, suffix: str) -> Any:
        """What the writer of that suffix takes."""
        made = _function(self.make)(source, suffix) if self.make else source.table(what, self.sql, suffix)
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

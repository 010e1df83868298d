"""What the address of a wide table's page asks for: which rows, in which order, from where on.

Addresses mean what they mean to Datasette, whose filters and search these are. Only the order is ours: Datasette gives
its first page no second key, and rows that share a value with it are then lost and doubled between pages (0.65).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from datasette.filters import Filters
from datasette.plugins import pm
from datasette.utils import await_me_maybe, escape_sqlite, tilde_encode, urlsafe_components
from datasette.views.base import DatasetteError

_NULL = "$null"


@dataclass(frozen=True, slots=True)
class Rows:
    """Conditions with their parameters, how they read in words, and what templates show of them."""

    table: str
    conditions: tuple[str, ...]
    params: Mapping[str, Any]
    filters: Any
    told: tuple[str, ...]
    context: Mapping[str, Any]

    @property
    def source(self) -> str:
        """The rows as SQL has them behind `select ...`."""
        return self.behind("")

    def behind(self, place: str) -> str:
        """The same with one condition more, if there is one."""
        conditions = [*self.conditions, place] if place else self.conditions
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return f"from {escape_sqlite(self.table)}{where}"

    def words(self, order: Order) -> str:
        """Filters, search and order in a sentence."""
        said = str(self.filters.human_description_en(extra=list(self.told)))
        down = " descending" if order.down else ""
        return " ".join(part for part in (said, f"sorted by {order.column}{down}" if order.column else "") if part)


@dataclass(frozen=True, slots=True)
class Order:
    """By which column (empty: the key), in which direction; the key decides between rows that are equal there."""

    column: str
    down: bool
    key: str

    @property
    def sql(self) -> str:
        """What stands behind `order by`."""
        key = escape_sqlite(self.key)
        return f"{escape_sqlite(self.column)}{' desc' if self.down else ''}, {key}" if self.column else key

    def after(self, place: str, params: dict[str, Any]) -> str:
        """The condition that leaves the rows behind a place, whose parts are added to `params`."""
        key, parts = escape_sqlite(self.key), urlsafe_components(place)
        if len(parts) != (2 if self.column else 1):
            raise DatasetteError(f"_next={place} is no place in this order: go back to the first page", status=400)
        params["after_key"] = parts[-1]
        if not self.column:
            return f"{key} > :after_key"
        column = escape_sqlite(self.column)
        if place.split(",")[0] == _NULL:
            same = f"({column} is null and {key} > :after_key)"
            return same if self.down else f"({column} is not null or {same})"
        params["after_value"] = parts[0]
        same = f"({column} = :after_value and {key} > :after_key)"
        return f"({column} {'<' if self.down else '>'} :after_value or {same}{f' or {column} is null' * self.down})"

    def place(self, value: object, key: object) -> str:
        """The place of a row, as an address names it."""
        name = str(tilde_encode(str(key)))
        return f"{_NULL if value is None else tilde_encode(str(value))},{name}" if self.column else name


@dataclass(frozen=True, slots=True)
class Page:
    """So many of the rows, in an order, behind a place (empty: from the first), with some of their columns."""

    rows: Rows
    order: Order
    columns: tuple[str, ...]
    size: int
    place: str

    @property
    def query(self) -> tuple[str, dict[str, Any]]:
        """Its SQL and parameters; one row more than the page has tells that there is another."""
        params = dict(self.rows.params)
        source = self.rows.behind(self.order.after(self.place, params) if self.place else "")
        columns = ", ".join(map(escape_sqlite, self.columns))
        return f"select {columns} {source} order by {self.order.sql} limit {self.size + 1}", params


async def rows_of(datasette: Any, request: Any, database: str, table: str, columns: tuple[str, ...]) -> Rows:
    """The rows that filters, search and whatever other plugins understand leave."""
    filters = Filters(sorted(pair for pair in _pairs(request.args) if not _special(pair[0])))
    for column, _, _ in filters.selections():
        if column not in columns and column != "rowid":  # SQLite would take its name for a text and find nothing
            raise DatasetteError(f"{table} has no column {column} to filter by", status=400)
    conditions, params = filters.build_where_clauses(table)
    told: list[str] = []
    context: dict[str, Any] = {}
    hooked = pm.hook.filters_from_request(request=request, table=table, database=database, datasette=datasette)
    for hook in hooked:
        found = await await_me_maybe(hook)
        if found:
            conditions.extend(found.where_clauses)
            params.update(found.params)
            told.extend(found.human_descriptions)
            context.update(found.extra_context)
    return Rows(table, tuple(conditions), params, filters, tuple(told), context)


def order_of(args: Any, about: Mapping[str, Any], columns: tuple[str, ...], key: str) -> Order:
    """The order asked for, or else the table's own."""
    up, down = args.get("_sort"), args.get("_sort_desc")
    if up and down:
        raise DatasetteError("Cannot use _sort and _sort_desc at the same time", status=400)
    if not up and not down:
        up, down = about.get("sort"), about.get("sort_desc")
    column = up or down or ""
    if column and column not in columns:
        raise DatasetteError(f"Cannot sort table by {column}: it has no such column", status=400)
    return Order(column, bool(down) and not up, key)


def _pairs(args: Any) -> list[tuple[str, str]]:
    return [(name, value) for name in args for value in args.getlist(name)]


def _special(name: str) -> bool:
    return name.startswith("_") and "__" not in name


def whole(given: str | None) -> bool:
    """Whether it is a whole number, as an address has it."""
    return bool(given) and str(given).isascii() and str(given).isdigit()

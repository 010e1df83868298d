"""The pages of the wide tables as HTML, JSON and CSV: Datasette's addresses and looks, rows and counts of our own.

Datasette asks every plugin about every cell, counts each facet with a query of its own, and loses rows between pages
(see `asked`). Cases have dozens of cells each, and there may be a hundred thousand of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasette.utils import (
    append_querystring,
    escape_sqlite,
    filters_should_redirect,
    path_with_added_args,
    path_with_removed_args,
    path_with_replaced_args,
    tilde_decode,
    to_css_class,
)
from datasette.utils.asgi import BadRequest, Forbidden, NotFound, Response
from datasette.views.table import TableView

from litreview.serve.asked import Order, Rows, order_of, rows_of, whole
from litreview.serve.facets import facets_of, to_count_by
from litreview.serve.knowledge import Knowledge, knowledge

Answer = tuple[dict[str, Any], Any, tuple[str, ...]]

_OWN_FIELDS = ("_sort", "_sort_desc", "_search", "_next")


async def wide_view(datasette: Any, request: Any) -> Response:
    """A page of one of our wide tables; of a table that is called so in another database Datasette's own."""
    response: Response = await WideView(datasette).dispatch_request(request)
    return response


class WideView(TableView):  # type: ignore[misc]
    """Datasette's view of a table, with its rows, counts and cells read our way."""

    async def data(
        self, request: Any, default_labels: bool = False, _next: str | None = None, _size: str | None = None
    ) -> Answer | Response:
        """The page as Datasette's renderers have it, and what its template needs besides."""
        known, table = self._known(request), tilde_decode(request.url_vars["table"])
        if known is None or not await self.ds.get_database(known.name).table_exists(table):
            return await super().data(request, default_labels, _next, _size)
        private = await self._allowed(request, known, table)
        led = _elsewhere(request)
        if led:
            return self.redirect(request, self.ds.urls.path(led), forward_querystring=False)
        return await self._answer(request, known, table, private, _next or request.args.get("_next"), _size)

    async def _answer(
        self, request: Any, known: Knowledge, table: str, private: bool, place: str | None, size: str | None
    ) -> Answer:
        db, about = self.ds.get_database(known.name), self.ds.table_metadata(known.name, table)
        columns, (key,) = tuple(await db.table_columns(table)), await db.primary_keys(table)
        rows = await rows_of(self.ds, request, known.name, table, columns)
        order = order_of(request.args, about, columns, key)
        shown, most = await self.columns_to_select(columns, [key], request), self._size(size, request.args, about)
        params = dict(rows.params)
        behind = [order.after(place, params)] if place else []
        of = Rows(table, (*rows.conditions, *behind), params, rows.filters, rows.told, rows.context)
        sql = f"select {', '.join(map(escape_sqlite, shown))} {of.source} order by {order.sql} limit {most + 1}"
        limits = {"custom_time_limit": int(request.args["_timelimit"])} if whole(request.args.get("_timelimit")) else {}
        found = await db.execute(sql, params, truncate=True, page_size=most, **limits)
        facets = await facets_of(self.ds, request, known, rows, about.get("facets") or ())
        body, after = found.rows[:most], ""
        if 0 < most < len(found.rows):
            after = await self._place(db, table, order, body[-1])
        page = {
            "database": known.name,
            "table": table,
            "is_view": False,
            "human_description_en": rows.words(order),
            "rows": body,
            "truncated": found.truncated,
            "filtered_table_rows_count": facets.rows,
            "expanded_columns": [],
            "expandable_columns": [],
            "columns": shown,
            "primary_keys": [key],
            "units": {},
            "query": {"sql": sql, "params": params},
            "facet_results": facets.found,
            "suggested_facets": to_count_by(self.ds, request, known, columns, facets),
            "next": after or None,
            "next_url": self._next_address(request, order, after),
            "private": private,
            "allow_execute_sql": await self.ds.permission_allowed(
                request.actor, "execute-sql", known.name, default=True
            ),
        }
        self.ds.update_with_inherited_metadata(about)
        details = {column.name: column for column in await db.table_column_details(table)}
        more = _more(self.ds, request, rows, order, details, page)
        return page, more | {"metadata": about, "facets_timed_out": facets.late}, _templates(known, table)

    def _known(self, request: Any) -> Knowledge | None:
        try:
            served = self.ds.get_database(route=tilde_decode(request.url_vars["database"]))
        except KeyError:
            raise NotFound("Database not found") from None
        return knowledge(self.ds, served.name)

    async def _allowed(self, request: Any, known: Knowledge, table: str) -> bool:
        """Whether only some may see the table; `Forbidden` for a visitor who may not."""
        visible, private = await self.ds.check_visibility(
            request.actor,
            permissions=[("view-table", (known.name, table)), ("view-database", known.name), "view-instance"],
        )
        if not visible:
            raise Forbidden("You do not have permission to view this table")
        return bool(private)

    def _size(self, given: str | None, args: Any, about: Any) -> int:
        size, limit = given or args.get("_size") or about.get("size") or self.ds.page_size, self.ds.max_returned_rows
        if size == "max":
            return int(limit)
        if not whole(str(size)):
            raise BadRequest("_size must be a positive integer")
        if int(size) > limit:
            raise BadRequest(f"_size must be <= {limit}")
        return int(size)

    async def _place(self, db: Any, table: str, order: Order, last: Any) -> str:
        key = last[order.key]
        if not order.column:
            return order.place(None, key)
        if order.column in last.keys():  # noqa: SIM118 - a row of SQLite looks for values, not for names
            return order.place(last[order.column], key)
        sql = f"select {escape_sqlite(order.column)} from {escape_sqlite(table)} where {escape_sqlite(order.key)} = ?"
        return order.place((await db.execute(sql, [key])).single_value(), key)

    def _next_address(self, request: Any, order: Order, after: str) -> str | None:
        if not after:
            return None
        added = {"_next": after} | ({"_sort_desc" if order.down else "_sort": order.column} if order.column else {})
        address: str = self.ds.absolute_url(request, self.ds.urls.path(path_with_replaced_args(request, added)))
        return address


def _templates(known: Knowledge, table: str) -> tuple[str, ...]:
    """The template of a table, after the one that somebody may have made for this table."""
    return f"table-{to_css_class(known.name)}-{to_css_class(table)}.html", "table.html"


def _elsewhere(request: Any) -> str:
    """Where a form of filters, or its box for the other direction, leads; empty where nowhere."""
    to: str = ""
    redirect = filters_should_redirect(request.args)
    if redirect:
        to = path_with_added_args(request, redirect)
    elif "_sort_by_desc" in request.args:
        turned = {"_sort_desc": request.args.get("_sort"), "_sort_by_desc": None, "_sort": None}
        to = path_with_added_args(request, turned)
    return to


def _more(
    datasette: Any, request: Any, rows: Rows, order: Order, details: Mapping[str, Any], page: dict[str, Any]
) -> dict[str, Any]:
    """What the template of a table needs beside the page; `details` are the table's columns by name."""
    shown = page["columns"]
    hidden = [
        (name, value)
        for name in request.args
        if name.startswith("_") and name not in _OWN_FIELDS and "__" not in name
        for value in request.args.getlist(name)
    ]
    return {
        "table_actions": list,
        "filters": rows.filters,
        "display_columns": [_column(details[name], order) for name in shown],
        "filter_columns": [*shown, *(name for name in details if name not in shown)],
        "display_rows": page["rows"],
        "form_hidden_args": hidden,
        "is_sortable": True,
        "fix_path": datasette.urls.path,
        "path_with_replaced_args": path_with_replaced_args,
        "path_with_removed_args": path_with_removed_args,
        "append_querystring": append_querystring,
        "sort": None if order.down else order.column or order.key,
        "sort_desc": order.column if order.down else None,
        "custom_table_templates": ["_table.html"],
        "datasette_allow_facet": "true" if datasette.setting("allow_facet") else "false",
        **rows.context,
    }


def _column(of: Any, order: Order) -> dict[str, Any]:
    return {"name": of.name, "sortable": True, "is_pk": of.name == order.key, "type": of.type, "notnull": of.notnull}

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
from datasette.utils.asgi import BadRequest, NotFound, Response
from datasette.views.table import TableView

from litreview.serve.addresses import allowed
from litreview.serve.asked import Order, Page, order_of, rows_of, whole
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
        await allowed(self.ds, request, known, (table,))
        led = _elsewhere(request)
        if led:
            return self.redirect(request, self.ds.urls.path(led), forward_querystring=False)
        return await self._answer(request, known, table, _next or request.args.get("_next") or "", _size)

    async def _answer(self, request: Any, known: Knowledge, table: str, place: str, size: str | None) -> Answer:
        db, about = self.ds.get_database(known.name), self.ds.table_metadata(known.name, table)
        details = {column.name: column for column in await db.table_column_details(table)}
        (key,) = await db.primary_keys(table)
        rows = await rows_of(self.ds, request, known.name, table, tuple(details))
        order = order_of(request.args, about, tuple(details), key)
        shown = tuple(await self.columns_to_select(list(details), [key], request))
        page = Page(rows, order, shown, self._size(size, request.args, about), place)
        found = await self._found(request, db, page)
        facets = await facets_of(self.ds, request, known, rows, about.get("facets") or ())
        after = await self._after(db, page, found.rows)
        answer = {
            "database": known.name,
            "table": table,
            "is_view": False,
            "human_description_en": rows.words(order),
            "rows": found.rows[: page.size],
            "truncated": found.truncated,
            "filtered_table_rows_count": facets.rows,
            "expanded_columns": [],
            "expandable_columns": [],
            "columns": list(shown),
            "primary_keys": [key],
            "units": {},
            "query": dict(zip(("sql", "params"), page.query, strict=True)),
            "facet_results": facets.found,
            "suggested_facets": to_count_by(self.ds, request, known, tuple(details), facets),
            "next": after or None,
            "next_url": self._next_address(request, order, after),
            "private": await self._private(request, known, table),
            "allow_execute_sql": await self.ds.permission_allowed(
                request.actor, "execute-sql", known.name, default=True
            ),
        }
        self.ds.update_with_inherited_metadata(about)
        more = _more(self.ds, request, page, details) | {"metadata": about, "facets_timed_out": facets.late}
        return answer, more | {"display_rows": answer["rows"]}, _templates(known, table)

    def _known(self, request: Any) -> Knowledge | None:
        try:
            served = self.ds.get_database(route=tilde_decode(request.url_vars["database"]))
        except KeyError:
            raise NotFound("Database not found") from None
        return knowledge(self.ds, served.name)

    async def _private(self, request: Any, known: Knowledge, table: str) -> bool:
        """Whether the visitor sees what not everybody may."""
        wanted = [("view-table", (known.name, table)), ("view-database", known.name), "view-instance"]
        _, private = await self.ds.check_visibility(request.actor, permissions=wanted)
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

    async def _found(self, request: Any, db: Any, page: Page) -> Any:
        given = request.args.get("_timelimit")
        limit = {"custom_time_limit": int(given)} if whole(given) else {}
        return await db.execute(*page.query, truncate=True, page_size=page.size, **limit)

    async def _after(self, db: Any, page: Page, found: list[Any]) -> str:
        """The place of the last row of the page; empty where no page comes behind it."""
        if not 0 < page.size < len(found):
            return ""
        last, order = found[page.size - 1], page.order
        key = last[order.key]
        if not order.column:
            return order.place(None, key)
        if order.column in page.columns:
            return order.place(last[order.column], key)
        names = map(escape_sqlite, (order.column, page.rows.table, order.key))
        sql = "select {} from {} where {} = ?".format(*names)
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


def _more(datasette: Any, request: Any, page: Page, details: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of a table needs beside the page; `details` are the table's columns by name."""
    rows, order = page.rows, page.order
    hidden = [
        (name, value)
        for name in request.args
        if name.startswith("_") and name not in _OWN_FIELDS and "__" not in name
        for value in request.args.getlist(name)
    ]
    return {
        "table_actions": list,
        "filters": rows.filters,
        "display_columns": [_column(details[name], order) for name in page.columns],
        "filter_columns": [*page.columns, *(name for name in details if name not in page.columns)],
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

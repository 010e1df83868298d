"""The facets of a wide table's page: the topic's own, counted together, and those that the reader asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from datasette.plugins import pm
from datasette.utils import path_with_added_args, path_with_removed_args, path_with_replaced_args
from datasette.utils.asgi import BadRequest

from litreview.serve.asked import Rows, whole
from litreview.serve.counted import count
from litreview.serve.knowledge import Knowledge

_BARE = ("array", "object")


@dataclass(frozen=True, slots=True)
class Facets:
    """How many rows there are (`None`: not counted), the facets by name, and those that took too long."""

    rows: int | None
    found: dict[str, dict[str, Any]]
    late: tuple[str, ...]


async def facets_of(datasette: Any, request: Any, known: Knowledge, rows: Rows, own: Sequence[str]) -> Facets:
    """Facets as Datasette's templates and JSON have them; `own` are the table's, which need not be asked for."""
    args = request.args
    asked = any(name.startswith("_facet") for name in args)
    if asked and not datasette.setting("allow_facet"):
        raise BadRequest("_facet= is not allowed")
    bare = args.get("_shape") in _BARE
    without, uncounted = bare or "_nofacet" in args, bare or "_nocount" in args
    if without and uncounted:
        return Facets(None, {}, ())
    columns = () if without else tuple(name for name in own if name not in args.getlist("_facet"))
    counts = await count(datasette, known, rows, columns)
    most = _most(datasette, args)
    found = {
        column: _facet(datasette, request, column, values, most)
        for column, values in counts.values
        if values is not None
    }
    late = [column for column, values in counts.values if values is None]
    if asked and not without:
        late += await _add_asked(datasette, request, known, rows, found)
    return Facets(None if uncounted else counts.rows, found, tuple(late))


def to_count_by(
    datasette: Any, request: Any, known: Knowledge, columns: Sequence[str], facets: Facets
) -> list[dict[str, str]]:
    """What else the rows may be counted by: attributes of few values, as the codebook has it."""
    if not datasette.setting("allow_facet"):
        return []
    few = [name for name, attribute in known.attributes.items() if attribute.type == "category"]
    return [
        {"name": name, "toggle_url": datasette.urls.path(path_with_added_args(request, {"_facet": name}))}
        for name in few
        if name in columns and name not in facets.found
    ]


def _most(datasette: Any, args: Any) -> int:
    """How many values of a facet are shown."""
    given, limit = args.get("_facet_size"), int(datasette.setting("max_returned_rows"))
    if given == "max":
        return limit
    return min(int(given) if whole(given) else int(datasette.setting("default_facet_size")), limit)


async def _add_asked(
    datasette: Any, request: Any, known: Knowledge, rows: Rows, facets: dict[str, dict[str, Any]]
) -> list[str]:
    """Add what the reader asked to be counted, of whatever kind Datasette and other plugins know."""
    late: list[str] = []
    for kind in chain.from_iterable(pm.hook.register_facet_classes()):
        sql, params = f"select * {rows.source}", dict(rows.params)
        counting = kind(datasette, request, known.name, sql=sql, params=params, table=rows.table, metadata={})
        found, timed_out = await counting.facet_results()
        late += timed_out
        for one in found:
            name, n = one["name"], 1
            while name in facets:
                n += 1
                name = f"{one['name']}_{n}"
            facets[name] = one
    return late


def _facet(datasette: Any, request: Any, column: str, values: tuple[tuple[Any, int], ...], most: int) -> dict[str, Any]:
    """A column's numbers, each with the address that chooses its value, or leaves it again."""
    name = f"{column}__exact" if column.startswith("_") else column
    chosen, first = set(request.args.getlist(name)), path_with_replaced_args(request, {"_next": None})

    def address(text: str) -> str:
        if text in chosen:
            path = path_with_removed_args(request, {name: text}, path=first)
        else:
            path = path_with_added_args(request, {name: text, "_next": None})
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    results = [
        {
            "value": value,
            "label": value,
            "count": number,
            "toggle_url": address(str(value)),
            "selected": str(value) in chosen,
        }
        for value, number in values[:most]
    ]
    return {
        "name": column,
        "type": "column",
        "hideable": False,
        "toggle_url": datasette.urls.path(path_with_removed_args(request, {"_facet": column})),
        "results": results,
        "truncated": len(values) > most,
    }

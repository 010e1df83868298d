"""What templates are given beyond what Datasette gives them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from litreview.serve.addresses import ARRANGED
from litreview.serve.arrange import Arranged, arrange
from litreview.serve.codebook import attributes, columns, tables
from litreview.serve.knowledge import Knowledge, all_knowledge
from litreview.serve.labels import words
from litreview.serve.links import outside, page, pooled_address
from litreview.serve.overview import flow_picture, overview
from litreview.serve.people import may_decide
from litreview.serve.pooled import pooled
from litreview.serve.reading import in_thread
from litreview.serve.remembered import remembered
from litreview.serve.rows import numbers, table_rows
from litreview.serve.withheld import is_withheld

# Tables that `litreview export` writes and people look for, in this order; downloads that the home page offers.
DOWNLOADS = ("cases", "patients", "findings", "evidence", "events", "records", "flow")


async def homes(datasette: Any, request: Any) -> list[dict[str, Any]]:
    """An overview for each knowledge base that the visitor may see."""
    found = []
    for known in all_knowledge(datasette):
        if not await _visible(datasette, request.actor, known):
            continue
        base = str(datasette.urls.database(known.name))
        found.append(
            {
                "known": known,
                "base": base,
                "it": await in_thread(datasette, partial(remembered, overview, known)),
                "pooled": pooled_address(base),
                "flow": await in_thread(datasette, partial(remembered, flow_picture, known)),
                "result": await in_thread(datasette, partial(remembered, pooled, known)),
                "questions": known.topic.questions if known.topic else (),
                "tables": _listed(datasette),
                "downloads": DOWNLOADS,
                "page": page,
                "deciding": await may_decide(datasette, request.actor, known),
            }
        )
    return found


def of_page(datasette: Any, known: Knowledge, table: str | None, view_name: str | None, request: Any) -> dict[str, Any]:
    """What the pages of one of our databases need: the database's address, columns, and how the table is arranged."""
    base = str(datasette.urls.database(known.name))
    described, told = columns(known, table) if table else {}, attributes(known)
    given = {
        "known": known,
        "base": base,
        "pooled": pooled_address(base),
        "page": page,
        "outside": outside,
        "columns": list(described.values()),
        "attribute": lambda name: told[name].label if name in told else words(name),
        "label": lambda name: described[name].label if name in described else words(name),
        "rows": table_rows,
        "numbers": numbers,
        "facets": lambda found: _in_order(found, known),
        "downloads": DOWNLOADS,
    }
    if view_name == "table" and table in ARRANGED:
        given["arrange"] = _arranger(datasette, known, table, base, request)
    return given


def _in_order(facets: Mapping[str, Any], known: Knowledge) -> list[Any]:
    """Facets in the topic's order, then those that the reader asked for; none that no row has a value for."""
    order = list(known.topic.facets) if known.topic else []
    return sorted(
        (facet for facet in facets.values() if facet["results"] or facet["hideable"]),
        key=lambda facet: order.index(facet["name"]) if facet["name"] in order else len(order),
    )


Arranger = Callable[[Sequence[Any], Sequence[Any]], Awaitable[Arranged]]


def _arranger(datasette: Any, known: Knowledge, table: str, base: str, request: Any) -> Arranger:
    args = request.args if request else {}

    async def arranged(given: Sequence[Any], cells: Sequence[Any]) -> Arranged:
        found: Arranged = await datasette.get_database(known.name).execute_fn(
            lambda connection: arrange(
                connection,
                known,
                table,
                base,
                given,
                cells,
                chosen="_col" in args,
                everything="_all" in args,
            )
        )
        return found

    return arranged


def _listed(datasette: Any) -> list[tuple[str, str, str]]:
    return [
        (name, about.get("title", name), about.get("description", ""))
        for name, about in tables().items()
        if not about.get("hidden") and not is_withheld(datasette, name)
    ]


async def _visible(datasette: Any, actor: Any, known: Knowledge) -> bool:
    seen, _ = await datasette.check_visibility(
        actor, permissions=[("view-table", (known.name, "cases")), ("view-database", known.name), "view-instance"]
    )
    return bool(seen)

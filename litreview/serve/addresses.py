"""What an address of ours speaks of, and whether its visitor may see it."""

from __future__ import annotations

from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound

from litreview.serve.knowledge import Knowledge, knowledge

ARRANGED = ("cases", "patients", "records")
"""Tables whose pages are arranged our way."""


def known_of(datasette: Any, request: Any) -> tuple[Knowledge, str]:
    """The knowledge base an address speaks of, and the address of its database."""
    try:
        served = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("Database not found") from None
    known = knowledge(datasette, served.name)
    if known is None:
        raise NotFound("Page not found")
    return known, str(datasette.urls.database(known.name))


async def allowed(datasette: Any, request: Any, known: Knowledge, tables: tuple[str, ...]) -> None:
    """Nothing where the visitor may see the tables, `Forbidden` where not."""
    for table in tables:
        await datasette.ensure_permissions(
            request.actor, [("view-table", (known.name, table)), ("view-database", known.name), "view-instance"]
        )

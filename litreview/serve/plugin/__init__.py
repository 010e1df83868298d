"""The Datasette plugin: what it hooks into. It leaves every database that is not a knowledge base as it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from datasette import hookimpl as _hookimpl

from litreview.serve.knowledge import PLUGIN, Knowledge, all_knowledge, knowledge, prepare

Hook = TypeVar("Hook", bound=Callable[..., Any])
hookimpl: Callable[[Hook], Hook] = _hookimpl

_STYLE = "/-/static-plugins/litreview/litreview.css"
_CACHE = 65_536
"""KiB a connection may keep of the file: SQLite's own 2 MiB are less than one look through the case table."""

_METADATA = (None, "databases")


@hookimpl
def startup(datasette: Any) -> None:
    """Begin to load the topics, and keep Datasette from printing tracebacks with all local values."""
    if all_knowledge(datasette):
        # With rich installed it does so for every page that is not found: 60 kB, cookies and settings included.
        import datasette.handle_exception as handler

        handler.rich = None
        prepare(datasette)


@hookimpl
def prepare_connection(conn: Any, database: str | None, datasette: Any) -> None:
    """Close what may not be passed on to every SQL that Datasette runs on our databases."""
    from litreview.serve.withheld import close

    if knowledge(datasette, database):
        conn.execute(f"PRAGMA cache_size = -{_CACHE}")
    close(conn, database, datasette)


@hookimpl
def permission_allowed(datasette: Any, actor: Any, action: str, resource: Any) -> bool | None:
    """Who may decide; no page for what is withheld; the file of a database only where the settings say so."""
    from litreview.serve import people, withheld

    if action == people.DECIDE:
        return people.permitted(datasette, actor)
    if action == "view-table" and knowledge(datasette, resource[0]):
        return False if withheld.is_withheld(datasette, resource[1]) else None
    if action == "view-database-download" and knowledge(datasette, resource):
        return None if (datasette.plugin_config(PLUGIN) or {}).get("download") else False
    return None


@hookimpl
def actor_from_request(datasette: Any, request: Any) -> dict[str, str] | None:
    """Who a proxy on this machine says is asking, where the settings name its header."""
    from litreview.serve.people import actor_from_header

    return actor_from_header(datasette, request) if all_knowledge(datasette) else None


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """What our templates use to show texts of papers: on one line, cut, with nothing hidden in them."""
    from litreview.serve.visible import shortened

    env.filters["lr_short"] = shortened


@hookimpl
def get_metadata(datasette: Any, key: str | None) -> dict[str, Any]:
    """Titles, descriptions, facets and columns of our databases."""
    known = all_knowledge(datasette) if key in _METADATA else ()
    if not known:
        return {}
    from litreview.serve.metadata import metadata

    return {"databases": {item.name: metadata(item) for item in known}}


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, Any] | None:
    """The topic's saved questions."""
    known = knowledge(datasette, database)
    if known is None:
        return None
    from litreview.serve.metadata import questions

    return questions(known)


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Pages of cases, reports and patients, and whole tables as files."""
    from litreview.serve.routes import routes

    return routes()


@hookimpl
def render_cell(datasette: Any, database: str, table: str | None, column: str, value: object, row: Any) -> object:
    """Links from Datasette's own tables and queries to our pages."""
    known = knowledge(datasette, database)
    if known is None:
        return None
    from litreview.serve.cells import cell

    return cell(known, lambda: str(datasette.urls.database(known.name)), table, column, value, row)


@hookimpl
def menu_links(datasette: Any, actor: Any, request: Any) -> list[dict[str, str]]:
    """The desk in the menu of our databases' pages."""
    from litreview.serve.policy import is_ours

    if request is None or not is_ours(datasette, request.path):
        return []
    from litreview.serve.links import menu

    return menu(datasette, all_knowledge(datasette), signed_in=bool(actor))


@hookimpl
def extra_css_urls(datasette: Any, database: str | None) -> list[str]:
    """Our looks, on the pages of our databases."""
    return [_STYLE] if knowledge(datasette, database) else []


@hookimpl
def extra_template_vars(
    datasette: Any, template: str, database: str | None, table: str | None, view_name: str | None, request: Any
) -> Callable[[], Awaitable[dict[str, Any]]] | dict[str, Any]:
    """What our templates show: the home page's overviews, or the knowledge base a page is of."""
    if template == "index.html" and request is not None and all_knowledge(datasette):
        return lambda: _homes(datasette, request)
    known = knowledge(datasette, database)
    return {"litreview": _of_page(datasette, known, table, view_name, request)} if known else {}


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Errors on our pages say in our looks what was wrong."""
    from litreview.serve import refused

    if not refused.concerns_us(datasette, request):
        return None
    return lambda: refused.refused(datasette, request, exception)


@hookimpl
def forbidden(datasette: Any, request: Any, message: str) -> Callable[[], Awaitable[Any]] | None:
    """So does what a visitor may not do."""
    from litreview.serve import refused

    return (lambda: refused.page(datasette, request, 403, message)) if refused.concerns_us(datasette, request) else None


@hookimpl
def skip_csrf(datasette: Any, scope: dict[str, Any]) -> bool | None:
    """Our own forms check their token themselves, and say it where it is too old."""
    from litreview.serve.policy import below
    from litreview.serve.routes import is_act

    return True if is_act(below(datasette, scope["path"])) and all_knowledge(datasette) else None


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Headers that say what a browser may do on our pages."""
    from litreview.serve.policy import guard

    return lambda app: guard(datasette, app)


async def _homes(datasette: Any, request: Any) -> dict[str, Any]:
    from litreview.serve.context import homes

    found = await homes(datasette, request)
    return {"litreview_homes": found} if found else {}


def _of_page(datasette: Any, known: Knowledge, table: str | None, view_name: str | None, request: Any) -> object:
    from litreview.serve.context import of_page

    return of_page(datasette, known, table, view_name, request)

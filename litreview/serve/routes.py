"""Our own pages: a case, a report, a patient, and whole tables as files."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from collections.abc import Callable
from typing import IO, Any, TypeVar

from datasette.utils import tilde_decode
from datasette.utils.asgi import AsgiStream, NotFound, Response

from litreview.serve.knowledge import Knowledge, knowledge
from litreview.serve.links import outside, page

T = TypeVar("T")
_DATABASE = r"/(?P<database>[^\/\.]+)/-"
_CHUNK = 1 << 16
_IN_MEMORY = 1 << 22


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Addresses and what answers them. Datasette has no page below `/<database>/-/`, so none of its own is covered."""
    return [
        (rf"{_DATABASE}/case/(?P<name>[^/]+)$", case_view),
        (rf"{_DATABASE}/report/(?P<name>[^/]+)$", report_view),
        (rf"{_DATABASE}/patient/(?P<name>[^/]+)$", patient_view),
        (rf"{_DATABASE}/export/(?P<what>\w+)(?P<suffix>\.\w+)$", export_view),
    ]


async def case_view(datasette: Any, request: Any) -> Response:
    """The page of a case."""
    from litreview.serve.course import read_case

    return await _page(datasette, request, "case", ("cases", "findings", "evidence", "documents"), read_case)


async def report_view(datasette: Any, request: Any) -> Response:
    """The page of a report."""
    from litreview.serve.beside import read_report

    return await _page(datasette, request, "report", ("records", "cases"), read_report)


async def patient_view(datasette: Any, request: Any) -> Response:
    """The page of a patient."""
    from litreview.serve.beside import read_patient

    return await _page(datasette, request, "patient", ("patients", "cases"), read_patient)


async def export_view(datasette: Any, request: Any) -> AsgiStream:
    """A whole table in one of the formats of `litreview export`."""
    from litreview.errors import UsageError
    from litreview.steps.export import WHATS

    known, _ = _known(datasette, request)
    what, suffix = request.url_vars["what"], request.url_vars["suffix"].lower()
    if what not in WHATS or suffix not in WHATS[what].formats:
        raise NotFound(f"There is no {what}{suffix} to export")
    await _allowed(datasette, request, known, (what,))

    try:
        stream = await _in_thread(datasette, lambda: _written(known, what, suffix))
    except UsageError as error:
        raise NotFound(error.message) from None

    async def send(writer: Any) -> None:
        with stream:
            while chunk := stream.read(_CHUNK):
                await writer.send({"type": "http.response.body", "body": chunk, "more_body": True})

    name = f"{known.name}-{what}{suffix}"
    return AsgiStream(
        send,
        headers={"content-disposition": f'attachment; filename="{_plain(name)}"'},
        content_type=WHATS[what].formats[suffix].content_type,
    )


def _written(known: Knowledge, what: str, suffix: str) -> IO[bytes]:
    """The whole file before its first byte goes out, so that a failure is seen as one."""
    from litreview.steps.export import export_to, formats_of

    stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by who sends it
    if formats_of(what)[suffix].binary:
        export_to(known.path, what, stream, suffix=suffix, rules_dir=known.rules_dir)
    else:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", errors="backslashreplace")
        export_to(known.path, what, text, suffix=suffix, rules_dir=known.rules_dir)
        text.detach()
    stream.seek(0)
    return stream


async def _page(
    datasette: Any,
    request: Any,
    kind: str,
    tables: tuple[str, ...],
    read: Callable[[sqlite3.Connection, str, Knowledge], object | None],
) -> Response:
    known, base = _known(datasette, request)
    await _allowed(datasette, request, known, tables)
    name = tilde_decode(request.url_vars["name"])
    found = await datasette.get_database(known.name).execute_fn(lambda it: _at_once(it, lambda: read(it, name, known)))
    if found is None:
        raise NotFound(f"There is no {kind} {name}")
    context = {"database": known.name, "known": known, "base": base, "it": found, "page": page, "outside": outside}
    html = await datasette.render_template(
        f"litreview/{kind}.html", context, request=request, view_name=f"litreview-{kind}"
    )
    return Response.html(html)


def _known(datasette: Any, request: Any) -> tuple[Knowledge, str]:
    """The knowledge base an address speaks of, and the address of its database."""
    try:
        served = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("Database not found") from None
    known = knowledge(datasette, served.name)
    if known is None:
        raise NotFound("Page not found")
    return known, str(datasette.urls.database(known.name))


async def _allowed(datasette: Any, request: Any, known: Knowledge, tables: tuple[str, ...]) -> None:
    for table in tables:
        await datasette.ensure_permissions(
            request.actor, [("view-table", (known.name, table)), ("view-database", known.name), "view-instance"]
        )


def _at_once(connection: sqlite3.Connection, read: Callable[[], T]) -> T:
    """All queries of a page see the database as it was at one moment, while others write."""
    connection.execute("BEGIN")
    try:
        return read()
    finally:
        connection.rollback()


async def _in_thread(datasette: Any, work: Callable[[], T]) -> T:
    import asyncio

    return await asyncio.get_running_loop().run_in_executor(datasette.executor, work)


def _plain(name: str) -> str:
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)

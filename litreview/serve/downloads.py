"""Tables as files: whole ones as `litreview export` writes them, and exactly the rows that a table page shows."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette.utils import tilde_encode
from datasette.utils.asgi import AsgiStream, NotFound

from litreview.serve.addresses import allowed, known_of
from litreview.serve.knowledge import Knowledge
from litreview.serve.reading import in_thread

if TYPE_CHECKING:
    from litreview.export import Format

_CHUNK = 1 << 16
_IN_MEMORY = 1 << 22
_PAGING = ("_next", "_size", "_facet", "_facet_size", "_shape", "_trace", "_all", "_nocount", "_nofacet", "_extra")
_LIMIT = re.compile(r"\s+limit\s+\d+\s*$", re.IGNORECASE)

Writer = Callable[[IO[Any]], object]


async def export_view(datasette: Any, request: Any) -> AsgiStream:
    """A whole table in one of the formats of `litreview export`; `?outcome=` and `?by=` choose as its options do."""
    from litreview.steps.export import WHATS, export_to

    known, _ = known_of(datasette, request)
    what, suffix = request.url_vars["what"], request.url_vars["suffix"].lower()
    if what not in WHATS or WHATS[what].whole:
        raise NotFound(f"There is no {what} to export")
    form = _format(suffix, WHATS[what].formats)
    await allowed(datasette, request, known, WHATS[what].rests_on or (what,))
    return await _file(
        datasette,
        f"{known.name}-{what}{suffix}",
        form,
        lambda stream: export_to(
            known.path,
            what,
            stream,
            suffix=suffix,
            rules_dir=known.rules_dir,
            outcome=request.args.get("outcome") or "",
            by=tuple(request.args.getlist("by")),
        ),
    )


async def filtered_view(datasette: Any, request: Any) -> AsgiStream:
    """The rows and columns of a table page, all of them and not only the first page.

    Datasette itself is asked for the page's SQL, so that filters, search and order mean the same here; its limit on
    rows is taken off, as its own CSV may lose rows (it pages by a column that several rows share).
    """
    from litreview.export import FORMATS

    known, base = known_of(datasette, request)
    what, suffix = request.url_vars["what"], request.url_vars["suffix"].lower()
    form = _format(suffix, FORMATS)
    await allowed(datasette, request, known, (what,))
    query = await _query(datasette, request, base, what)
    return await _file(
        datasette,
        f"{known.name}-{what}-filtered{suffix}",
        form,
        lambda stream: _write(datasette, known, what, query, stream, form),
    )


async def _query(datasette: Any, request: Any, base: str, what: str) -> dict[str, Any]:
    args = [(key, value) for key, value in parse_qsl(request.query_string, keep_blank_values=True)]
    kept = [(key, value) for key, value in args if key not in _PAGING]
    asked = [*kept, ("_size", "1"), ("_nofacet", "1"), ("_nocount", "1"), ("_shape", "objects")]
    address = datasette.urls.path(
        f"{base.removeprefix(datasette.setting('base_url').rstrip('/'))}/{tilde_encode(what)}"
    )
    headers = {name: request.headers[name] for name in ("cookie", "authorization") if name in request.headers}
    answer = await datasette.client.get(f"{address}.json?{urlencode(asked)}", headers=headers, follow_redirects=True)
    if answer.status_code != 200:
        raise NotFound("These filters give no table")
    query: dict[str, Any] = json.loads(answer.text)["query"]
    return query


def _write(datasette: Any, known: Knowledge, what: str, query: dict[str, Any], stream: IO[Any], form: Format) -> None:
    from datasette.plugins import pm

    from litreview import store
    from litreview.export import Table

    with store.open_database(known.path, readonly=True) as db:
        # As Datasette prepares its own: functions that its SQL may call, and what our plugin closes.
        pm.hook.prepare_connection(conn=db.conn, database=known.name, datasette=datasette)
        cursor: sqlite3.Cursor = db.conn.execute(_LIMIT.sub("", query["sql"]), query["params"])
        form.write(Table(what, tuple(column[0] for column in cursor.description), cursor), stream)


def _format(suffix: str, formats: Mapping[str, Format]) -> Format:
    if suffix not in formats:
        raise NotFound(f"This is not written as {suffix}")
    return formats[suffix]


async def _file(datasette: Any, name: str, form: Format, write: Writer) -> AsgiStream:
    from litreview.errors import UsageError

    try:
        stream = await in_thread(datasette, lambda: _written(write, form))
    except UsageError as error:
        raise NotFound(error.message) from None

    async def send(writer: Any) -> None:
        with stream:
            while chunk := stream.read(_CHUNK):
                await writer.send({"type": "http.response.body", "body": chunk, "more_body": True})

    headers = {"content-disposition": f'attachment; filename="{_plain(name)}"'}
    return AsgiStream(send, headers=headers, content_type=form.content_type)


def _written(write: Writer, form: Format) -> IO[bytes]:
    """The whole file before its first byte goes out, so that a failure is seen as one."""
    stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by who sends it
    if form.binary:
        write(stream)
    else:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", errors="backslashreplace")
        write(text)
        text.detach()
    stream.seek(0)
    return stream


def _plain(name: str) -> str:
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)

"""Serves a knowledge base: Datasette, which finds our plugin by itself, with what its connections may take."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from litreview import store
from litreview.errors import UsageError

HOST, PORT = "127.0.0.1", 8001
LIMITS = {
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "facet_time_limit_ms": 400,
    "default_cache_ttl": 0,
    "suggest_facets": False,
}
"""Datasette's settings: no question of a visitor takes the server for long, and no answer is kept by a browser."""

TICKET = "litreview-sign-in"
"""What a reviewer's address is signed for."""

_PLUGIN = "litreview"
_ALL = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


def serve(
    path: Path,
    *,
    host: str = HOST,
    port: int = PORT,
    root: bool = False,
    reviewers: tuple[str, ...] = (),
    whole_texts: bool = False,
    rules_dir: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> None:
    """Serve the knowledge base until somebody ends it; `tell` is given the address once it can be opened.

    With `root` the address signs its visitor in as Datasette's root, and for each of `reviewers` there is one more that
    signs them in under their name. `whole_texts` opens the papers' texts to SQL. Port 0 takes any free one. Raises
    `DatabaseError` for what is not a knowledge base, `UsageError` where the address cannot be had.
    """
    store.open_database(path, readonly=True).close()
    listening = _listen(host, port)
    try:
        application = datasette(path, rules_dir=rules_dir, reviewers=reviewers, whole_texts=whole_texts)
        if tell is not None:
            for told in addresses(application, host, listening.getsockname()[1], root=root, reviewers=reviewers):
                tell(told)
        _run(application, listening)
    finally:
        listening.close()


def datasette(
    path: Path, *, rules_dir: Path | None = None, reviewers: tuple[str, ...] = (), whole_texts: bool = False
) -> Any:
    """Datasette over a knowledge base that others may write meanwhile.

    Only in a folder where nothing can be written is the file taken as one that never changes: SQLite could not make
    the side files that reading along needs.
    """
    from datasette.app import Datasette

    settings: dict[str, Any] = {"rules": str(rules_dir.resolve())} if rules_dir else {}
    if reviewers:
        settings["reviewers"] = {"id": list(reviewers)}
    if whole_texts:
        settings["whole_texts"] = True
    given = {"immutables": [str(path)]} if not os.access(path.resolve().parent, os.W_OK) else {"files": [str(path)]}
    return Datasette(**given, metadata={"plugins": {_PLUGIN: settings}}, settings=LIMITS)


def addresses(
    application: Any, host: str, port: int, *, root: bool = False, reviewers: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Where the pages are to be opened, then for each reviewer the address that signs them in."""
    shown = _ALL.get(host, f"[{host}]" if ":" in host else host)
    start = f"http://{shown}:{port}"
    first = f"{start}/-/auth-token?token={application._root_token}" if root else f"{start}/"
    return (first, *(f"{start}/-/litreview/sign-in?ticket={application.sign(name, TICKET)}" for name in reviewers))


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address, taken before anything is loaded."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    except OSError as error:
        raise UsageError(f"{host} is no address here: {error.strerror}", hint="leave --host out") from None
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise UsageError(
            f"port {port} of {host} cannot be used: {error.strerror}",
            hint="give another one, or any free one: --port 0",
        ) from None
    return listening


def _run(application: Any, listening: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(application.app(), log_level="warning", lifespan="on", workers=1)
    asyncio.run(_serve(application, uvicorn.Server(config), listening))


async def _serve(application: Any, server: Any, listening: socket.socket) -> None:
    await application.invoke_startup()
    await server.serve(sockets=[listening])

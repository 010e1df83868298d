"""Signing in by an address that `litreview serve --reviewer NAME` prints."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Forbidden, Response

from litreview.serve.people import holder


async def sign_in_view(datasette: Any, request: Any) -> Response:
    """Sign the holder of a ticket in and show the home page."""
    name = holder(datasette, request.args.get("ticket") or "")
    if name is None:
        raise Forbidden("This address was made for another run of the server: take the one it prints now")
    response = Response.redirect(datasette.urls.instance())
    response.set_cookie("ds_actor", datasette.sign({"a": {"id": name}}, "actor"), httponly=True)
    return response

"""Who may decide: actors whom Datasette knows and the plugin's settings let, and what a form must bring."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qsl

from datasette.utils import actor_matches_allow
from datasette.utils.asgi import Forbidden

from litreview.serve.knowledge import PLUGIN, Knowledge

DECIDE = "litreview-decide"
"""The permission to decide, for a database."""

_LOOPBACK = ("127.0.0.1", "::1")


def actor_from_header(datasette: Any, request: Any) -> dict[str, str] | None:
    """Who a proxy in front of us says is asking: the plugin's setting `actor_header` names the header.

    Only a proxy on the same machine is believed; from elsewhere anybody could write such a header.
    """
    header = (datasette.plugin_config(PLUGIN) or {}).get("actor_header")
    peer = (request.scope.get("client") or ("",))[0]
    if not header or peer not in _LOOPBACK:
        return None
    name = request.headers.get(str(header).lower(), "").strip()
    return {"id": name} if name else None


def permitted(datasette: Any, actor: dict[str, Any] | None) -> bool | None:
    """Whether the actor may decide: root may, and whom the plugin's setting `reviewers` lets, an "allow" block."""
    if not actor:
        return False
    if actor.get("id") == "root":
        return True
    reviewers = (datasette.plugin_config(PLUGIN) or {}).get("reviewers")
    return bool(actor_matches_allow(actor, reviewers)) if reviewers is not None else None


async def may_decide(datasette: Any, actor: dict[str, Any] | None, known: Knowledge) -> bool:
    """Whether the pages offer decisions to this visitor."""
    return bool(await datasette.permission_allowed(actor, DECIDE, resource=known.name, default=False))


async def viewer_of(datasette: Any, actor: dict[str, Any] | None, known: Knowledge) -> str:
    """The name of a visitor who may decide, empty for any other."""
    return name_of(actor) if actor and await may_decide(datasette, actor, known) else ""


async def check_form(datasette: Any, request: Any, known: Knowledge) -> dict[str, str]:
    """The fields of a form that was sent by somebody who may decide, from a page of ours; `Forbidden` for any other.

    Datasette itself asks for the token only where there is a cookie; who is known by a proxy's header has none.
    """
    if not await may_decide(datasette, request.actor, known):
        raise Forbidden(
            "Only a reviewer who is signed in decides, and a sign-in ends with the server that gave it: "
            "open the address it printed for you, go back, and send the form again"
        )
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("The form was not sent from here")
    pairs = parse_qsl((await request.post_body()).decode("utf-8", "replace"), keep_blank_values=True)
    given = dict(pairs) | {"parts": "; ".join(value for name, value in pairs if name == "part")}
    if not secrets.compare_digest(given.get("csrftoken", "").encode(), request.scope["csrftoken"]().encode()):
        raise Forbidden("The form is too old or was not sent from here: go back, load the page again, and decide there")
    return given


def name_of(actor: dict[str, Any]) -> str:
    """What a decision is signed with."""
    return str(actor.get("id") or "")


def holder(datasette: Any, given: str) -> str | None:
    """The reviewer a ticket was made for; `None` for one that was not made here."""
    from itsdangerous import BadSignature

    from litreview.steps.serve import TICKET

    try:
        return str(datasette.unsign(given, TICKET))
    except BadSignature:
        return None

"""What a browser may do on our pages: load what this server gives, run no script but ours and Datasette's."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import re
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any
from urllib.parse import unquote

from litreview.serve.knowledge import PLUGIN, all_knowledge

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

# Templates of Datasette with scripts in them that nothing is filled into.
_WITH_SCRIPT = ("_close_open_menus.html", "_codemirror_foot.html")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def guard(datasette: Any, app: App) -> App:
    """The application with headers on the pages of our knowledge bases; other databases' pages stay as they are."""

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        async def send_with_policy(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and is_ours(datasette, scope.get("path", "")):
                message = {**message, "headers": [*message.get("headers", []), *_headers(datasette)]}
            await send(message)

        await app(scope, receive, send_with_policy if scope["type"] == "http" else send)

    return guarded


@cache
def content_security_policy() -> str:
    """The policy: everything from here only; Datasette's own inline scripts by their hashes, inline styles allowed."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in _datasette_scripts())
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _headers(datasette: Any) -> list[tuple[bytes, bytes]]:
    """The plugin's setting `content_security_policy` replaces ours (empty: none), for plugins that need more."""
    setting = (datasette.plugin_config(PLUGIN) or {}).get("content_security_policy", content_security_policy())
    headers = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin")]
    return [(b"content-security-policy", str(setting).encode()), *headers] if setting else headers


def is_ours(datasette: Any, path: str) -> bool:
    """Whether an address is of the home page, of signing in, or of a page of one of our databases."""
    path, known = below(datasette, path), all_knowledge(datasette)
    if path in ("", "/") or path.startswith("/-/litreview/"):
        return bool(known)
    first = path.split("/")[1].split(".")[0]
    return any(first == item.route for item in known)


def below(datasette: Any, path: str) -> str:
    """An address without what a proxy puts before all of ours."""
    return unquote(path).removeprefix(datasette.setting("base_url").rstrip("/"))


def _datasette_scripts() -> list[str]:
    templates = importlib.resources.files("datasette") / "templates"
    texts = [(templates / name).read_text(encoding="utf-8") for name in _WITH_SCRIPT]
    found = [script for text in texts for script in _SCRIPT.findall(text)]
    return [*found, "DATASETTE_ALLOW_FACET = true;", "DATASETTE_ALLOW_FACET = false;"]


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

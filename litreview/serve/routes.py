"""The addresses of our own pages, files and forms, and what answers them."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from litreview.serve.addresses import ARRANGED

View = Callable[..., Any]

_DATABASE = r"/(?P<database>[^\/\.]+)"
_ACT = rf"{_DATABASE}/-/act/(?P<act>\w+)$"
_NAMED = r"(?P<name>[^/]+)"
_FILE = r"(?P<what>\w+)(?P<suffix>\.\w+)"
_PAGES = ("queue", "decisions", "changed", "tasks", "differences", "agreement", "figures", "texts")


def routes() -> list[tuple[str, View]]:
    """Datasette has no page below `/<database>/-/`; of its own only those of the wide tables are taken over."""
    return [
        (rf"{_DATABASE}/(?P<table>{'|'.join(ARRANGED)})(\.(?P<format>\w+))?$", _view("wide", "wide_view")),
        *(
            (rf"{_DATABASE}/-/{kind}/{_NAMED}$", _view("pages", f"{kind}_view"))
            for kind in ("case", "report", "patient")
        ),
        *((rf"{_DATABASE}/-/{name}$", _view("pages", f"{name}_view")) for name in _PAGES),
        (rf"{_DATABASE}/-/export/{_FILE}$", _view("downloads", "export_view")),
        (rf"{_DATABASE}/-/filtered/{_FILE}$", _view("downloads", "filtered_view")),
        (_ACT, _view("acts", "act_view")),
        (r"/-/litreview/sign-in$", _view("signing", "sign_in_view")),
    ]


def is_act(path: str) -> bool:
    """Whether a form of ours is sent there."""
    return re.fullmatch(_ACT, path) is not None


def _view(module: str, name: str) -> View:
    """The view, imported when its page is asked for: a server that starts should not wait for all of them."""

    async def view(datasette: Any, request: Any) -> Any:
        return await getattr(import_module(f"litreview.serve.{module}"), name)(datasette, request)

    return view

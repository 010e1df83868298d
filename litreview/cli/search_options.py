"""Options that say which of the topic's searches is sent, and which of its clauses are left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def search_options(function: Function) -> Function:
    """`--search` and `--without`."""
    function = click.option(
        "--without",
        multiple=True,
        metavar="CLAUSE",
        help="Leave a clause of the search out; may be given again. search --explain shows them.",
    )(function)
    return click.option("--search", "name", default="", metavar="NAME", help="Another of the topic's searches.")(
        function
    )

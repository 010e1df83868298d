"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from litreview.pubmed.client import Client

Function = TypeVar("Function", bound=Callable[..., Any])


def _remember(ctx: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """Keep the database's path where `errors.told` finds it: SQLite does not say which file it means."""
    ctx.find_root().obj = path
    return path


database = click.argument("db", type=click.Path(path_type=Path, dir_okay=True), callback=_remember)
quiet = click.option("--quiet", "-q", is_flag=True, help="No progress, only the closing line.")


as_of_option = click.option(
    "--as-of", "as_of_name", default="", metavar="NAME", help="As it was when it was frozen under this name."
)
rules_option = click.option(
    "--rules",
    "rules_dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of topics to use in place of the shipped ones.",
)


def topic_options(function: Function) -> Function:
    """`--topic` and `--rules`."""
    function = rules_option(function)
    return click.option(
        "--topic", default="", metavar="NAME", help="Topic of a new database (default: the only one there is)."
    )(function)


def eutils_options(function: Function) -> Function:
    """How E-utilities are reached: address, e-mail, key and rate."""
    for option in reversed(_EUTILS):
        function = option(function)
    return function


def client_from(eutils_url: str, email: str, api_key: str, rate: float | None) -> Client:
    """The E-utilities client that options and environment ask for."""
    from litreview.pubmed.client import Client
    from litreview.pubmed.settings import settings_from

    return Client(settings_from(os.environ, base_url=eutils_url, email=email, api_key=api_key, rate=rate))


_EUTILS = (
    click.option("--eutils-url", default="", metavar="URL", help="E-utilities to ask (or LITREVIEW_EUTILS_URL)."),
    click.option("--email", default="", help="Your address, which NCBI asks for (or LITREVIEW_EMAIL)."),
    click.option("--api-key", default="", help="Key for a higher rate (or NCBI_API_KEY)."),
    click.option("--rate", type=float, default=None, help="Requests a second (default: 3, with a key 10)."),
)

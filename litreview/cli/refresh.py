"""`litreview refresh`: PubMed's news, and all that follows from them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from litreview.cli.options import client_from, database, eutils_options, quiet, topic_options
from litreview.cli.search_options import search_options
from litreview.cli.telling import close, progress


@click.command()
@database
@search_options
@click.option(
    "--dry-run", is_flag=True, help="Do all on a copy that is thrown away: say what would change, write nothing."
)
@topic_options
@eutils_options
@quiet
def command(
    db: Path,
    name: str,
    without: tuple[str, ...],
    dry_run: bool,
    topic: str,
    rules_dir: Path | None,
    eutils_url: str,
    email: str,
    api_key: str,
    rate: float | None,
    quiet: bool,
) -> None:
    """Search PubMed, fetch what is new or revised with its full text, update DB, and say what has changed.

    \b
    Try: litreview refresh review.db --email you@example.org
    """
    from litreview.cli.search_told import query_change_lines
    from litreview.cli.version_told import tell_version
    from litreview.steps.backup import trial
    from litreview.steps.refresh import refresh
    from litreview.steps.workspace import workspace

    client = client_from(eutils_url, email, api_key, rate)
    with (
        progress(quiet=quiet) as show,
        trial(db) if dry_run else nullcontext(db) as path,
        workspace(path, command="refresh", topic=topic, rules_dir=rules_dir, create=True, progress=show) as work,
    ):
        refreshed = refresh(work, client, name=name, without=without)
    for line in () if quiet else query_change_lines(refreshed.found.query_change):
        click.echo(line)
    tell_version(refreshed.version, quiet=quiet)
    if not refreshed.version and not quiet:
        click.echo("nothing has changed")
    if dry_run and not quiet:
        click.echo(f"a dry run: nothing was written to {db}")
    close(work.summary(), work.problems)

"""`litreview refresh`: PubMed's news, and all that follows from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.cli.options import client_from, database, eutils_options, quiet, topic_options
from litreview.cli.search_options import search_options
from litreview.cli.telling import close, progress

if TYPE_CHECKING:
    from litreview.steps.refresh import Refreshed


@click.command()
@database
@search_options
@click.option("--dry-run", is_flag=True, help="Only say what would be fetched; write nothing.")
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
    from litreview.steps import refresh as steps
    from litreview.steps.workspace import topic_for, workspace

    client = client_from(eutils_url, email, api_key, rate)
    if dry_run:
        found = steps.dry_run(db, topic_for(db, topic, rules_dir), client, name=name, without=without)
        close(
            {"records found": found.run.count, "to fetch, new": len(found.new), "to fetch, revised": len(found.revised)}
        )
        return
    with (
        progress(quiet=quiet) as show,
        workspace(db, command="refresh", topic=topic, rules_dir=rules_dir, create=True, progress=show) as work,
    ):
        refreshed = steps.refresh(work, client, name=name, without=without)
    if not quiet:
        _tell(refreshed)
    close(work.summary(), work.problems)


def _tell(refreshed: Refreshed) -> None:
    for change in refreshed.changes:
        click.echo(f"{change.kind}: {change.new} new, {change.changed} changed, {change.gone} gone")
    for title, (before, after) in refreshed.shares.items():
        click.echo(f"{title}: {_share(*before)}, now {_share(*after)}")


def _share(n: int, total: int) -> str:
    return f"{n}/{total} ({100 * n / total:.0f}%)" if total else "none before"

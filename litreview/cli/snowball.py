"""`litreview snowball`: what included reports cite, and what cites them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from litreview.cli.options import client_from, database, eutils_options, quiet, topic_options
from litreview.cli.plain import plain
from litreview.cli.telling import close, progress

SHOWN = 20


@click.command()
@database
@click.option("--fetch", "fetching", is_flag=True, help="Fetch what is not in DB yet, screen it, and update.")
@topic_options
@eutils_options
@quiet
def command(
    db: Path,
    fetching: bool,
    topic: str,
    rules_dir: Path | None,
    eutils_url: str,
    email: str,
    api_key: str,
    rate: float | None,
    quiet: bool,
) -> None:
    """Keep in DB which papers the included reports cite and which cite them, by PubMed's links and by the reference
    lists of records and full texts, and say which of them are there already.

    With --fetch the others are fetched, screened and counted as found by other methods. One call is one round: what it
    includes is asked for its own citations by the next.

    \b
    Try: litreview snowball review.db --email you@example.org
         litreview snowball review.db --fetch --email you@example.org
    """
    from litreview.cli.version_told import tell_version
    from litreview.steps.snowball import snowball
    from litreview.steps.workspace import workspace

    client = client_from(eutils_url, email, api_key, rate)
    with (
        progress(quiet=quiet) as show,
        workspace(db, command="snowball", topic=topic, rules_dir=rules_dir, progress=show) as work,
    ):
        found = snowball(work, client, fetching=fetching)
    waiting = [row for row in found.rows if row["state"] == "not fetched"]
    for row in () if quiet else waiting[:SHOWN]:
        click.echo(plain(_told(row)))
    if len(waiting) > SHOWN and not quiet:
        click.echo(f"... and {len(waiting) - SHOWN} more; all: litreview export {db} snowball")
    tell_version(found.version, quiet=quiet)
    close(work.summary(), work.problems)


def _told(row: dict[str, Any]) -> str:
    ways = " and ".join(word for word, holds in (("cited by", row["cited"]), ("citing", row["citing"])) if holds)
    reports = "report" if row["reports"] == 1 else "reports"
    return f"not fetched: {row['pmid'] or row['doi']}, {ways} {row['reports']} included {reports}"

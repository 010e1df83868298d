"""`litreview fetch`: what searches have found, into the knowledge base."""

from pathlib import Path

import click

from litreview.cli.options import client_from, database, eutils_options, quiet, topic_options
from litreview.cli.telling import close, progress


@click.command()
@database
@click.argument("pmids", nargs=-1, metavar="[PMID]...")
@topic_options
@eutils_options
@quiet
def command(
    db: Path,
    pmids: tuple[str, ...],
    topic: str,
    rules_dir: Path | None,
    eutils_url: str,
    email: str,
    api_key: str,
    rate: float | None,
    quiet: bool,
) -> None:
    """Fetch into DB the records that searches have found and that are not there yet, and full texts from PMC.

    With PMIDs, exactly those are fetched, also if they are there already.

    \b
    Try: litreview fetch review.db --email you@example.org
    """
    from litreview.steps.account import insist_on
    from litreview.steps.fetch import BY_HAND, BY_SEARCH, fetch, unfetched
    from litreview.steps.workspace import workspace

    client = client_from(eutils_url, email, api_key, rate)
    with (
        progress(quiet=quiet) as show,
        workspace(db, command="fetch", topic=topic, rules_dir=rules_dir, progress=show) as work,
    ):
        insist_on(fetch(work, client, pmids or unfetched(work), way=BY_HAND if pmids else BY_SEARCH))
    for note in work.notes:
        click.echo(note)
    close(work.summary(), work.problems)

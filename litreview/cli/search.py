"""`litreview search`: the topic's query to PubMed, kept as a record."""

from pathlib import Path

import click

from litreview.cli.options import client_from, database, eutils_options, topic_options
from litreview.cli.telling import close


@click.command()
@database
@click.option("--search", "name", default="", metavar="NAME", help="Another of the topic's searches.")
@click.option("--query", default="", help="A query of your own in place of the topic's.")
@click.option(
    "--check",
    "check_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Say which of the PMIDs in FILE the query finds.",
)
@topic_options
@eutils_options
def command(
    db: Path,
    name: str,
    query: str,
    check_file: Path | None,
    topic: str,
    rules_dir: Path | None,
    eutils_url: str,
    email: str,
    api_key: str,
    rate: float | None,
) -> None:
    """Search PubMed and keep query, translation, count and ids in DB; nothing is fetched.

    \b
    Try: litreview search review.db --email you@example.org
    """
    from litreview.steps.search import check, search
    from litreview.steps.workspace import workspace

    client = client_from(eutils_url, email, api_key, rate)
    with workspace(db, command="search", topic=topic, rules_dir=rules_dir, create=True) as work:
        found = search(work, client, name=name, query=query)
    click.echo(f"Query: {found.run.query}")
    click.echo(f"Understood as: {found.run.translation}")
    if check_file is not None:
        checked = check(check_file, found.run)
        for pmid in checked.missed:
            click.echo(f"missed: {pmid}")
        click.echo(f"known reports found: {len(checked.found)} of {len(checked.found) + len(checked.missed)}")
    close(work.summary(), work.problems)

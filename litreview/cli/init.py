"""`litreview init`: a new knowledge base, empty or from the topic's curated patients."""

from pathlib import Path

import click

from litreview.cli.options import database, topic_options


@click.command()
@database
@click.option(
    "--baseline",
    is_flag=True,
    help="Start from the topic's curated published patients, as decisions of their source; later searches add to them.",
)
@click.option(
    "--from",
    "package",
    type=click.Path(path_type=Path),
    metavar="ZIP",
    help="Not empty, but what a package holds that `litreview export DB package` wrote.",
)
@topic_options
def command(db: Path, baseline: bool, package: Path | None, topic: str, rules_dir: Path | None) -> None:
    """Make an empty knowledge base DB for a topic; one that is there already is left as it is.

    \b
    Try: litreview init review.db
         litreview init review.db --baseline
         litreview init copy.db --from package.zip
    """
    from litreview.cli.telling import close
    from litreview.steps.baseline import start
    from litreview.steps.unpack import unpack
    from litreview.steps.workspace import workspace

    if package is not None:
        click.echo(f"{db}: {unpack(package, db, rules_dir=rules_dir)} cases of {package.name}")
        return

    with workspace(db, command="init", topic=topic, rules_dir=rules_dir, create=True) as work:
        click.echo(f"{db}: ready for {work.topic.name}, {len(work.topic.attributes)} attributes a case")
        if baseline:
            start(work, rules_dir)
    if baseline:
        close(work.summary(), work.problems)

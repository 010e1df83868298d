"""`litreview init`: an empty knowledge base."""

from pathlib import Path

import click

from litreview.cli.options import database, topic_options


@click.command()
@database
@topic_options
def command(db: Path, topic: str, rules_dir: Path | None) -> None:
    """Make an empty knowledge base DB for a topic; one that is there already is left as it is.

    \b
    Try: litreview init review.db
    """
    from litreview.steps.workspace import workspace

    with workspace(db, command="init", topic=topic, rules_dir=rules_dir, create=True) as work:
        click.echo(f"{db}: ready for {work.topic.name}, {len(work.topic.attributes)} attributes a case")

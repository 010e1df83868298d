"""`litreview extract`: the cases of new documents."""

from pathlib import Path

import click

from litreview.cli.options import database, quiet, topic_options
from litreview.cli.telling import close, progress


@click.command()
@database
@click.option("--all", "everything", is_flag=True, help="Extract every document again, changed or not.")
@topic_options
@quiet
def command(db: Path, everything: bool, topic: str, rules_dir: Path | None, quiet: bool) -> None:
    """Extract the cases of documents that are new or that the present rules have not read.

    \b
    Try: litreview extract review.db
    """
    from litreview.steps.extract import extract
    from litreview.steps.workspace import workspace

    with (
        progress(quiet=quiet) as show,
        workspace(db, command="extract", topic=topic, rules_dir=rules_dir, progress=show) as work,
    ):
        extract(work, everything=everything)
    close(work.summary(), work.problems)

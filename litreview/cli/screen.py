"""`litreview screen`: eligible or not."""

from pathlib import Path

import click

from litreview.cli.options import database, quiet, topic_options
from litreview.cli.telling import close, progress


@click.command()
@database
@topic_options
@quiet
def command(db: Path, topic: str, rules_dir: Path | None, quiet: bool) -> None:
    """Say of every report in DB again whether it is eligible, and why not.

    \b
    Try: litreview screen review.db
    """
    from litreview.steps.extract import reconcile
    from litreview.steps.workspace import workspace

    with (
        progress(quiet=quiet) as show,
        workspace(db, command="screen", topic=topic, rules_dir=rules_dir, progress=show) as work,
    ):
        reconcile(work, everything=True)
    close(work.summary(), work.problems)

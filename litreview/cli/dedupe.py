"""`litreview dedupe`: duplicate records and patients."""

from pathlib import Path

import click

from litreview.cli.options import database, quiet, topic_options
from litreview.cli.telling import close, progress


@click.command()
@database
@topic_options
@quiet
def command(db: Path, topic: str, rules_dir: Path | None, quiet: bool) -> None:
    """Find duplicate records and patients that several reports tell.

    \b
    Try: litreview dedupe review.db
    """
    from litreview.steps.dedupe import dedupe_patients, dedupe_records
    from litreview.steps.workspace import workspace

    with (
        progress(quiet=quiet) as show,
        workspace(db, command="dedupe", topic=topic, rules_dir=rules_dir, progress=show) as work,
    ):
        dedupe_records(work)
        dedupe_patients(work)
    close(work.summary(), work.problems)

"""`litreview update`: everything that follows from what has changed."""

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
    """Extract, screen, deduplicate and pool whatever has changed in DB since the last time.

    \b
    Try: litreview update review.db
    """
    from litreview.cli.version_told import tell_version
    from litreview.steps.changes import changed
    from litreview.steps.update import update
    from litreview.steps.workspace import workspace

    with (
        progress(quiet=quiet) as show,
        workspace(db, command="update", topic=topic, rules_dir=rules_dir, progress=show) as work,
    ):
        update(work, everything=everything)
        version = changed(work)
    tell_version(version, quiet=quiet)
    close(work.summary(), work.problems)

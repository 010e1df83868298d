"""`litreview remove`: a record or a document out again."""

from pathlib import Path

import click

from litreview.cli.options import database, quiet, topic_options
from litreview.cli.telling import close, progress


@click.command()
@database
@click.argument("name", metavar="ID")
@topic_options
@quiet
def command(db: Path, name: str, topic: str, rules_dir: Path | None, quiet: bool) -> None:
    """Take a record or a document out of DB, with everything that rests on it.

    ID is a document_id, or a record's record_id, PMID, PMCID or DOI. The next refresh fetches a removed record again
    where the search still finds it; to keep a report out for good, exclude it with litreview review exclude.

    \b
    Try: litreview remove review.db 90000001
    """
    from litreview.cli.version_told import tell_version
    from litreview.steps.changes import changed
    from litreview.steps.remove import remove
    from litreview.steps.workspace import workspace

    with (
        progress(quiet=quiet) as show,
        workspace(db, command="remove", topic=topic, rules_dir=rules_dir, progress=show) as work,
    ):
        click.echo(f"removed {remove(work, name)}")
        version = changed(work)
    tell_version(version, quiet=quiet)
    close(work.summary(), work.problems)

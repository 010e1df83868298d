"""`litreview backup`: a safe copy of a knowledge base."""

from pathlib import Path

import click

from litreview.cli.options import database


@click.command()
@database
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Where to (default: beside DB, with the day and time in its name).",
)
def command(db: Path, output: Path | None) -> None:
    """Write a whole, checked copy of DB, also while others work on it; a file that is there is never overwritten.

    \b
    Try: litreview backup review.db
    """
    from litreview.steps.backup import backup

    made = backup(db, output)
    click.echo(f"{made.path}: {made.size} bytes, {made.decisions} decisions, sha256 {made.sha256}")

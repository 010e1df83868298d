"""`litreview pool`: the pooled summary."""

import sys
from pathlib import Path

import click

from litreview.cli.options import database, topic_options


@click.command()
@database
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout, an object a figure.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="A table with a row a figure, in the format of the suffix.",
)
@topic_options
def command(db: Path, as_json: bool, output: Path | None, topic: str, rules_dir: Path | None) -> None:
    """Print the topic's summary over the unique patients of DB, with n/N, medians, ranges and 95 % intervals.

    \b
    Try: litreview pool review.db
    """
    from litreview.pool.printed import text
    from litreview.steps.pool import pool, print_json, write_summary

    pooled = pool(db, topic=topic, rules_dir=rules_dir)
    if output is not None:
        click.echo(f"{output}: {write_summary(pooled, output)} figures")
    elif as_json:
        print_json(pooled, sys.stdout)
    else:
        for line in text(pooled):
            click.echo(line)

"""`litreview pool`: the pooled summary."""

import sys
from pathlib import Path

import click

from litreview.cli.options import as_of_option, database, topic_options


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
@click.option(
    "--statistics",
    "what",
    flag_value="statistics",
    help="Shares pooled over reports, times to events, and what is not reported.",
)
@click.option(
    "--printed",
    "what",
    flag_value="printed",
    help="The figures that the review printed beside those of its patients known here, and what contradicts what.",
)
@as_of_option
@topic_options
def command(
    db: Path,
    as_json: bool,
    output: Path | None,
    what: str | None,
    as_of_name: str,
    topic: str,
    rules_dir: Path | None,
) -> None:
    """Print the topic's summary over the unique patients of DB, with n/N, medians, ranges and 95 % intervals.

    Tables and JSON name with every figure the cases that it counts.

    \b
    Try: litreview pool review.db
         litreview pool review.db --statistics
    """
    from litreview.steps.freeze import as_of
    from litreview.steps.pool import figures

    with as_of(db, as_of_name) as path:
        found = figures(path, what or "summary", topic=topic, rules_dir=rules_dir)
    if output is not None:
        click.echo(f"{output}: {found.write(output)} figures")
    elif as_json:
        found.print_json(sys.stdout)
    else:
        for line in found.lines():
            click.echo(line)

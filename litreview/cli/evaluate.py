"""`litreview evaluate`: precision and recall against gold cases."""

from pathlib import Path

import click

from litreview.cli.options import database, topic_options


@click.command()
@database
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--split", default="", metavar="NAME", help="Only the reports of this split; of `check` totals only.")
@click.option("--errors", is_flag=True, help="List every value that is not right, with both quotes.")
@click.option("--attribute", "attributes", multiple=True, metavar="NAME", help="Errors of these attributes only.")
@click.option(
    "--sort", type=click.Choice(["attribute", "report", "rule"]), default="attribute", help="Order of errors."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Write the measures as a table, with --errors every single value; the suffix is the format.",
)
@topic_options
def command(
    db: Path,
    gold: Path,
    split: str,
    errors: bool,
    attributes: tuple[str, ...],
    sort: str,
    output: Path | None,
    topic: str,
    rules_dir: Path | None,
) -> None:
    """Compare the cases of DB with those in GOLD (a folder with cases.jsonl and reports.csv): precision, recall and F1
    per attribute with 95 % intervals, cases found, screening.

    \b
    Try: litreview evaluate review.db litreview/corpus/gold --split rules
    """
    from litreview.evaluate import printed
    from litreview.steps.evaluate import evaluate, write_comparisons, write_figures

    measured = evaluate(db, gold, split=split, topic=topic, rules_dir=rules_dir)
    if output is not None:
        count = (write_comparisons if errors else write_figures)(measured, output)
        click.echo(f"{output}: {count} rows")
        return
    lines = list(printed.totals(measured.scores))
    if errors and measured.shown:
        kept = (each for each in measured.shown.comparisons if not attributes or each.attribute in attributes)
        lines += printed.errors(kept, sort=sort)
    elif measured.shown:
        lines += ["", *printed.by_attribute(measured.scores, measured.attributes), "", *printed.by_rule(measured.shown)]
    for line in lines:
        click.echo(line)

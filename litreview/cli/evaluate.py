"""`litreview evaluate`: precision and recall against gold cases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.cli.options import database, topic_options

if TYPE_CHECKING:
    from litreview.evaluate.comparison import Count


@click.command()
@database
@click.argument("gold", type=click.Path(path_type=Path), required=False)
@click.option("--split", default="", metavar="NAME", help="Only the reports of this split; of `check` totals only.")
@click.option("--errors", is_flag=True, help="List every value that is not right, with both quotes.")
@click.option("--attribute", "attributes", multiple=True, metavar="NAME", help="Errors of these attributes only.")
@click.option(
    "--by-rule", is_flag=True, help="Right and wrong values of every rule, the one that errs most surely first."
)
@click.option("--by", default="", metavar="NAME", help="Without GOLD: only what this person or source has decided.")
@click.option(
    "--sort", type=click.Choice(["attribute", "report", "rule"]), default="attribute", help="Order of errors."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Write the measures as a table, with --errors every single value, with --by-rule the rules; the suffix is the "
    "format.",
)
@topic_options
def command(
    db: Path,
    gold: Path | None,
    split: str,
    errors: bool,
    attributes: tuple[str, ...],
    by_rule: bool,
    by: str,
    sort: str,
    output: Path | None,
    topic: str,
    rules_dir: Path | None,
) -> None:
    """Compare the cases of DB with those in GOLD (a folder with cases.jsonl and reports.csv): precision, recall and F1
    per attribute with 95 % intervals, cases found, screening, and how often values are right by their confidence.
    Without GOLD, --by-rule measures the rules by what people have decided, and --errors lists what they replaced or
    refused; with --by by what one of them, or a named source, has.

    \b
    Try: litreview evaluate review.db litreview/corpus/gold --split rules
    litreview evaluate review.db --by-rule
    litreview evaluate review.db --errors --by Ann
    """
    from litreview.evaluate import printed
    from litreview.evaluate.reliability import judged
    from litreview.steps.erring import decided_errors, decided_rules
    from litreview.steps.evaluate import evaluate, write_comparisons, write_figures

    if gold is None:
        if by_rule:
            _tell_rules(decided_rules(db, by=by, topic=topic, rules_dir=rules_dir), output)
        elif errors:
            for line in decided_errors(db, by=by, topic=topic, rules_dir=rules_dir):
                click.echo(line)
        else:
            raise click.UsageError("name GOLD, or measure the rules by what people have decided: --by-rule, --errors")
        return
    measured = evaluate(db, gold, split=split, topic=topic, rules_dir=rules_dir)
    if by_rule:
        _tell_rules(measured.shown.by_rule() if measured.shown else {}, output)
        return
    if output is not None:
        count = (write_comparisons if errors else write_figures)(measured, output)
        click.echo(f"{output}: {count} rows")
        return
    lines = list(printed.totals(measured.scores))
    if errors and measured.shown:
        kept = (each for each in measured.shown.comparisons if not attributes or each.attribute in attributes)
        lines += printed.errors(kept, sort=sort)
    elif measured.shown:
        lines += ["", *printed.by_attribute(measured.scores, measured.attributes)]
        lines += ["", *printed.by_rule(measured.shown.by_rule())]
        lines += ["", *printed.reliability(judged(measured.shown.comparisons))]
    for line in lines:
        click.echo(line)


def _tell_rules(counts: Mapping[str, Count], output: Path | None) -> None:
    from litreview.evaluate import printed
    from litreview.steps.evaluate import write_rules

    if output is not None:
        click.echo(f"{output}: {write_rules(counts, output)} rows")
        return
    for line in printed.by_rule(counts, every=True):
        click.echo(line)

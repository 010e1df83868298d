"""`litreview export`: a table of a knowledge base as a file."""

import sys
from pathlib import Path

import click

from litreview.cli.options import as_of_option, database, rules_option
from litreview.export import FORMATS, PICTURES


@click.command()
@database
@click.argument("what")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help=f"Where to; the suffix is the format: of a table {' '.join(FORMATS)} (default: CSV on stdout), of a picture "
    f"{' '.join(PICTURES)}.",
)
@click.option(
    "--outcome",
    default="",
    metavar="NAME",
    help="Of forest: which of the topic's shares, by its title, the title's beginning, or its attribute (default: in a "
    "table every one, in a picture the first).",
)
@click.option(
    "--by",
    multiple=True,
    metavar="ATTRIBUTE",
    help="Of forest: subgroups by this attribute in place of the topic's (repeat).",
)
@as_of_option
@rules_option
def command(
    db: Path,
    what: str,
    output: Path | None,
    outcome: str,
    by: tuple[str, ...],
    as_of_name: str,
    rules_dir: Path | None,
) -> None:
    """Write WHAT of DB: cases, patients, findings, evidence, events, records, searches, flow, decisions, problems,
    wanted, fates, snowball, candidates, machine_findings, changes, shifts, swimmer, forest, missingness, years (these
    and flow also as a picture: .svg, .png), figures (all pictures: .zip), checklists, references (of the included
    reports: .ris, .bib, or .json for CSL-JSON), phenopackets (.json, .jsonl, .zip), package (everything: .zip) or
    report (what changed in the last version: .md or .json).

    \b
    Try: litreview export review.db cases -o cases.xlsx
         litreview export review.db forest -o forest.svg --outcome "Transfusion independence" --by cytopenia_type
    """
    from litreview.steps.export import export, export_to
    from litreview.steps.freeze import as_of

    with as_of(db, as_of_name) as path:
        if output is None:
            export_to(path, what, sys.stdout, rules_dir=rules_dir, outcome=outcome, by=by)
        else:
            told = export(path, what, output, rules_dir=rules_dir, outcome=outcome, by=by)
            click.echo(f"{output}: {told}")

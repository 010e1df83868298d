"""Decisions in spreadsheets: written to be filled in, brought back, and a group's own sheet taken over."""

import getpass
from pathlib import Path

import click

from litreview.cli.options import database, topic_options
from litreview.cli.review.group import command
from litreview.cli.telling import close

_FILE = click.Path(path_type=Path)


@command.command()
@database
@click.argument("file", type=_FILE)
@click.option("--all", "everything", is_flag=True, help="Every cell of every included patient, in place of what waits.")
@topic_options
def export(db: Path, file: Path, everything: bool, topic: str, rules_dir: Path | None) -> None:
    """Write what waits, with what was found and its words, as a sheet (.csv, .xlsx) to be filled in: an action, a value
    or both, and why. `litreview review import` brings it back.

    \b
    Try: litreview review export review.db to_check.xlsx
    """
    from litreview.steps.sheets.decisions import write_sheet

    click.echo(f"{file}: {write_sheet(db, file, everything=everything, rules_dir=rules_dir)} rows")


@command.command("import")
@database
@click.argument("file", type=_FILE)
@click.option("--by", default="", metavar="NAME", help="Who decided (default: your name on this machine).")
@click.option("--mapping", type=_FILE, default=None, metavar="FILE", help="FILE is a sheet of your own; this maps it.")
@click.option("--source", default="", metavar="NAME", help="The name your own sheet goes by (default: the mapping's).")
@click.option("--whole", is_flag=True, help="Your sheet is all the source has: what it no longer says is undone.")
@topic_options
def import_(
    db: Path,
    file: Path,
    by: str,
    mapping: Path | None,
    source: str,
    whole: bool,
    topic: str,
    rules_dir: Path | None,
) -> None:
    """Bring back a sheet that was filled in; or with --mapping take over an extraction sheet of your own (CSV or XLSX)
    as decisions of a named source, with reports and patients that are not there yet.

    \b
    Try: litreview review import review.db to_check.xlsx --by Ann
    litreview review import review.db our_sheet.xlsx --mapping our_sheet.yaml --source "Our sheet 2024"
    """
    from litreview.steps.sheets.decisions import read_back
    from litreview.steps.sheets.take import take_sheet
    from litreview.steps.workspace import workspace

    if mapping is None and (source or whole):
        raise click.UsageError("--source and --whole are for a sheet of your own: give its --mapping")
    with workspace(db, command="review import", topic=topic, rules_dir=rules_dir) as work:
        if mapping is None:
            read_back(work, file, by=by or getpass.getuser())
        else:
            click.echo(f"source: {take_sheet(work, file, mapping, source=source, whole=whole)}")
    close(work.summary(), work.problems)


@command.command()
@database
@click.argument("sheet", type=_FILE)
@click.option("--sheet", "name", default="", metavar="NAME", help="Sheet of a workbook (default: the first).")
@click.option("--header", type=click.IntRange(1), default=1, help="Row with the names of the columns (default: 1).")
@click.option("-o", "--output", type=_FILE, default=None, metavar="FILE", help="Write the draft here; not over a file.")
@topic_options
def mapping(
    db: Path, sheet: Path, name: str, header: int, output: Path | None, topic: str, rules_dir: Path | None
) -> None:
    """Propose how the columns of your own extraction SHEET map to reports, patients and attributes: YAML to be read
    line by line, mended, and given to `litreview review import --mapping`.

    \b
    Try: litreview review mapping review.db our_sheet.xlsx -o our_sheet.yaml
    """
    from litreview.steps.sheets.draft import draft
    from litreview.steps.workspace import topic_for

    text = draft(sheet, topic_for(db, topic, rules_dir), sheet=name, header=header)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise click.UsageError(f"{output} is there already: name another file") from None
    click.echo(f"{output}: to be mended, then: litreview review import {db} {sheet} --mapping {output}")

"""`litreview add`: local files into the knowledge base."""

from pathlib import Path

import click

from litreview.cli.options import database, quiet, topic_options
from litreview.cli.telling import close, progress


@click.command()
@database
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--doi", default="", help="DOI of the report, for a single file.")
@click.option("--pmid", default="", help="PMID of the report, for a single file.")
@click.option("--title", default="", help="Title of the report, for a single file.")
@topic_options
@quiet
def command(
    db: Path,
    paths: tuple[Path, ...],
    doi: str,
    pmid: str,
    title: str,
    topic: str,
    rules_dir: Path | None,
    quiet: bool,
) -> None:
    """Read files or folders into DB, then update.

    The format is told from the content: PubMed XML, JATS, CORD-19 JSON, HTML, PDF, plain text, and bibliographies
    (RIS, NBIB, BibTeX, CSV), which give records, and abstracts where they hold them. What cannot be read is counted and
    named; the rest goes in. Exit code 1 where nothing could be read.

    \b
    Try: litreview add review.db papers/
    """
    from litreview.cli.version_told import tell_version
    from litreview.steps.add import Naming, add, check
    from litreview.steps.changes import changed
    from litreview.steps.update import update
    from litreview.steps.workspace import workspace

    naming = Naming(pmid=pmid, doi=doi, title=title)
    check(paths, naming)
    with (
        progress(quiet=quiet) as show,
        workspace(db, command="add", topic=topic, rules_dir=rules_dir, create=True, progress=show) as work,
    ):
        add(work, paths, naming=naming)
        update(work)
        version = changed(work)
    for note in work.notes:
        click.echo(note, err=True)
    tell_version(version, quiet=quiet)
    close(work.summary(), work.problems)
    if work.problems and not work.counts["files read"]:
        raise click.exceptions.Exit(1)

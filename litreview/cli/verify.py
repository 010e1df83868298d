"""`litreview verify`: whether everything stands."""

from pathlib import Path

import click

from litreview.cli.options import database, quiet, topic_options

NAMED = 20


@click.command()
@database
@click.option(
    "--raw",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH",
    help="File, or folder of files, that documents were read from (repeat).",
)
@click.option("--all", "everything", is_flag=True, help="Name every fault.")
@topic_options
@quiet
def command(db: Path, raw: tuple[Path, ...], everything: bool, topic: str, rules_dir: Path | None, quiet: bool) -> None:
    """Check that DB is whole, that every quote stands in its document and in the raw file, that every value can be
    read again from its evidence alone, and that the tables agree.

    \b
    Try: litreview verify review.db
    """
    from litreview.cli.telling import progress
    from litreview.errors import DatabaseError
    from litreview.steps.verify import verify

    with progress(quiet=quiet) as show:
        found = verify(db, raw=raw, topic=topic, rules_dir=rules_dir, progress=show)
    _list([*found.faults, *found.doubts], everything)
    for what, share in found.shares.items():
        click.echo(f"{what}: {share.n}/{share.of}")
    if found.faults:
        raise DatabaseError(
            f"{db}: {len(found.faults)} things do not stand", hint="litreview update --all reads every document again"
        )


def _list(sentences: list[str], everything: bool) -> None:
    for sentence in sentences if everything else sentences[:NAMED]:
        click.echo(sentence)
    if len(sentences) > NAMED and not everything:
        click.echo(f"... and {len(sentences) - NAMED} more (--all)")

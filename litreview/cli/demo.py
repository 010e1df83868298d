"""`litreview demo`: a knowledge base from the fictional corpus, its summary, and its pages."""

from pathlib import Path

import click

from litreview.cli.options import quiet
from litreview.cli.telling import close, progress


@click.command()
@click.argument("db", type=click.Path(path_type=Path, dir_okay=False), default=Path("demo.db"))
@click.option("--no-serve", is_flag=True, help="End after the summary.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port of the pages.")
@quiet
def command(db: Path, no_serve: bool, port: int, quiet: bool) -> None:
    """Build DB (default: demo.db) from the shipped fictional corpus, print its summary, and serve it.

    The corpus takes the same way as `refresh`: Bio.Entrez asks a stand-in of PubMed on this machine.

    \b
    Try: litreview demo --no-serve
    """
    from litreview import resources
    from litreview.pool.printed import text
    from litreview.steps.demo import NOTICE, demo, topic_of
    from litreview.steps.pool import pool
    from litreview.steps.workspace import workspace

    topic = topic_of(resources.corpus_dir())
    with (
        progress(quiet=quiet) as show,
        workspace(db, command="demo", topic=topic, create=True, progress=show) as work,
    ):
        demo(work)
    for line in text(pool(db)):
        click.echo(line)
    click.echo(f"\n{NOTICE}")
    close(work.summary(), work.problems)
    if not no_serve:
        from litreview.steps.serve import serve

        serve(db, port=port)

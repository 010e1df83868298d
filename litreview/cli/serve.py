"""`litreview serve`: the knowledge base in a browser."""

from pathlib import Path

import click

from litreview.cli.options import database


@click.command()
@database
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--root", is_flag=True, help="Print an address that signs you in as root.")
@click.option(
    "--rules",
    "rules_dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of topics to use in place of the shipped ones.",
)
def command(db: Path, port: int, host: str, root: bool, rules_dir: Path | None) -> None:
    """Open Datasette on DB: the pooled case table with facets and search, and for every value the words behind it.

    DB is only read, and may be updated meanwhile. Plain `datasette DB` gives the same pages.

    \b
    Try: litreview serve review.db
    """
    from litreview.steps.serve import serve

    def tell(address: str) -> None:
        click.echo(f"{db}: {address} (Ctrl+C ends)")

    serve(db, host=host, port=port, root=root, rules_dir=rules_dir, tell=tell)

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
    "--reviewer",
    "reviewers",
    multiple=True,
    metavar="NAME",
    help="Print an address that signs NAME in as a reviewer, who may decide; give it again for more.",
)
@click.option(
    "--whole-texts",
    is_flag=True,
    help="Open the papers' whole texts to SQL, whatever their licence: for yourself only.",
)
@click.option(
    "--rules",
    "rules_dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of topics to use in place of the shipped ones.",
)
def command(
    db: Path,
    port: int,
    host: str,
    root: bool,
    reviewers: tuple[str, ...],
    whole_texts: bool,
    rules_dir: Path | None,
) -> None:
    """Open Datasette on DB: the pooled case table with facets and search, and for every value the words behind it.

    Whoever is not signed in only reads. DB may be updated meanwhile. Plain `datasette DB` gives the same pages.

    \b
    Try: litreview serve review.db --reviewer ada --reviewer ben
    """
    from litreview.steps.serve import serve

    names = iter(("(Ctrl+C ends)", *(f"signs in {name}" for name in reviewers)))

    def tell(address: str) -> None:
        click.echo(f"{db}: {address} {next(names)}")

    serve(
        db,
        host=host,
        port=port,
        root=root,
        reviewers=reviewers,
        whole_texts=whole_texts,
        rules_dir=rules_dir,
        tell=tell,
    )

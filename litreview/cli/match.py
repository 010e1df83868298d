"""`litreview match`: a bibliography without its duplicates, no database needed."""

from pathlib import Path

import click

from litreview.cli.telling import close


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="OUT.csv", help="id,cluster")
@click.option("--uncertain", type=click.Path(path_type=Path), metavar="FILE", help="CSV of pairs for a person.")
def command(file: Path, output: Path, uncertain: Path | None) -> None:
    """Find the duplicates in a bibliography FILE (NBIB, PubMed XML or CSV).

    OUT has the columns id and cluster and a row per record in the order of FILE; only certain duplicates share a
    cluster. The id is the record's own (CSV column id, PMID), else its place.

    \b
    Try: litreview match library.nbib -o clusters.csv
    """
    from litreview.steps.match import match, write_clusters, write_uncertain

    matched = match(file)
    write_clusters(matched, output)
    if uncertain is not None:
        write_uncertain(matched, uncertain)
    close(matched.counts(), matched.problems)

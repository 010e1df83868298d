"""`litreview match`: a bibliography without its duplicates, no database needed."""

from pathlib import Path

import click

from litreview.cli.telling import close


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="OUT.csv", help="id,cluster")
@click.option(
    "--uncertain",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to: CSV of pairs for a person, open first.",
)
@click.option(
    "--decided", type=click.Path(path_type=Path), metavar="FILE", help="Such a CSV, its column decision filled in."
)
def command(file: Path, output: Path, uncertain: Path | None, decided: Path | None) -> None:
    """Find the duplicates in a bibliography FILE: RIS, NBIB, BibTeX, CSV or PubMed XML, also as .gz.

    OUT has the columns id and cluster and a row per record in the order of FILE; only certain duplicates share a
    cluster. The id is the record's own (CSV column id, key, PMID), else its place. A correction, a reply, a meeting
    abstract and its paper are related, never one. Write same or different into the column decision of the pairs and
    give them with --decided: that stands above what is found.

    \b
    Try: litreview match library.ris -o clusters.csv --uncertain pairs.csv
    litreview match library.ris -o clusters.csv --decided pairs.csv --uncertain pairs.csv
    """
    from litreview.steps.match import match, write_clusters, write_uncertain

    matched = match(file, decided=decided)
    if matched.recognised:
        click.echo(f"{file}: {matched.recognised}", err=True)
    write_clusters(matched, output)
    if uncertain is not None:
        write_uncertain(matched, uncertain)
    close(matched.counts(), matched.problems)

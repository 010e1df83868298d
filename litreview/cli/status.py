"""`litreview status`: where a knowledge base stands."""

from pathlib import Path
from typing import Any

import click

from litreview.cli.options import database
from litreview.cli.search_told import some_ids
from litreview.cli.telling import line

SHOWN = 20


@click.command()
@database
@click.option("--all", "everything", is_flag=True, help="Show every problem, waiting item and wanted report.")
def command(db: Path, everything: bool) -> None:
    """Show counts by stage, the last searches and what a changed query gains and loses, problems, reports that were
    corrected, doubted or retracted, what waits for a person, and full texts that are wanted.

    \b
    Try: litreview status review.db
    """
    from litreview.steps.status import status

    found = status(db)
    click.echo(f"{db}: {found.topic}")
    if found.version:
        click.echo(f"Last {found.version}")
    _list(
        "Last searches",
        [
            f"{row['searched_at']} {row['name']}: {row['count']} records, {row['new_records']} new"
            for row in found.searches
        ],
        everything,
    )
    _list("Changed queries", [_query_change(row) for row in found.query_changes], everything)
    _list("Corrected, doubted, retracted or deleted", [_fate(row) for row in found.fates], everything)
    _list("Problems", [f"{item.stage} {item.subject}: {item.sentence}" for item in found.problems], everything)
    _list(
        "Waiting for a person",
        [
            f"{row['kind']} {row['subject']} {row['attribute']} {row['value'] or ''}: {row['reason']}"
            for row in found.waiting
        ],
        everything,
    )
    _list(
        "Full text wanted",
        [f"{row['pmid'] or row['record_id']} {row['link'] or ''} {row['title']}" for row in found.wanted],
        everything,
    )
    click.echo(line(found.counts))


def _query_change(row: dict[str, Any]) -> str:
    gained, lost = ((row[how] or "").split() for how in ("gained", "lost"))
    told = f"{row['searched_at']} {row['name']}, version {row['query_version']}"
    return f"{told}: gains {len(gained)} ({some_ids(gained)}), loses {len(lost)} ({some_ids(lost)})"


def _fate(row: dict[str, Any]) -> str:
    patients = f"{row['patients']} patients in the pool" + (f", {row['left_out']} left out" if row["left_out"] else "")
    return f"{row['pmid'] or row['record_id']} {row['status']}: {patients}: {row['title']}"


def _list(title: str, lines: list[str], everything: bool) -> None:
    if not lines:
        return
    click.echo(f"{title} ({len(lines)}):")
    for text in lines if everything else lines[:SHOWN]:
        click.echo(f"  {' '.join(text.split())}")
    if len(lines) > SHOWN and not everything:
        click.echo(f"  ... and {len(lines) - SHOWN} more (--all)")

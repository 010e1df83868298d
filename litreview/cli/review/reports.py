"""Decisions on reports, and on which records and patients are the same."""

from pathlib import Path
from typing import Any

import click

from litreview.cli.options import database
from litreview.cli.review.group import adjudicating, by_whom, command, take


@command.command()
@database
@click.argument("record")
@adjudicating
@by_whom
def include(db: Path, record: str, **given: Any) -> None:
    """Count a report as eligible, whatever screening says. RECORD is a record_id, PMID, PMCID or DOI.

    \b
    Try: litreview review include review.db 90000001
    """
    take(db, "include", record, "", "", **given)


@command.command()
@database
@click.argument("record")
@click.option("--reason", required=True, help="An exclusion reason of the topic, or your own words.")
@adjudicating
@by_whom
def exclude(db: Path, record: str, reason: str, **given: Any) -> None:
    """Leave a report out for a reason. RECORD is a record_id, PMID, PMCID or DOI.

    \b
    Try: litreview review exclude review.db 90000001 --reason aggregate_only
    """
    take(db, "exclude", record, "", reason, **given)


@command.command()
@database
@click.argument("one")
@click.argument("other")
@by_whom
def merge(db: Path, one: str, other: str, **given: Any) -> None:
    """Say that two records are one report, each by its record_id, PMID, PMCID or DOI; or two cases, or patients, one
    patient, by their ids.

    \b
    Try: litreview review merge review.db 90000001 90000002
    litreview review merge review.db r1a2b3c4d-1 r5e6f7a8b-1
    """
    take(db, "merge", one, other, "", **given)


@command.command()
@database
@click.argument("one")
@click.argument("other")
@by_whom
def split(db: Path, one: str, other: str, **given: Any) -> None:
    """Say that two records are different reports, or two cases different patients, whatever else joins them.

    \b
    Try: litreview review split review.db 90000001 90000002
    """
    take(db, "split", one, other, "", **given)

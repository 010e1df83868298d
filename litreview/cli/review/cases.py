"""Decisions on which patients a report tells of."""

from pathlib import Path
from typing import Any

import click

from litreview.cli.options import database
from litreview.cli.review.group import by_whom, command, take


@command.command()
@database
@click.argument("record")
@click.argument("label")
@by_whom
def add(db: Path, record: str, label: str, **given: Any) -> None:
    """Add a patient that the machine missed to a report, under a LABEL such as "patient 3"; values are corrected in.

    \b
    Try: litreview review add review.db 90000001 "patient 3"
    """
    take(db, "add_case", record, label=label, **given)


@command.command()
@database
@click.argument("case")
@by_whom
def delete(db: Path, case: str, **given: Any) -> None:
    """Delete a CASE that is no patient of the report; it stays away when the report is read again.

    \b
    Try: litreview review delete review.db r1a2b3c4d-2 --why "the donor"
    """
    take(db, "delete_case", case, **given)


@command.command()
@database
@click.argument("case")
@click.argument("label")
@click.argument("parts")
@by_whom
def divide(db: Path, case: str, label: str, parts: str, **given: Any) -> None:
    """Make two patients of a CASE. PARTS go to the new one, called LABEL: attributes, or single values of them (left
    aside ones too) as attribute=value, separated by ;. With a + before it both patients have it.

    \b
    Try: litreview review divide review.db r1a2b3c4d-1 "patient 2" "age_years=6; response; +route"
    """
    take(db, "split_case", case, "", parts, label=label, **given)

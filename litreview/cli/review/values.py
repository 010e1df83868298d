"""Decisions on the values of a case."""

from pathlib import Path
from typing import Any

import click

from litreview.cli.options import database
from litreview.cli.review.group import adjudicating, by_whom, command, take, words


@command.command()
@database
@click.argument("case")
@click.argument("attribute")
@click.argument("value", default="")
@adjudicating
@by_whom
def accept(db: Path, case: str, attribute: str, value: str, **given: Any) -> None:
    """Confirm what a CASE has, or what is proposed, for an ATTRIBUTE (or one VALUE): it stands from now on.

    \b
    Try: litreview review accept review.db r1a2b3c4d-1 age_years
    """
    take(db, "accept", case, attribute, value, **given)


@command.command()
@database
@click.argument("case")
@click.argument("attribute")
@click.argument("value", default="")
@click.option("--not-reported", is_flag=True, help="The report does not say: the cell is to be empty.")
@words
@adjudicating
@by_whom
def correct(db: Path, case: str, attribute: str, value: str, not_reported: bool, **given: Any) -> None:
    """Put VALUE in place of what a CASE has for an ATTRIBUTE, or into an empty cell. Items of a list are separated by
    ;, a number may come with its unit and with >, <, ~ or a range.

    \b
    Try: litreview review correct review.db r1a2b3c4d-1 age_years 11 --quote "11-year-old girl"
    litreview review correct review.db r1a2b3c4d-1 baseline_hemoglobin_g_dl "5.1 mmol/L"
    """
    if not_reported == bool(value):
        raise click.UsageError("give either a VALUE or --not-reported")
    take(db, "not_reported" if not_reported else "correct", case, attribute, value, **given)


@command.command()
@database
@click.argument("case")
@click.argument("attribute")
@click.argument("value", default="")
@adjudicating
@by_whom
def reject(db: Path, case: str, attribute: str, value: str, **given: Any) -> None:
    """Refuse what the machine found or proposes for an ATTRIBUTE of a CASE (or one VALUE of it).

    \b
    Try: litreview review reject review.db r1a2b3c4d-1 response
    """
    take(db, "reject", case, attribute, value, **given)

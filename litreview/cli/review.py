"""`litreview review`: decisions of people from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from litreview.cli.options import database, topic_options
from litreview.cli.telling import line
from litreview.model.review import Action


@click.group()
def command() -> None:
    """Look at what waits for a person, and decide.

    \b
    Try: litreview review list review.db
    """


def _decision(function: Callable[..., Any]) -> Callable[..., Any]:
    by = click.option("--by", default="", metavar="NAME", help="Who decides (default: your name on this machine).")
    why = click.option("--why", default="", metavar="TEXT", help="The reason, kept with the decision.")
    return topic_options(by(why(function)))


@command.command("list")
@database
@click.option("--decisions", is_flag=True, help="The decisions that were taken, in place of what waits.")
def list_(db: Path, decisions: bool) -> None:
    """Show what waits for a person, or with --decisions what was decided.

    \b
    Try: litreview review list review.db
    """
    from litreview.steps.decisions import queue, taken

    for text in taken(db) if decisions else queue(db):
        click.echo(text)


@command.command()
@database
@click.argument("case")
@click.argument("attribute")
@click.argument("value", default="")
@_decision
def accept(db: Path, case: str, attribute: str, value: str, **given: Any) -> None:
    """Confirm what a CASE has, or what is proposed, for an ATTRIBUTE (or one VALUE): it stands from now on.

    \b
    Try: litreview review accept review.db r1a2b3c4d-1 age_years
    """
    _decide(db, "accept", case, attribute, value, **given)


@command.command()
@database
@click.argument("case")
@click.argument("attribute")
@click.argument("value", default="")
@click.option("--not-reported", is_flag=True, help="The report does not say: the cell is to be empty.")
@_decision
def correct(db: Path, case: str, attribute: str, value: str, not_reported: bool, **given: Any) -> None:
    """Put VALUE in place of what a CASE has for an ATTRIBUTE; items of a list are separated by ;.

    \b
    Try: litreview review correct review.db r1a2b3c4d-1 age_years 11
    """
    if not_reported == bool(value):
        raise click.UsageError("give either a VALUE or --not-reported")
    _decide(db, "not_reported" if not_reported else "correct", case, attribute, value, **given)


@command.command()
@database
@click.argument("case")
@click.argument("attribute")
@click.argument("value", default="")
@_decision
def reject(db: Path, case: str, attribute: str, value: str, **given: Any) -> None:
    """Refuse what the machine found or proposes for an ATTRIBUTE of a CASE (or one VALUE of it).

    \b
    Try: litreview review reject review.db r1a2b3c4d-1 response
    """
    _decide(db, "reject", case, attribute, value, **given)


@command.command()
@database
@click.argument("record")
@_decision
def include(db: Path, record: str, **given: Any) -> None:
    """Count a report as eligible, whatever screening says. RECORD is a record_id, PMID, PMCID or DOI.

    \b
    Try: litreview review include review.db 90000001
    """
    _decide(db, "include", record, "", "", **given)


@command.command()
@database
@click.argument("record")
@click.option("--reason", required=True, help="An exclusion reason of the topic, or your own words.")
@_decision
def exclude(db: Path, record: str, reason: str, **given: Any) -> None:
    """Leave a report out for a reason. RECORD is a record_id, PMID, PMCID or DOI.

    \b
    Try: litreview review exclude review.db 90000001 --reason aggregate_only
    """
    _decide(db, "exclude", record, "", reason, **given)


@command.command()
@database
@click.argument("record")
@click.argument("other")
@_decision
def merge(db: Path, record: str, other: str, **given: Any) -> None:
    """Say that two records are one report, each by its record_id, PMID, PMCID or DOI.

    \b
    Try: litreview review merge review.db 90000001 90000002
    """
    _decide(db, "merge", record, other, "", **given)


@command.command()
@database
@click.argument("record")
@click.argument("other")
@_decision
def split(db: Path, record: str, other: str, **given: Any) -> None:
    """Say that two records are different reports, whatever else joins them.

    \b
    Try: litreview review split review.db 90000001 90000002
    """
    _decide(db, "split", record, other, "", **given)


@command.command()
@database
@click.argument("number", type=int)
@topic_options
def undo(db: Path, number: int, topic: str, rules_dir: Path | None) -> None:
    """Undo decision NUMBER; what stood before it stands again.

    \b
    Try: litreview review undo review.db 3
    """
    from litreview.steps.decide import undo as undo_decision
    from litreview.steps.workspace import workspace

    with workspace(db, command="review undo", topic=topic, rules_dir=rules_dir) as work:
        decision = undo_decision(work, number)
    click.echo(f"undone: {decision.action} {decision.subject} {decision.attribute} {decision.value}".rstrip())
    click.echo(line(work.summary()))


def _decide(
    db: Path,
    action: Action,
    subject: str,
    attribute: str,
    value: str,
    *,
    by: str,
    why: str,
    topic: str,
    rules_dir: Path | None,
) -> None:
    import getpass

    from litreview.model.review import Decision
    from litreview.steps.decide import decide
    from litreview.steps.workspace import workspace

    decision = Decision(subject, action, attribute, value, by or getpass.getuser(), why)
    with workspace(db, command=f"review {action}", topic=topic, rules_dir=rules_dir) as work:
        number = decide(work, decision)
    click.echo(f"decision {number}: {action} {subject} {attribute} {value}".rstrip())
    click.echo(line(work.summary()))

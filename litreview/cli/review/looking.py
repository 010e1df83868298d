"""What waits, what was decided, notes on it, and undoing."""

from pathlib import Path
from typing import Any

import click

from litreview.cli.options import database, topic_options
from litreview.cli.review.group import command, take
from litreview.cli.telling import line


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
@click.argument("subject")
def history(db: Path, subject: str) -> None:
    """Show all that was ever decided about SUBJECT (a case, a patient, a report with its cases), also what was undone.

    \b
    Try: litreview review history review.db 90000001
    """
    from litreview.steps.decisions import history as told

    for text in told(db, subject):
        click.echo(text)


@command.command()
@database
@click.argument("subject")
@click.argument("text")
@click.option("--attribute", default="", metavar="NAME", help="The attribute of a case that the note is about.")
@click.option("--by", default="", metavar="NAME", help="Who writes it (default: your name on this machine).")
@topic_options
def note(db: Path, subject: str, text: str, attribute: str, **given: Any) -> None:
    """Keep a TEXT about a case, a patient or a record; it changes nothing.

    \b
    Try: litreview review note review.db r1a2b3c4d-1 "the authors were asked for the dose"
    """
    take(db, "note", subject, attribute, text, **given)


@command.command()
@database
@click.argument("number", type=int)
@click.option("--by", default="", metavar="NAME", help="Who undoes it (default: your name on this machine).")
@topic_options
def undo(db: Path, number: int, by: str, topic: str, rules_dir: Path | None) -> None:
    """Undo decision NUMBER; what stood before it stands again.

    \b
    Try: litreview review undo review.db 3
    """
    import getpass

    from litreview.steps.decide import undo as undo_decision
    from litreview.steps.workspace import workspace

    with workspace(db, command="review undo", topic=topic, rules_dir=rules_dir) as work:
        decision = undo_decision(work, number, by=by or getpass.getuser())
    click.echo(f"undone: {decision.action} {decision.subject} {decision.attribute} {decision.value}".rstrip())
    click.echo(line(work.summary()))

"""The group of commands, and what those share that take a decision."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from litreview.cli.options import topic_options
from litreview.cli.telling import line
from litreview.model.review import Action


@click.group()
def command() -> None:
    """Look at what waits for a person, and decide.

    \b
    Try: litreview review list review.db
    """


def by_whom(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--by` and `--why`, with the options of the topic."""
    by = click.option("--by", default="", metavar="NAME", help="Who decides (default: your name on this machine).")
    why = click.option("--why", default="", metavar="TEXT", help="The reason, kept with the decision.")
    return topic_options(by(why(function)))


def adjudicating(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--adjudicate`, which is handed on as the part that the person plays."""

    def told(ctx: click.Context, parameter: click.Parameter, given: bool) -> str:
        return "adjudicator" if given else ""

    text = "Settle what two reviewers differ on, as a third person; it stands above both."
    return click.option("--adjudicate", "role", is_flag=True, callback=told, help=text)(function)


def words(function: Callable[..., Any]) -> Callable[..., Any]:
    """The words that a value rests on: by their quote, or by where they stand."""
    options = (
        click.option("--quote", default="", metavar="TEXT", help="The words it rests on, to the letter as they stand."),
        click.option("--document", "document_id", default="", metavar="ID", help="Where the words stand."),
        click.option("--start", type=int, default=None, help="Their first character in the document's text, from 0."),
        click.option("--end", type=int, default=None, help="The character after them."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def take(
    db: Path,
    action: Action,
    subject: str,
    attribute: str = "",
    value: str = "",
    *,
    by: str,
    topic: str,
    rules_dir: Path | None,
    **given: Any,
) -> None:
    """Take a decision and tell it with its number."""
    import getpass

    from litreview.model.review import Decision
    from litreview.steps.decide import decide
    from litreview.steps.decisions import said
    from litreview.steps.workspace import workspace

    decision = Decision(subject, action, attribute, value, by or getpass.getuser(), **given)
    with workspace(db, command=f"review {action}", topic=topic, rules_dir=rules_dir) as work:
        number = decide(work, decision)
        click.echo(f"decision {number}: {said(work.db, number, to=decision.decided_by)}")
    click.echo(line(work.summary()))

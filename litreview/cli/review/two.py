"""Two independent reviewers: the mode, their work, being done, and how far they agree."""

import getpass
from pathlib import Path

import click

from litreview.cli.options import database, topic_options
from litreview.cli.review.group import command
from litreview.cli.telling import line

_by = click.option("--by", default="", metavar="NAME", help="Which reviewer (default: your name on this machine).")


@command.command()
@database
@click.argument("which", type=click.Choice(["single", "dual"]), required=False)
@topic_options
def mode(db: Path, which: str | None, topic: str, rules_dir: Path | None) -> None:
    """Tell or change how decisions count: single, at once; dual, two reviewers decide without seeing each other's until
    both are done with a report, and a third settles what they differ on.

    \b
    Try: litreview review mode review.db dual
    """
    from litreview import store
    from litreview.steps.reviewing import set_mode
    from litreview.steps.workspace import workspace

    if which is not None:
        with workspace(db, command=f"review mode {which}", topic=topic, rules_dir=rules_dir) as work:
            set_mode(work, "dual" if which == "dual" else "single")
    with store.open_database(db, readonly=True) as opened:
        click.echo(store.review_mode(opened))


@command.command()
@database
@_by
def tasks(db: Path, by: str) -> None:
    """List the reports to review, those that are done last, with what you have decided on each.

    \b
    Try: litreview review tasks review.db --by Ann
    """
    from litreview.steps.reviewing import tasks_of

    for text in tasks_of(db, by or getpass.getuser()):
        click.echo(text)


@command.command()
@database
@click.argument("record")
@click.option("--reopen", is_flag=True, help="You are not done after all; possible until both reviewers are.")
@_by
@topic_options
def done(db: Path, record: str, reopen: bool, by: str, topic: str, rules_dir: Path | None) -> None:
    """Say that you are done with a report. When two are, each sees what the other decided; what they agree on counts
    from then on, and what they differ on waits in the queue.

    \b
    Try: litreview review done review.db 90000001 --by Ann
    """
    from litreview.steps.reviewing import finish
    from litreview.steps.reviewing import reopen as take_back
    from litreview.steps.workspace import workspace

    name = by or getpass.getuser()
    with workspace(db, command="review done", topic=topic, rules_dir=rules_dir) as work:
        if reopen:
            take_back(work, record, by=name)
            click.echo(f"{record}: {name} is not done")
            return
        disclosed = finish(work, record, by=name)
    click.echo(f"{record}: {'disclosed' if disclosed else 'waits for another reviewer'}")
    click.echo(line(work.summary()))


@command.command()
@database
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Write a table; the suffix is the format.",
)
@topic_options
def agreement(db: Path, output: Path | None, topic: str, rules_dir: Path | None) -> None:
    """Tell how far reviewers agree with each other, with named sources and with the machine: of the cells that both
    have a word on percent with 95 % interval, and Cohen's kappa by attribute.

    \b
    Try: litreview review agreement review.db -o agreement.csv
    """
    from litreview.steps.agreement import agreement as measured
    from litreview.steps.agreement import printed, write_agreement

    found = measured(db, topic=topic, rules_dir=rules_dir)
    if output is not None:
        click.echo(f"{output}: {write_agreement(found, output)} rows")
        return
    for text in printed(found):
        click.echo(text)

"""How commands tell what they do: progress while it goes on, a line of counts and the problems at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from litreview.model.bibliography import Problem
    from litreview.steps.workspace import Progress

NAMED = 10
"""Problems that are named at the end; `status` shows all."""


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress]:
    """A bar a stage on stderr, where somebody looks at it."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def close(counts: Mapping[str, int], problems: Sequence[Problem] = ()) -> None:
    """The closing line, and on stderr the problems by name."""
    for problem in problems[:NAMED]:
        hint = f" ({problem.hint})" if problem.hint else ""
        click.echo(f"Problem: {problem.subject}: {problem.sentence}{hint}", err=True)
    if len(problems) > NAMED:
        click.echo(f"... and {len(problems) - NAMED} more; litreview status shows all", err=True)
    click.echo(line(counts))


def line(counts: Mapping[str, int]) -> str:
    """Counts as one line, such as `new records: 3, problems: 1`."""
    return ", ".join(f"{what}: {n}" for what, n in counts.items()) or "nothing to do"

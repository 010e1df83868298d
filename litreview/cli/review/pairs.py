"""Two cases side by side, so that a person can say whether they are one patient."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.cli.options import database
from litreview.cli.review.group import command

if TYPE_CHECKING:
    from litreview.steps.pairs import Evidence, PatientPair

_WIDTH = 34  # letters of a value with its words, each side


@command.command()
@database
@click.argument("about", default="")
@click.option("--all", "everything", is_flag=True, help="Also the pairs that were joined or told apart.")
def pairs(db: Path, about: str, everything: bool) -> None:
    """Show cases that may be one patient, with what both reports say side by side and what each agreement weighs.

    ABOUT is a case or a patient; without it all pairs are shown. Bits above 0 speak for one patient, below 0 for two.

    \b
    Try: litreview review pairs review.db
    """
    from litreview.steps.pairs import patient_pairs

    found = patient_pairs(db, about=about, waiting=not everything)
    for pair in found:
        for text in _told(pair, db):
            click.echo(text)
    click.echo(f"pairs: {len(found)}", err=True)


def _told(pair: "PatientPair", db: Path) -> Iterator[str]:
    yield f"{pair.outcome}, {100 * pair.score:.0f} % likely: {'; '.join(pair.ties) or 'the reports share nothing else'}"
    for side in (pair.left, pair.right):
        yield f"  {side.case_id}  {side.report}: {side.label} ({side.patient_id or 'no patient of its own'})"
    for each in pair.evidence:
        yield f"  {each.bits:+5.1f}  {each.attribute:<26} {each.how:<14} " + " | ".join(_sides(each))
    if pair.outcome == "possible":
        both = f"{db} {pair.left.case_id} {pair.right.case_id}"
        yield f"  one patient: litreview review merge {both}"
        yield f"  two:         litreview review split {both}"
    yield ""


def _sides(each: "Evidence") -> Iterator[str]:
    for value, quote in ((each.left, each.left_quote), (each.right, each.right_quote)):
        text = "".join(filter(str.isprintable, f'{value} "{quote}"' if quote else value))
        yield f"{text if len(text) <= _WIDTH else text[: _WIDTH - 1] + '…':<{_WIDTH}}"

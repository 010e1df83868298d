"""`litreview freeze`: a named snapshot."""

from pathlib import Path

import click

from litreview.cli.options import database, rules_option


@click.command()
@database
@click.argument("name", default="")
@rules_option
def command(db: Path, name: str, rules_dir: Path | None) -> None:
    """Keep DB as it is now under NAME, dated and with its hash; `export --as-of NAME` and `pool --as-of NAME` go back
    to it at any time. Without NAME list what was frozen.

    \b
    Try: litreview freeze review.db submission
    """
    from litreview.steps.freeze import freeze, snapshots

    for each in [freeze(db, name, rules_dir=rules_dir)] if name else snapshots(db):
        click.echo(
            f"{each.name}: {each.made_at}, {each.cases} cases, {each.patients} patients, "
            f"SHA-256 of the patients as JSON Lines {each.sha256}"
        )

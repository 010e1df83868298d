"""The command line: a file per command, loaded when it is called, and one place where errors become sentences."""

from importlib import import_module

import click

from litreview.cli.errors import told
from litreview.steps.collector import collect_seldom

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Build, summarise and serve a knowledge base of fictional reports."),
    "init": ("init", "Make an empty knowledge base."),
    "refresh": ("refresh", "Search PubMed, fetch what is new or revised, and update."),
    "add": ("add", "Read local files or folders, then update."),
    "remove": ("remove", "Take a record or a document out again."),
    "update": ("update", "Extract, screen, deduplicate and pool what has changed."),
    "search": ("search", "Search PubMed and keep the search."),
    "fetch": ("fetch", "Fetch records and full texts that searches have found."),
    "extract": ("extract", "Extract the cases of new documents."),
    "screen": ("screen", "Say of every report again whether it is eligible."),
    "dedupe": ("dedupe", "Find duplicate records and patients told twice."),
    "snowball": ("snowball", "Follow the references and citing papers of included reports."),
    "status": ("status", "Show counts, problems, and what waits for a person."),
    "pool": ("pool", "Print the pooled summary."),
    "export": ("export", "Write a table to a file."),
    "serve": ("serve", "Open the case table and its evidence in a browser."),
    "review": ("review", "Decide: accept, correct, include, exclude, merge, undo."),
    "match": ("match", "Deduplicate a bibliography without a database."),
    "evaluate": ("evaluate", "Measure precision and recall against gold cases."),
    "verify": ("verify", "Check that every quote and value stands."),
    "freeze": ("freeze", "Keep the knowledge base as it is under a name."),
    "backup": ("backup", "Write a safe copy."),
    "rules": ("rules", "Try, check, explain, document and copy rules."),
}
"""A command's name, its module here (which holds it as `command`), and what `--help` says of it."""


class Commands(click.Group):
    """A group that imports a command only to run it, and tells errors in two lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if name not in COMMANDS:
            return None
        command = import_module(f"litreview.cli.{COMMANDS[name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what litreview, SQLite or the system refuses is told on stderr, with its exit code."""
        collect_seldom()
        with told(ctx):
            return super().invoke(ctx)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="litreview", message="%(prog)s %(version)s")
def main() -> None:
    """Keep a review of published patient cases alive: from PubMed query to a pooled, checkable case table.

    \b
    Start with: litreview refresh review.db --email you@example.org
    """

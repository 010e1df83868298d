"""Writes docs/commands.md and docs/database.md from the program itself: python docs/reference.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from litreview.cli import COMMANDS, main
from litreview.serve.codebook import WIDE, tables
from litreview.steps.export import WHATS

DOCS = Path(__file__).parent
MADE = "<!-- Made by docs/reference.py; change what it reads, not this file. -->"


def commands() -> str:
    """Every command with its options, every table that can be exported, every format."""
    lines = [
        "# Commands",
        "",
        MADE,
        "",
        "`litreview COMMAND --help` says the same. `DB` is a knowledge base, a file.",
        "",
    ]
    lines += _table(("Command", "Does"), ((f"[{name}](#{name})", said) for name, (_, said) in COMMANDS.items()))
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        lines += _command(f"litreview {name}", name, command)
    lines += ["", "## What can be exported", ""]
    described = tables()
    lines += _table(
        ("WHAT", "Holds"),
        ((f"`{what}`", each.about or described[what]["description"]) for what, each in WHATS.items()),
    )
    lines += ["", "## Formats", "", "Told by the suffix of the file.", ""]
    lines += _table(("Suffix", "Format", "For"), _formats())
    return "\n".join(lines) + "\n"


def database() -> str:
    """Every table and view with its columns; `cases` and `patients` have the topic's attributes beside these."""
    lines = ["# The database", "", MADE, ""]
    lines += ["A knowledge base is one SQLite file. Names are the same in SQL, in Datasette and in exports.", ""]
    described = tables()
    lines += _table(
        ("Table", "Holds"), ((f"[{name}](#{name})", about["description"]) for name, about in described.items())
    )
    for name, about in described.items():
        lines += ["", f"## {name}", "", about["description"], ""]
        lines += _table(("Column", "Means"), ((f"`{column}`", said) for column, said in about["columns"].items()))
        if name in WIDE:
            lines += ["", "Then a column for each attribute of the topic: `litreview rules codebook` describes them."]
    return "\n".join(lines) + "\n"


def _formats() -> Iterator[tuple[str, str, str]]:
    """Every format once, with what can be written in it."""
    written: dict[tuple[str, str], list[str]] = {}
    for what, exported in WHATS.items():
        for suffix, form in exported.formats.items():
            written.setdefault((suffix, form.title), []).append(f"`{what}`")
    tables = max(len(whats) for whats in written.values())
    for (suffix, title), whats in written.items():
        yield f"`{suffix}`", title, "every table" if len(whats) == tables else ", ".join(whats)


def _command(call: str, heading: str, command: click.Command) -> Iterator[str]:
    """The sentences, the line to paste and the options of a command, then those of the commands below it."""
    told, _, example = (command.help or "").partition("\b\n")
    yield from ("", f"## {heading}", "", " ".join(told.split()))
    yield from (
        "",
        "```",
        "\n".join(line.strip() for line in example.strip().removeprefix("Try: ").splitlines()),
        "```",
    )
    options = [(_names(each), _help(each)) for each in command.params if isinstance(each, click.Option)]
    if options:
        yield ""
        yield from _table(("Option", "Does"), options)
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _command(f"{call} {name}", f"{heading} {name}", below)


def _names(option: click.Option) -> str:
    value = "" if option.is_flag or option.count else f" {option.make_metavar(click.Context(click.Command('x')))}"
    return f"`{', '.join(option.opts)}{value}`"


def _help(option: click.Option) -> str:
    return option.help or ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    (DOCS / "commands.md").write_text(commands(), encoding="utf-8")
    (DOCS / "database.md").write_text(database(), encoding="utf-8")

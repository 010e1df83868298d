import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from litreview.cli import COMMANDS, main

HEAVY = ("spacy", "pandas", "Bio", "lxml", "rich", "litreview.extract", "litreview.readers")


def _commands() -> list[tuple[str, click.Command]]:
    ctx = click.Context(main)
    found = []
    for name in COMMANDS:
        command = main.get_command(ctx, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {inner}", each) for inner, each in command.commands.items()]
    return found


@pytest.mark.parametrize(("name", "command"), _commands(), ids=[name for name, _ in _commands()])
def test_every_command_says_what_it_does_and_ends_with_a_line_to_paste(name: str, command: click.Command) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"])
    assert shown.exit_code == 0
    assert f"Try: litreview {name.split()[0]} " in shown.output
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help, f"{parameter.name} has no sentence"


def test_help_lists_every_command_with_its_sentence() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    for name, (_, sentence) in COMMANDS.items():
        assert name in shown
        assert sentence in shown


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"\w+ \d+\.\d+\.\d+\n", CliRunner().invoke(main, ["--version"]).output)


def test_an_unknown_command_is_wrong_use() -> None:
    refused = CliRunner().invoke(main, ["serach"])
    assert refused.exit_code == 2
    assert "No such command 'serach'" in refused.output


@pytest.mark.parametrize(
    "code",
    [
        "import litreview.cli",
        "from litreview.cli import main; main(['--help'], standalone_mode=False)",
        "import litreview.cli.status, litreview.cli.review, litreview.steps.status",
    ],
    ids=["import", "help", "status and review"],
)
def test_small_commands_import_nothing_heavy(code: str) -> None:
    ask = f"import sys\n{code}\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"

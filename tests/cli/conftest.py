"""The command line as people use it: words in, words and an exit code out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litreview.cli import main

TOPICS = Path(__file__).parents[1] / "topics"
PAPER = (
    "Antivenom after the bite of a viper in a garden\n\nAbstract\n\n"
    "A 30-year-old man was bitten by a viper while he cut the grass. He was given 5 vials of antivenom. He recovered.\n"
)
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Runs a command; an exception that reaches us is one that people would see as a traceback."""

    def call(*arguments: object) -> Result:
        return CliRunner(catch_exceptions=False).invoke(main, [str(argument) for argument in arguments])

    return call


@pytest.fixture
def topics() -> tuple[str, str]:
    return ("--rules", str(TOPICS))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bites.db"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    written = tmp_path / "paper.txt"
    written.write_text(PAPER)
    return written


@pytest.fixture
def filled(run: Run, path: Path, paper: Path, topics: tuple[str, str]) -> Path:
    """A knowledge base with one case."""
    assert run("add", path, paper, "--pmid", "101", *topics).exit_code == 0
    return path

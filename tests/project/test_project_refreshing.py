"""The samples of docs/refreshing.md: what cron, systemd and GitHub Actions are told is what the program understands."""

import configparser
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from litreview.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "refreshing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [text for name, text in BLOCKS if name == kind]


def calls() -> list[str]:
    """Every call of the program in the page, up to what the shell does with it."""
    found = re.findall(r"litreview ((?:[a-z]+) review\.db[^`&|>;\n]*)", PAGE)
    return sorted({call.strip() for call in found})


@pytest.mark.parametrize("call", calls())
def test_every_call_is_understood(call: str) -> None:
    name, *words = shlex.split(call)
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.make_context(name, words).params["db"] == Path("review.db")


def test_the_calls_are_there() -> None:
    assert {call.split()[0] for call in calls()} == {"refresh", "export", "add", "snowball", "backup", "freeze"}


def test_the_units_of_systemd_are_whole() -> None:
    service, timer = map(unit, blocks("ini"))
    assert service.keys() >= {"Unit", "Service"}
    assert service["Service"]["Type"] == "oneshot"
    assert timer["Timer"]["OnCalendar"] == "monthly"
    assert timer["Install"]["WantedBy"] == "timers.target"


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def test_the_workflow_runs_on_a_schedule_and_keeps_the_key_secret() -> None:
    (workflow,) = map(yaml.safe_load, blocks("yaml"))
    assert workflow[True]["schedule"] == [{"cron": "15 4 1 * *"}]  # YAML reads the key `on` as a truth value
    steps = workflow["jobs"]["refresh"]["steps"]
    (refresh,) = (step for step in steps if "litreview refresh" in step.get("run", ""))
    assert refresh["env"]["NCBI_API_KEY"] == "${{ secrets.NCBI_API_KEY }}"


def test_the_line_of_cron_has_five_fields_of_time_and_no_key() -> None:
    (text,) = blocks("cron")
    line = text.splitlines()[-1]
    assert re.match(r"15 4 1 \* \*  \S", line)
    assert "KEY=" not in line
    assert "%" not in line  # cron takes it for the end of the line

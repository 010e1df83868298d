"""What the README promises is what runs."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_test_command_of_the_readme_is_what_ci_calls() -> None:
    commands = re.findall(r"```\n(python3 -m venv .*)\n```", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert [command.rpartition("&& ")[2] for command in commands] == [
        ".venv/bin/litreview demo",
        ".venv/bin/pytest -n auto",
    ]
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_constraints_name_a_version_for_every_dependency() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    wanted = {name.lower() for name in re.findall(r'"([A-Za-z0-9_.-]+)(?:>=|<)', project)}
    unversioned = {name.lower() for name in re.findall(r'"((?:types|lxml)-[a-z0-9-]+|lxml-stubs)"', project)}

    assert wanted | unversioned <= pinned

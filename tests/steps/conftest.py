"""A toy topic, papers about it, and a knowledge base of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from litreview.steps.workspace import Workspace, workspace

TOPICS = Path(__file__).parents[1] / "topics"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bites.db"


@pytest.fixture
def work(path: Path) -> Iterator[Workspace]:
    with workspace(path, command="test", rules_dir=TOPICS, create=True) as opened:
        yield opened

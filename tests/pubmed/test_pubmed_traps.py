"""The list of facts in TRAPS.md names tests that there are, for every fact from the first to the last."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
LIST = Path(__file__).with_name("TRAPS.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (\d+) \|[^|]*\|([^|]*)\|$", LIST, re.MULTILINE))


def test_every_fact_is_listed():
    assert list(ROWS) == [str(n) for n in range(1, 47)]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"[\w/]+\.py::\w+", LIST))))
def test_named_test_is_there(named):
    path, _, name = named.partition("::")
    assert re.search(rf"^def {name}\(", (TESTS / path).read_text(encoding="utf-8"), re.MULTILINE)

"""`litreview review pairs`: two cases side by side, and the lines to paste."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from litreview import store
from litreview.model.linkage import Comparison, Pair
from litreview.steps.workspace import topic_for

Run = Callable[..., Result]


def compared(path: Path, topics: tuple[str, str], *pairs: Pair) -> None:
    topic = topic_for(path, rules_dir=Path(topics[1]))
    with store.open_database(path, topic=topic) as db:
        store.save_links(db, "patient", pairs)


def test_pairs_are_shown_side_by_side_with_the_lines_to_decide(run: Run, filled: Path, topics: tuple[str, str]) -> None:
    same = Comparison("age_years", 30.0, 30.0, "same", 4.8)
    other = Comparison("outcome", "recovered", "died\x1b[2J", "other", -2.25)
    compared(filled, topics, Pair("a-1", "b-1", "possible", 0.875, ("shared author Adder V",), (same, other)))
    told = run("review", "pairs", filled)
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert lines[0] == "possible, 88 % likely: shared author Adder V"
    assert "+4.8 age_years same 30 | 30" in lines
    assert "-2.2 outcome other recovered | died[2J" in lines
    assert f"one patient: litreview review merge {filled} a-1 b-1" in lines
    assert told.stderr == "pairs: 1\n"


def test_pairs_that_were_joined_are_shown_where_asked_for(run: Run, filled: Path, topics: tuple[str, str]) -> None:
    compared(filled, topics, Pair("a-1", "b-1", "same", 0.999))
    assert run("review", "pairs", filled).stdout == ""
    assert run("review", "pairs", filled, "--all").stdout.startswith("same, 100 % likely: the reports share nothing")


def test_a_stranger_is_named_in_a_sentence(run: Run, filled: Path) -> None:
    told = run("review", "pairs", filled, "nobody")
    assert told.exit_code == 2
    assert told.stderr.startswith("Error: nobody is not a patient of this database")

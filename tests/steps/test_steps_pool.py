"""Pooling a knowledge base of another topic, without a line of Python for it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from steps_papers import MAN, WOMAN, article, write

from litreview.cli import main
from litreview.pool.meta import Arm
from litreview.steps.add import add
from litreview.steps.pool import pool, statistics
from litreview.steps.update import update
from litreview.steps.workspace import workspace

TOPICS = Path(__file__).parents[1] / "topics"
LATE = "A 9-year-old girl was bitten. Antivenom was started 7 days after the bite, 8 vials in all. She recovered."


@pytest.fixture(scope="module")
def bites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pool")
    papers = write(
        folder / "papers.xml",
        article("101", MAN),
        article("102", WOMAN, author="Boa"),
        article("103", LATE, author="Cobb"),
    )
    with workspace(folder / "bites.db", command="test", rules_dir=TOPICS, create=True) as work:
        add(work, [papers])
        update(work)
    return folder / "bites.db"


def test_a_figure_leads_to_the_cases_of_the_table(bites: Path) -> None:
    found = pool(bites, rules_dir=TOPICS)
    counted = next(line for line in found.lines if line.title == "Recovered").shares[0]

    assert (counted.n, counted.of, len(found.cases_of(counted.patients))) == (2, 3, 2)


def test_shares_times_and_missing_values_are_those_that_the_topic_asks_for(bites: Path) -> None:
    found = statistics(bites, rules_dir=TOPICS)

    everyone = found.shares[0]
    assert sorted((arm.n, arm.of) for arm in everyone.arms) == [(0, 1), (1, 1), (1, 1)]
    assert all(isinstance(arm, Arm) for arm in everyone.arms)
    assert [(share.by, share.group) for share in found.shares if share.group] == [("outcome_early", "other")]
    assert (found.curves[0].estimate.events, found.curves[0].estimate.median) == (1, 7)
    assert {each.attribute: each.told for each in found.missing}["outcome_early"] == 1


def test_statistics_are_printed_and_written_as_rows(bites: Path, tmp_path: Path) -> None:
    def run(*arguments: object) -> str:
        told = CliRunner().invoke(
            main, ["pool", str(bites), "--rules", str(TOPICS), "--statistics", *map(str, arguments)]
        )
        assert told.exit_code == 0, told.output
        return told.stdout

    lines = run().splitlines()
    assert "Recovered: 2/3 in 3 reports, 67 % (9 to 99)" in lines
    assert "Time to antivenom, days from the bite: 1 event in 1 patient; not to be had for 2" in lines
    rows = json.loads(run("--json"))
    assert {row["kind"] for row in rows} == {"share", "time", "reported"}
    assert run("-o", tmp_path / "statistics.csv") == f"{tmp_path / 'statistics.csv'}: {len(rows)} figures\n"

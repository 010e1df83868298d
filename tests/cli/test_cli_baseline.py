"""A knowledge base that starts from the curated patients of the shipped topic."""

import json
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from click.testing import CliRunner, Result

from litreview.cli import main

RIS = """TY  - JOUR
AU  - Driouk, Lina
TI  - Daratumumab therapy for post-HSCT immune-mediated cytopenia: experiences from two pediatric cases and review
JO  - Molecular and Cellular Pediatrics
PY  - 2021
DO  - 10.1186/s40348-021-00114-y
AB  - {abstract}
ER  -
"""
CHILDREN = (
    "Two children are told of. Patient 1, an 11-year-old girl, underwent HSCT and developed immune thrombocytopenia. "
    "Daratumumab was started on day +118. She is alive. Patient 2, a 6-year-old boy, underwent HSCT and developed "
    "Evans syndrome. Daratumumab was started on day +184. He died."
)


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("baseline") / "review.db"
    run("init", db, "--baseline", "--topic", "anti_cd38_cytopenia")
    return db


def told(db: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(connect(db)) as connection:
        return connection.execute(sql).fetchall()


def test_it_has_the_patients_as_decisions_of_a_named_source(started: Path) -> None:
    assert told(started, "SELECT count(*) FROM patients") == [(21,)]
    assert told(started, "SELECT DISTINCT origin, decided_by FROM findings WHERE attribute = 'age_years'") == [
        ("decided", "Curated baseline")
    ]
    assert told(
        started, "SELECT value, basis FROM decisions WHERE attribute = 'anti_cd38_delay_days' ORDER BY value"
    ) == [("126", "computed, full text"), ("60", "computed, full text")]


def test_it_is_the_first_version_of_the_review(started: Path) -> None:
    assert told(started, "SELECT version, command FROM versions") == [(1, "init")]
    assert told(started, "SELECT count(*) FROM changes WHERE kind = 'patient' AND change = 'new'") == [(21,)]


def test_to_start_again_changes_nothing(started: Path) -> None:
    tables = ("records", "cases", "patients", "findings", "decisions", "versions", "changes")
    before = [told(started, f"SELECT * FROM {table}") for table in tables]

    run("init", started, "--baseline")

    assert [told(started, f"SELECT * FROM {table}") for table in tables] == before


def test_the_summary_links_its_figures_to_cases(started: Path) -> None:
    figures = json.loads(run("pool", started, "--json").stdout)
    (aplasia,) = (row for row in figures if row["attribute"] == "cytopenia_type" and row["value"] == "PRCA")

    cases = aplasia["cases"].split("; ")

    assert (aplasia["n"], aplasia["of"], len(cases)) == (10, 21, 10)
    known = {case for (case,) in told(started, "SELECT case_id FROM cases WHERE cytopenia_type = 'PRCA'")}
    assert set(cases) == known


def test_the_printed_figures_stand_beside_those_of_the_patients_known(started: Path) -> None:
    figures = {row["statement"]: row for row in json.loads(run("pool", started, "--printed", "--json").stdout)}

    assert [figures["delay_min"][name] for name in ("printed", "recomputed", "available", "of", "verdict")] == [
        "63", "60", 2, 12, "contradicts",
    ]  # fmt: skip
    assert [name for name, row in figures.items() if row["verdict"] == "contradicts"] == ["delay_min"]
    same = [name for name, row in figures.items() if row["verdict"] == "same"]
    assert {"cytopenia_ait", "adults_age_min", "onset_min", "dose", "no_response"} <= set(same)
    assert "donors sum to 11 of 12" in run("pool", started, "--printed").stdout


def test_a_report_found_later_adds_to_the_patients_that_are_there(started: Path, tmp_path: Path) -> None:
    db = tmp_path / "later.db"
    db.write_bytes(started.read_bytes())
    (tmp_path / "found.ris").write_text(RIS.format(abstract=CHILDREN))

    run("add", db, tmp_path / "found.ris")

    assert told(db, "SELECT count(*) FROM patients") == [(21,)]
    assert told(
        db,
        "SELECT cytopenia_type, prior_therapy_count, vital_status FROM cases WHERE doi LIKE '%00114-y' "
        "ORDER BY age_years DESC",
    ) == [("AIT", 6, "alive"), ("ES", 3, "dead")]
    assert told(db, "SELECT count(*) FROM machine_findings WHERE attribute = 'anti_cd38_start_day'") == [(2,)]

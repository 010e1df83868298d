"""Commands that only read a knowledge base: export, pool, evaluate, verify."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from litreview.export import FORMATS
from litreview.model.topic import PUBLISHED
from litreview.steps.export import WHATS

Run = Callable[..., Result]
Topics = tuple[str, str]


def change(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql, values)
        connection.commit()


def only(path: Path, sql: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchone()[0]


def gold(folder: Path, *cases: dict[str, object], split: str = "rules") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    (folder / "reports.csv").write_text(f"pmid,relevant,exclusion_reason,split\n101,yes,,{split}\n")
    return folder


VALUES = {"age_years": 30, "antivenom_vials": 5, "outcome": "recovered"}
RIGHT = {"pmid": "101", "case_label": "man", "case_index": 1, "values": VALUES, "evidence": {"outcome": "He recovered"}}


@pytest.mark.parametrize("what", [what for what in WHATS if ".csv" in WHATS[what].formats])
def test_every_table_is_exported_with_its_columns(
    what: str, run: Run, filled: Path, topics: Topics, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"

    told = run("export", filled, what, "-o", output, *topics)

    rows = list(csv.reader(io.StringIO(output.read_text(encoding="utf-8"))))
    assert (told.exit_code, told.stdout) == (0, f"{output}: {len(rows) - 1} rows of {what}\n")
    assert rows[0]


@pytest.mark.parametrize("suffix", FORMATS)
def test_cases_are_exported_in_every_format_alike_each_time(
    suffix: str, run: Run, filled: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"

    codes = [run("export", filled, "cases", "-o", output).exit_code for output in (first, second)]

    assert codes == [0, 0]
    assert first.read_bytes() == second.read_bytes()


def test_the_promised_columns_come_first_and_the_attributes_after(run: Run, filled: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", filled, "cases").stdout)))

    assert list(rows[0])[:15] == [
        "case_id", "record_id", "pmid", "pmcid", "doi", "first_author", "year", "title", "case_label", "case_index",
        "case_source", "full_text", "eligible", "exclusion_reason", "patient_id",
    ]  # fmt: skip
    assert list(rows[0])[15:] == ["age_years", "antivenom_vials", "antivenom_delay_days", "outcome"]
    assert (rows[0]["age_years"], rows[0]["antivenom_delay_days"]) == ("30", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense", "-o", "out.csv"], "one of cases, patients"),
        (["cases", "-o", "out.ods"], ".csv, .tsv, .json, .jsonl, .xlsx"),
        (["cases", "-o", "nowhere/out.csv"], "a folder of yours"),
    ],
    ids=["table", "format", "folder"],
)
def test_what_cannot_be_exported_is_told_with_what_can(
    arguments: list[str], words: str, run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    told = run("export", filled, *arguments)

    assert told.exit_code == 2
    assert words in told.stderr.splitlines()[1]


def test_reading_commands_leave_the_database_as_it_was(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    before = list(_dump(filled))

    for arguments in (["export", filled, "cases"], ["pool", filled, *topics], ["verify", filled, *topics]):
        assert run(*arguments).exit_code == 0
    run("evaluate", filled, gold(tmp_path / "gold", RIGHT), *topics)

    assert list(_dump(filled)) == before


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [str(row) for row in connection.execute("SELECT * FROM findings")]


def test_pool_says_how_many_patients_its_figures_rest_on(run: Run, filled: Path, topics: Topics) -> None:
    told = run("pool", filled, *topics)

    assert told.stdout.splitlines() == [
        "Antivenom after snake bite: 1 unique patient from 1 report",
        PUBLISHED,
        "n/N: N are the patients for whom it is reported; shares with 95 % intervals after Wilson",
        "Patients by outcome (N = 1)",
        "  recovered  1/1 (100 %, 21 to 100)",
        "Vials given: median 5 (range 5 to 5; N = 1)",
        "Recovered: 1/1 (100 %, 21 to 100)",
    ]


def test_pool_writes_its_figures_as_a_table_or_json(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    output = tmp_path / "pooled.csv"

    told = run("pool", filled, "-o", output, *topics)
    shown = json.loads(run("pool", filled, "--json", *topics).stdout)

    assert told.stdout == f"{output}: 3 figures\n"
    assert [(row["title"], row["value"], row["n"]) for row in csv.DictReader(io.StringIO(output.read_text()))] == [
        ("Patients by outcome", "recovered", "1"),
        ("Vials given", "", "1"),
        ("Recovered", "recovered", "1"),
    ]
    assert shown[1]["median"] == 5


def test_evaluate_measures_against_gold(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    told = run("evaluate", filled, gold(tmp_path / "gold", RIGHT), *topics)

    lines = [line.split()[:4] for line in told.stdout.splitlines()]
    assert told.exit_code == 0
    assert ["all", "values", "3", "0"] in lines
    assert ["antivenom_vials", "1", "0", "0"] in lines
    assert "eligible as in the gold: 1/1 (100 %)" in told.stdout
    assert "gold's quote: 1/1 (100 %)" in told.stdout


def test_errors_show_gold_and_found(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    wrong = RIGHT | {"values": VALUES | {"outcome": "died", "antivenom_delay_days": 3}}

    told = run("evaluate", filled, gold(tmp_path / "gold", wrong), "--errors", *topics)
    one = run("evaluate", filled, gold(tmp_path / "gold", wrong), "--errors", "--attribute", "outcome", *topics)

    assert "  WRONG: gives recovered, gold has died" in told.stdout
    assert "  MISSING: gold has 3" in told.stdout
    assert "  MISSING" not in one.stdout


def test_of_the_check_split_only_totals_are_told(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    wrong = RIGHT | {"values": VALUES | {"outcome": "died"}}
    folder, output = gold(tmp_path / "gold", wrong, split="check"), tmp_path / "out.csv"

    named = run("evaluate", filled, folder, "--split", "check", "--errors", *topics)
    whole = run("evaluate", filled, folder, "--errors", *topics)
    run("evaluate", filled, folder, "--split", "check", "--errors", "-o", output, *topics)

    for told in (named, whole):
        assert "all values" in told.stdout
        assert "101" not in told.stdout
        assert "recovered" not in told.stdout
    assert len(output.read_text().splitlines()) == 1


def test_measures_and_single_values_are_written_as_tables(
    run: Run, filled: Path, topics: Topics, tmp_path: Path
) -> None:
    folder, measures, values = gold(tmp_path / "gold", RIGHT), tmp_path / "m.csv", tmp_path / "v.json"

    run("evaluate", filled, folder, "-o", measures, *topics)
    run("evaluate", filled, folder, "--errors", "-o", values, *topics)

    assert [row["name"] for row in csv.DictReader(io.StringIO(measures.read_text()))] == [
        "all values",
        "cases",
        *VALUES,
    ]
    assert {row["result"] for row in json.loads(values.read_text())} == {"right"}


def test_how_often_values_are_right_by_confidence_is_told(
    run: Run, filled: Path, topics: Topics, tmp_path: Path
) -> None:
    told = run("evaluate", filled, gold(tmp_path / "gold", RIGHT), *topics)

    assert "Brier score of confidence: 0.0" in told.stdout
    assert any(line.split()[:1] == ["confidence"] for line in told.stdout.splitlines())


def test_every_rule_is_measured_against_gold(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    wrong, output = RIGHT | {"values": VALUES | {"outcome": "died"}}, tmp_path / "rules.csv"

    told = run("evaluate", filled, gold(tmp_path / "gold", wrong), "--by-rule", *topics)
    run("evaluate", filled, gold(tmp_path / "gold", wrong), "--by-rule", "-o", output, *topics)

    assert [line.split()[:3] for line in told.stdout.splitlines()][1] == ["outcome.1.regex", "0", "1"]
    assert next(csv.DictReader(io.StringIO(output.read_text())))["rule"] == "outcome.1.regex"


def test_of_the_check_split_no_rule_is_told(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    told = run("evaluate", filled, gold(tmp_path / "gold", RIGHT, split="check"), "--by-rule", *topics)

    assert (told.exit_code, len(told.stdout.splitlines())) == (0, 1)


def test_rules_are_measured_by_what_people_decided(run: Run, filled: Path, topics: Topics) -> None:
    case_id = next(csv.DictReader(io.StringIO(run("export", filled, "cases").stdout)))["case_id"]
    run("review", "correct", filled, case_id, "outcome", "died", *topics)
    run("review", "accept", filled, case_id, "antivenom_vials", *topics)

    told = run("evaluate", filled, "--by-rule", *topics)

    assert [line.split()[:3] for line in told.stdout.splitlines()][1:] == [
        ["outcome.1.regex", "0", "1"],
        ["antivenom_vials.1.regex", "1", "0"],
    ]


def test_without_gold_only_rules_can_be_measured(run: Run, filled: Path, topics: Topics) -> None:
    told = run("evaluate", filled, *topics)

    assert told.exit_code == 2
    assert "--by-rule" in told.stderr


@pytest.mark.parametrize("split", ["", "nonsense"])
def test_gold_that_is_not_there_is_told(split: str, run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    folder = gold(tmp_path / "gold", RIGHT) if split else tmp_path / "nowhere"

    told = run("evaluate", filled, folder, "--split", split, *topics)

    assert told.exit_code == (2 if split else 1)
    assert told.stderr.startswith("Error: there is no ")


def test_verify_finds_quotes_in_the_raw_file_and_reads_values_again(
    run: Run, filled: Path, paper: Path, topics: Topics
) -> None:
    told = run("verify", filled, "--raw", paper, *topics)

    shares = dict(line.rsplit(": ", 1) for line in told.stdout.splitlines())
    assert told.exit_code == 0
    for what in ("quotes in the raw file", "values read again from their evidence", "cells agree with findings"):
        n, of = shares[what].split("/")
        assert n == of
        assert int(of) >= 3


def test_verify_looks_for_raw_files_beside_the_database(run: Run, filled: Path, topics: Topics) -> None:
    assert "quotes in the raw file" in run("verify", filled, *topics).stdout


def test_without_raw_files_verify_counts_apart(run: Run, filled: Path, paper: Path, topics: Topics) -> None:
    paper.unlink()

    told = run("verify", filled, *topics)

    assert told.exit_code == 0
    assert "quotes without a raw file (kept text only)" in told.stdout
    assert "quotes in the raw file" not in told.stdout


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        pytest.param("UPDATE cases SET outcome = 'died'", "outcome shows 'died', findings say 'recovered'", id="cell"),
        pytest.param("UPDATE evidence SET quote = 'He died'", "'He died' is not there", id="quote"),
        pytest.param("DELETE FROM patients", "is pooled 0 times", id="patient lost"),
        pytest.param("UPDATE cases SET eligible = 'no'", "is pooled", id="excluded case pooled"),
        pytest.param(
            "INSERT INTO decisions (subject, action, decided_at) VALUES ('gone', 'reject', '2024')",
            "there is no gone",
            id="decision without subject",
        ),
        pytest.param(
            "INSERT INTO passages (document_id, section, start, \"end\", text) VALUES ('gone', '', 0, 1, 'x')",
            "point to nothing",
            id="reference",
        ),
    ],
)
def test_verify_names_what_does_not_stand(sql: str, words: str, run: Run, filled: Path, topics: Topics) -> None:
    change(filled, sql)

    told = run("verify", filled, *topics)

    assert told.exit_code == 1
    assert words in told.stdout
    assert told.stderr.splitlines()[-1].startswith("Hint: ")


def test_a_value_that_its_evidence_does_not_give_is_a_doubt(run: Run, filled: Path, topics: Topics) -> None:
    change(filled, "UPDATE findings SET value = 7 WHERE attribute = 'antivenom_vials'")
    change(filled, "UPDATE cases SET antivenom_vials = 7")

    told = run("verify", filled, *topics)

    assert told.exit_code == 0
    assert "antivenom_vials 7 (" in told.stdout
    assert only(filled, "SELECT antivenom_vials FROM cases") == 7


def test_verify_says_when_a_quote_is_not_in_the_raw_file(run: Run, filled: Path, paper: Path, topics: Topics) -> None:
    paper.write_text(paper.read_text().replace("He recovered", "He went home"))

    told = run("verify", filled, *topics)

    assert told.exit_code == 1
    assert "is not in paper.txt" in told.stdout


def test_freeze_keeps_what_export_and_pool_go_back_to(run: Run, filled: Path, topics: Topics, tmp_path: Path) -> None:
    before = run("export", filled, "patients").stdout
    frozen = run("freeze", filled, "submission", "--rules", topics[1])
    run("remove", filled, "101", *topics)

    assert frozen.stdout.startswith("submission: ")
    assert run("freeze", filled).stdout == frozen.stdout
    assert run("export", filled, "patients", "--as-of", "submission").stdout == before
    assert run("export", filled, "patients").stdout != before
    assert "1 unique patient from 1 report" in run("pool", filled, "--as-of", "submission").stdout


def test_an_unknown_snapshot_is_told(run: Run, filled: Path) -> None:
    told = run("export", filled, "patients", "--as-of", "revision")

    assert (told.exit_code, "litreview freeze" in told.stderr) == (2, True)


def test_a_package_goes_to_a_file_and_into_a_new_database(
    run: Run, filled: Path, topics: Topics, tmp_path: Path
) -> None:
    package, copy = tmp_path / "package.zip", tmp_path / "copy.db"

    assert run("export", filled, "package").exit_code == 2
    assert run("export", filled, "package", "-o", package, "--rules", topics[1]).exit_code == 0
    told = run("init", copy, "--from", package, *topics)

    assert told.stdout == f"{copy}: 1 cases of package.zip\n"
    assert run("export", copy, "cases").stdout == run("export", filled, "cases").stdout
    assert run("init", copy, "--from", package, *topics).exit_code == 2


@pytest.mark.parametrize("name", ["missing.zip", "paper.txt"])
def test_what_is_no_package_is_told(name: str, run: Run, paper: Path, tmp_path: Path) -> None:
    told = run("init", tmp_path / "new.db", "--from", tmp_path / name)

    assert (told.exit_code, len(told.stderr.splitlines())) == (1, 2)
    assert not (tmp_path / "new.db").exists()

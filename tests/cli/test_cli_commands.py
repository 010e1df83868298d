import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Topics = tuple[str, str]


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_init_makes_an_empty_knowledge_base(run: Run, path: Path, topics: Topics) -> None:
    told = run("init", path, *topics)
    assert told.exit_code == 0
    assert told.stdout == f"{path}: ready for antivenom_envenoming, 4 attributes a case\n"
    assert run("init", path, *topics).exit_code == 0


def test_add_reads_extracts_and_pools(run: Run, filled: Path) -> None:
    assert rows(filled, "SELECT pmid, age_years, antivenom_vials, outcome, eligible FROM cases") == [
        ("101", 30.0, 5, "recovered", "yes")
    ]
    assert rows(filled, "SELECT n_reports, pmids FROM patients") == [(1, "101")]


def test_update_of_what_is_up_to_date_does_nothing(run: Run, filled: Path, topics: Topics) -> None:
    told = run("update", filled, *topics)
    assert told.stdout == "duplicate records: 0, documents extracted: 0, reports screened: 0, patients: 1\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["extract", "--all"], "documents extracted: 1, reports screened: 1\n"),
        (["screen"], "reports screened: 1\n"),
        (["dedupe"], "duplicate records: 0, patients: 1\n"),
    ],
    ids=["extract", "screen", "dedupe"],
)
def test_single_steps_count_what_they_did(
    arguments: list[str], words: str, run: Run, filled: Path, topics: Topics
) -> None:
    told = run(arguments[0], filled, *arguments[1:], *topics)
    assert (told.exit_code, told.stdout) == (0, words)


def test_status_tells_counts_and_wanted_full_texts(run: Run, filled: Path) -> None:
    told = run("status", filled).stdout
    assert told.startswith(f"{filled}: antivenom_envenoming\n")
    assert "Full text wanted (1):\n  101 " in told
    assert told.splitlines()[-1].startswith("records: 1, duplicates: 0, documents: 1")


def test_remove_takes_a_record_out(run: Run, filled: Path, topics: Topics) -> None:
    told = run("remove", filled, "101", *topics)
    assert told.exit_code == 0
    assert told.stdout.startswith("removed record r")
    assert rows(filled, "SELECT count(*) FROM cases") == [(0,)]


def test_a_correction_is_listed_and_undone(run: Run, filled: Path, topics: Topics) -> None:
    case_id = str(rows(filled, "SELECT case_id FROM cases")[0][0])
    told = run("review", "correct", filled, case_id, "antivenom_vials", "9", "--by", "Ann", *topics)
    assert told.stdout == f"decision 1: correct {case_id} antivenom_vials 9\ndecisions: 1\n"
    assert rows(filled, "SELECT antivenom_vials FROM patients") == [(9,)]
    assert f"Ann: correct {case_id} antivenom_vials 9" in run("review", "list", filled, "--decisions").stdout
    assert run("review", "undo", filled, "1", *topics).stdout.startswith(f"undone: correct {case_id}")
    assert rows(filled, "SELECT antivenom_vials FROM patients") == [(5,)]


def test_accept_reject_and_not_reported(run: Run, filled: Path, topics: Topics) -> None:
    case_id = str(rows(filled, "SELECT case_id FROM cases")[0][0])
    assert run("review", "accept", filled, case_id, "outcome", *topics).exit_code == 0
    assert run("review", "reject", filled, case_id, "antivenom_vials", *topics).exit_code == 0
    assert run("review", "correct", filled, case_id, "age_years", "--not-reported", *topics).exit_code == 0
    assert rows(filled, "SELECT age_years, antivenom_vials, outcome FROM cases") == [(None, None, "recovered")]


def test_two_reviewers_and_a_third(run: Run, filled: Path, topics: Topics) -> None:
    case_id = str(rows(filled, "SELECT case_id FROM cases")[0][0])
    assert run("review", "mode", filled).stdout == "single\n"
    assert run("review", "mode", filled, "dual", *topics).stdout == "dual\n"
    for name, value in (("Ann", "9"), ("Ben", "8")):
        told = run("review", "correct", filled, case_id, "antivenom_vials", value, "--by", name, *topics)
        assert f"antivenom_vials {value}\n" in told.stdout
    assert run("review", "tasks", filled, "--by", "Ann").stdout.startswith("to do: 101 ")
    assert "waits for another" in run("review", "done", filled, "101", "--by", "Ann", *topics).stdout
    assert "is not done" in run("review", "done", filled, "101", "--reopen", "--by", "Ann", *topics).stdout
    run("review", "done", filled, "101", "--by", "Ann", *topics)
    assert "101: disclosed" in run("review", "done", filled, "101", "--by", "Ben", *topics).stdout
    assert "Ann: 9 | Ben: 8" in run("review", "list", filled).stdout
    assert "Ann and Ben, antivenom_vials: 0 of 1" in run("review", "agreement", filled, *topics).stdout
    settled = ("review", "correct", filled, case_id, "antivenom_vials", "8", "--by", "Cid", "--adjudicate", *topics)
    assert run(*settled).exit_code == 0
    assert rows(filled, "SELECT antivenom_vials FROM patients") == [(8,)]
    output = filled.parent / "agreement.csv"
    assert run("review", "agreement", filled, "-o", output, *topics).stdout == f"{output}: 6 rows\n"


def test_patients_are_added_divided_deleted_and_noted(run: Run, filled: Path, topics: Topics) -> None:
    case_id = str(rows(filled, "SELECT case_id FROM cases")[0][0])
    assert "add_case" in run("review", "add", filled, "101", "patient 2", "--by", "Ann", *topics).stdout
    added = rows(filled, "SELECT case_id FROM cases WHERE case_label = 'patient 2'")[0][0]
    assert run("review", "delete", filled, str(added), *topics).exit_code == 0
    told = run("review", "divide", filled, case_id, "patient 3", "antivenom_vials", *topics)
    assert f"split_case {case_id}" in told.stdout
    assert len(rows(filled, "SELECT * FROM patients")) == 2
    assert run("review", "note", filled, "101", "ask the authors", "--by", "Ann", *topics).exit_code == 0
    assert "ask the authors" in run("review", "history", filled, "101").stdout


def test_correct_needs_a_value_or_a_word_that_there_is_none(run: Run, filled: Path, topics: Topics) -> None:
    told = run("review", "correct", filled, "c", "age_years", *topics)
    assert told.exit_code == 2
    assert "give either a VALUE or --not-reported" in told.stderr


def test_exclude_and_include(run: Run, filled: Path, topics: Topics) -> None:
    run("review", "exclude", filled, "101", "--reason", "aggregate_only", *topics)
    assert rows(filled, "SELECT eligible, exclusion_reason FROM records") == [("no", "aggregate_only")]
    assert rows(filled, "SELECT count(*) FROM patients") == [(0,)]
    run("review", "include", filled, "101", *topics)
    assert rows(filled, "SELECT eligible, exclusion_reason FROM records") == [("yes", None)]
    assert rows(filled, "SELECT count(*) FROM patients") == [(1,)]


def test_a_backup_is_whole_and_overwrites_nothing(run: Run, filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    told = run("backup", filled, "-o", copy)
    assert told.exit_code == 0
    assert "0 decisions, sha256 " in told.stdout
    assert rows(copy, "SELECT count(*) FROM cases") == [(1,)]
    again = run("backup", filled, "-o", copy)
    assert (again.exit_code, again.stderr) == (2, f"Error: {copy} is there already\nHint: give another name with -o\n")
    assert not list(tmp_path.glob("*.part"))


LIBRARY = (
    "ID,title,author,year,journal,volume,pages\n"
    "b7,Antivenom after the bite of a viper,Adder V and Boa C,2020,J Venoms,3,10-12\n"
    "a1,Sea snakes and their prey in warm waters,Cobra K,2011,J Venoms,1,1\n"
    "b9,Antivenom after the bite of a viper.,Adder Viktor,2020,J Venoms,3,10\n"
    "c3,Antivenom after the bite of a viper,Adder V,2020,J Venoms,9,77\n"
    "d4,Erratum: Antivenom after the bite of a viper,Adder V,2020,J Venoms,3,99\n"
)


def read(path: Path) -> list[list[str]]:
    with path.open(newline="") as stream:
        return list(csv.reader(stream))


def test_match_gives_a_row_per_record_in_the_order_of_the_file(run: Run, tmp_path: Path) -> None:
    library, clusters = tmp_path / "library.csv", tmp_path / "clusters.csv"
    library.write_text(LIBRARY)
    told = run("match", library, "-o", clusters)
    assert told.stdout == "records: 5, duplicates: 1, uncertain pairs: 2, related pairs: 3\n"
    assert told.stderr == f"{library}: CSV with id, title, authors, year, journal, volume, pages\n"
    assert read(clusters) == [["id", "cluster"], ["b7", "1"], ["a1", "2"], ["b9", "1"], ["c3", "3"], ["d4", "4"]]


def test_match_lists_what_a_person_has_to_look_at_before_what_is_related(run: Run, tmp_path: Path) -> None:
    library, pairs = tmp_path / "library.csv", tmp_path / "pairs.csv"
    library.write_text(LIBRARY)
    run("match", library, "-o", tmp_path / "clusters.csv", "--uncertain", pairs)
    head, *listed = read(pairs)
    assert head[:6] == ["left", "right", "outcome", "score", "reasons", "decision"]
    assert [(set(row[:2]), row[2]) for row in listed[:2]] == [({"b7", "c3"}, "possible"), ({"b9", "c3"}, "possible")]
    assert {row[2] for row in listed[2:]} == {"related"}
    assert all("one is a correction of the other" in row[4] for row in listed[2:])


def test_match_goes_on_from_what_a_person_has_decided(run: Run, tmp_path: Path) -> None:
    library, clusters, pairs = (tmp_path / name for name in ("library.csv", "clusters.csv", "pairs.csv"))
    library.write_text(LIBRARY)
    pairs.write_text("left,right,decision\nb7,c3,same\nb9,b7,different\nc3,b9,\nnobody,b9,same\n")
    told = run("match", library, "-o", clusters, "--decided", pairs, "--uncertain", pairs)
    assert told.stdout.endswith("decided pairs: 2\n")
    assert dict(read(clusters))["b7"] == dict(read(clusters))["c3"] != dict(read(clusters))["b9"]
    assert {(row[0], row[1], row[5]) for row in read(pairs) if row[5]} == {
        ("b7", "c3", "same"),
        ("b9", "b7", "different"),
        ("left", "right", "decision"),
    }
    again = run("match", library, "-o", tmp_path / "again.csv", "--decided", pairs)
    assert again.stdout == told.stdout
    assert read(tmp_path / "again.csv") == read(clusters)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("left,right,decision\na,b,perhaps\n", "'perhaps' is no decision"),
        ("a,b\n1,2\n", "no columns left, right and decision"),
    ],
    ids=["another word", "other columns"],
)
def test_match_refuses_decisions_that_it_does_not_understand(
    content: str, words: str, run: Run, tmp_path: Path
) -> None:
    library, pairs = tmp_path / "library.csv", tmp_path / "pairs.csv"
    library.write_text(LIBRARY)
    pairs.write_text(content)
    told = run("match", library, "-o", tmp_path / "clusters.csv", "--decided", pairs)
    assert told.exit_code == 1
    assert words in told.stderr


@pytest.mark.parametrize(
    ("name", "content", "ids"),
    [
        ("x.ris", "TY  - JOUR\nID  - k1\nTI  - A bite in a garden\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", ["k1", "2"]),
        ("x.bib", "@article{k1, title={A bite in a garden}}\n@article{k2, title={B}}\n", ["k1", "k2"]),
        ("x.nbib", "PMID- 8001\nTI  - A bite in a garden\n\nTI  - B\n", ["8001", "2"]),
    ],
    ids=["RIS", "BibTeX", "NBIB"],
)
def test_match_reads_what_reference_managers_save(
    name: str, content: str, ids: list[str], run: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    run("match", tmp_path / name, "-o", tmp_path / "clusters.csv")
    assert [row[0] for row in read(tmp_path / "clusters.csv")] == ["id", *ids]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", "name,age\nAda,3\n", "has no column title"),
        ("x.csv", bytes(range(32)) * 50, "this is not text"),
        ("x.nbib", "", "x.nbib"),
    ],
    ids=["no title", "not text", "empty"],
)
def test_a_bibliography_that_cannot_be_read_is_refused(
    name: str, content: str | bytes, words: str, run: Run, tmp_path: Path
) -> None:
    library = tmp_path / name
    library.write_bytes(content.encode() if isinstance(content, str) else content)
    told = run("match", library, "-o", tmp_path / "out.csv")
    assert told.exit_code == 1
    assert words in told.stderr
    assert not (tmp_path / "out.csv").exists()

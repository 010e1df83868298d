import sqlite3
from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview import store
from litreview.errors import ReadError, UsageError
from litreview.steps.add import Naming, add
from litreview.steps.remove import remove
from litreview.steps.update import update
from litreview.steps.workspace import Workspace, topic_for, workspace

TOPICS = Path(__file__).parents[1] / "topics"


def shown(work: Workspace) -> list[tuple[object, ...]]:
    return work.db.execute("SELECT pmid, age_years, antivenom_vials, outcome FROM cases ORDER BY pmid").fetchall()


def test_a_folder_is_read_with_all_that_is_in_it(work: Workspace, tmp_path: Path) -> None:
    papers = tmp_path / "papers" / "deep"
    papers.mkdir(parents=True)
    write(papers / "a.xml", article("101"))
    write(papers.parent / "b.xml", article("102", WOMAN, author="Boa"))
    write(papers / ".hidden.xml", article("103"))
    add(work, [tmp_path / "papers"])
    update(work)
    assert shown(work) == [("101", 30.0, 5, "recovered"), ("102", 61.0, 12, "died")]
    assert work.counts["new records"] == 2


def test_a_bad_file_among_good_ones_is_counted_and_the_rest_goes_in(work: Workspace, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    write(papers / "a.xml", article("101"))
    (papers / "b.xml").write_bytes(write(papers / "b.xml", article("102")).read_bytes()[:300])
    write(papers / "c.xml", article("103", WOMAN, author="Boa"))
    add(work, [papers])
    assert [problem.stage for problem in work.problems] == ["read"]
    assert "b.xml" in work.problems[0].subject
    assert work.counts["new records"] == 2


def test_a_folder_that_cannot_be_opened_is_told(work: Workspace, tmp_path: Path, monkeypatch) -> None:
    shut = tmp_path / "papers" / "shut"
    shut.mkdir(parents=True)
    write(shut.parent / "a.xml", article("101"))
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != shut)  # as root, everything can be opened
    add(work, [tmp_path / "papers"])
    assert work.counts["new records"] == 1
    assert [(each.subject, each.sentence) for each in work.problems] == [(str(shut), "the folder cannot be opened")]


@pytest.mark.parametrize(
    ("naming", "sentence"),
    [(Naming(pmid="PMC7"), "'PMC7' is not a PMID"), (Naming(doi="see page 3"), "'see page 3' is not a DOI")],
    ids=["pmid", "doi"],
)
def test_a_name_that_cannot_be_one_is_refused_before_anything_is_read(
    naming: Naming, sentence: str, work: Workspace, tmp_path: Path
) -> None:
    paper = write(tmp_path / "a.xml", article("101"))
    with pytest.raises(UsageError, match=sentence):
        add(work, [paper], naming=naming)
    assert work.db["records"].count == 0


def test_adding_and_updating_again_leaves_the_content_as_it_was(work: Workspace, tmp_path: Path) -> None:
    paper = write(tmp_path / "a.xml", article("101"))
    (tmp_path / "bad.bin").write_bytes(b"\x00\x01\x02" * 50)

    def once() -> list[str]:
        add(work, [paper, tmp_path / "bad.bin"])
        update(work)
        return sorted(line for line in work.db.conn.iterdump() if "noticed_at" not in line and "_fts" not in line)

    def without_clock(lines: list[str]) -> list[str]:
        return [line for line in lines if 'INTO "problems"' not in line]

    assert without_clock(once()) == without_clock(once())
    assert work.db["problems"].count == 1


def test_a_problem_goes_when_its_file_is_mended(work: Workspace, tmp_path: Path) -> None:
    paper = tmp_path / "a.xml"
    paper.write_text("<PubmedArticleSet><Pubmed")
    add(work, [paper])
    assert work.db["problems"].count == 1
    write(paper, article("101"))
    add(work, [paper])
    assert work.db["problems"].count == 0


def test_an_old_export_does_not_bring_the_old_abstract_back(work: Workspace, tmp_path: Path) -> None:
    new = write(tmp_path / "new.xml", article("101", MAN.replace("5 vials", "7 vials"), revised="2022-01-01"))
    old = write(tmp_path / "old.xml", article("101", revised="2020-01-01"))
    add(work, [new, old])
    update(work)
    assert shown(work) == [("101", 30.0, 7, "recovered")]


def test_a_single_file_can_be_named(work: Workspace, tmp_path: Path) -> None:
    paper = tmp_path / "letter.txt"
    paper.write_text(f"A letter on a bite\n\n{MAN}\n")
    add(work, [paper], naming=Naming(pmid="77", doi="https://doi.org/10.5555/LETTER", title="A letter on a snake bite"))
    (row,) = work.db.query("SELECT pmid, doi, title FROM records")
    assert row == {"pmid": "77", "doi": "10.5555/letter", "title": "A letter on a snake bite"}


def test_several_files_cannot_have_one_name(work: Workspace, tmp_path: Path) -> None:
    papers = [write(tmp_path / f"{n}.xml", article(str(n))) for n in (101, 102)]
    with pytest.raises(UsageError, match="name the report of one file"):
        add(work, papers, naming=Naming(pmid="1"))


def test_a_missing_file_is_refused_before_anything_is_read(work: Workspace, tmp_path: Path) -> None:
    paper = write(tmp_path / "a.xml", article("101"))
    with pytest.raises(ReadError, match=r"b\.xml does not exist"):
        add(work, [paper, tmp_path / "b.xml"])
    assert work.db["records"].count == 0


@pytest.mark.parametrize("name", ["101", "10.5555/101"])
def test_a_record_is_removed_with_everything_that_rests_on_it(name: str, work: Workspace, tmp_path: Path) -> None:
    add(work, [write(tmp_path / "a.xml", article("101"), article("102", WOMAN, author="Boa"))])
    update(work)
    remove(work, name)
    assert shown(work) == [("102", 61.0, 12, "died")]
    assert work.db["patients"].count == 1


def test_a_removed_document_takes_its_findings_along(work: Workspace, tmp_path: Path) -> None:
    add(work, [write(tmp_path / "a.xml", article("101"))])
    update(work)
    document_id = work.db.execute("SELECT document_id FROM documents").fetchone()[0]
    remove(work, document_id)
    assert shown(work) == []
    assert work.db["records"].count == 1


def test_a_run_is_kept_with_the_versions_that_made_it(path: Path) -> None:
    with workspace(path, command="add", rules_dir=TOPICS, create=True) as work:
        work.count("things", 3)
    with store.open_database(path, readonly=True) as db:
        (run,) = db.query("SELECT * FROM runs")
    assert (run["command"], run["outcome"], run["counts"]) == ("add", "done", '{"things": 3}')
    assert all(run[name] for name in ("version", "topic_version", "rules_hash", "python", "dependencies"))


def test_a_run_that_fails_says_so(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), workspace(path, command="add", rules_dir=TOPICS, create=True):
        raise ZeroDivisionError
    with store.open_database(path, readonly=True) as db:
        assert [row["outcome"] for row in db.query("SELECT outcome FROM runs")] == ["failed"]


def test_a_database_remembers_its_topic(work: Workspace, path: Path) -> None:
    assert topic_for(path, rules_dir=TOPICS).name == "antivenom_envenoming"


def test_two_writers_take_turns(work: Workspace, path: Path) -> None:
    other = sqlite3.connect(path, timeout=0.05, isolation_level=None)
    with store.transaction(work.db):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM records").fetchone() == (0,)
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()


LIBRARY = """TY  - JOUR
TI  - Antivenom after the bite of a snake in a garden.
AU  - Adder, V.
PY  - 2020
AB  - A 30-year-old woman was bitten by a snake. Antivenom was given, 5 vials in all. She recovered.
ER  -
TY  - JOUR
TI  - Sea snakes and what they eat
ER  -
"""


def test_a_bibliography_gives_records_and_says_what_it_was_taken_for(work: Workspace, tmp_path: Path) -> None:
    library = tmp_path / "library.ris"
    library.write_text(LIBRARY)
    add(work, [library])
    update(work)
    assert (work.counts["new records"], work.counts["new documents"]) == (2, 1)
    assert work.notes == [f"{library}: RIS: 2 records"]
    assert shown(work) == [(None, 30.0, 5, "recovered")]


def test_a_table_says_which_columns_it_was_read_by(work: Workspace, tmp_path: Path) -> None:
    library = tmp_path / "library.csv"
    library.write_text("Title,Authors,Year,Shelf\nSea snakes and what they eat,Cobra K,2020,top\n")
    add(work, [library])
    assert work.notes == [f"{library}: CSV with title, authors, year; not used: Shelf: 1 records"]


def test_a_bibliography_with_an_empty_row_was_read_all_the_same(work: Workspace, tmp_path: Path) -> None:
    library = tmp_path / "library.csv"
    library.write_text("ID,Title,Year,Journal\na,Sea snakes and what they eat,2020,J Venoms\nb,,2020,J Venoms\n")
    add(work, [library])
    assert (work.counts["files read"], work.counts["new records"], len(work.problems)) == (1, 1, 1)


def test_every_entry_is_kept_and_a_second_reading_adds_none(work: Workspace, tmp_path: Path) -> None:
    library = tmp_path / "library.csv"
    rows = ("J Venoms,3,10-12", "Journal of Venoms,3,10-2", "Journal of Venoms,9,77")
    library.write_text(
        "Title,Authors,Year,Journal,Volume,Pages\n"
        + "".join(f"Sea snakes and what they eat in warm waters,Cobra K,2020,{row}\n" for row in rows)
    )
    for _ in range(2):
        add(work, [library])
        update(work)
    assert work.db["records"].count == 3
    assert work.db.execute("SELECT count(*) FROM records WHERE duplicate_of IS NOT NULL").fetchone()[0] == 1
    assert [row[0] for row in work.db.execute("SELECT outcome FROM links ORDER BY outcome")] == [
        "possible",
        "possible",
        "same",
    ]


FULL = f"A letter on a bite\n\nCase report\n\n{MAN.replace('5 vials', '6 vials')}\n"


@pytest.mark.parametrize(
    "naming",
    [
        Naming(pmid="101"),
        Naming(doi="https://doi.org/10.5555/101"),
        Naming(title="Antivenom after the bite of a snake in garden number 101"),
    ],
    ids=["pmid", "doi", "title"],
)
def test_a_persons_own_file_joins_its_record_and_its_values_stand_beside_those_of_the_abstract(
    naming: Naming, work: Workspace, tmp_path: Path
) -> None:
    add(work, [write(tmp_path / "records.xml", article("101"), article("102", WOMAN, author="Boa"))])
    update(work)
    assert {row["pmid"] for row in store.wanted(work.db)} == {"101", "102"}
    paper = tmp_path / "letter.txt"
    paper.write_text(FULL)
    add(work, [paper], naming=naming)
    update(work)
    assert work.db["records"].count == 2
    assert {row["pmid"] for row in store.wanted(work.db)} == {"102"}
    assert shown(work)[0] == ("101", 30.0, 6, "recovered")
    beside = work.db.execute("SELECT value FROM candidates WHERE attribute = 'antivenom_vials'").fetchall()
    assert 5 in [row[0] for row in beside]

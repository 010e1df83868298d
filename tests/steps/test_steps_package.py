"""Everything out into a package and in again; snapshots that later exports go back to."""

import hashlib
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import frictionless
import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview import store
from litreview.errors import DatabaseError, ReadError, TopicError, UsageError
from litreview.model.review import Decision
from litreview.rules import load
from litreview.steps.add import add
from litreview.steps.decide import decide
from litreview.steps.export import WHATS, export
from litreview.steps.freeze import as_of, faults, freeze, snapshots
from litreview.steps.pool import pool
from litreview.steps.unpack import unpack
from litreview.steps.update import update
from litreview.steps.verify import verify
from litreview.steps.workspace import Workspace, topic_for, workspace

TOPICS = Path(__file__).parents[1] / "topics"
Export = Callable[..., bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with two reports, decisions on both, and a text that would be computed."""
    folder = tmp_path_factory.mktemp("made")
    path = folder / "bites.db"
    with workspace(path, command="add", rules_dir=TOPICS, create=True) as work:
        add(work, [write(folder / "a.xml", article("101", MAN), article("102", WOMAN, author="Boa"))])
        update(work)
        decide(work, Decision("101", "note", value="=HYPERLINK(1)", decided_by="Ann", why="'=quoted'"))
        decide(work, Decision(_case(work, "102"), "correct", "outcome", "recovered", "Ann"))
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def exported(tmp_path: Path) -> Export:
    def write_out(path: Path, what: str = "package", suffix: str = ".zip", as_of_name: str = "") -> bytes:
        output = tmp_path / f"out{suffix}"
        with as_of(path, as_of_name) as then:
            export(then, what, output, rules_dir=TOPICS)
        return output.read_bytes()

    return write_out


def _case(work: Workspace, pmid: str) -> str:
    return str(work.db.execute("SELECT case_id FROM cases WHERE pmid = ?", [pmid]).fetchone()[0])


def change(path: Path) -> None:
    with workspace(path, command="change", rules_dir=TOPICS) as work:
        decide(work, Decision(_case(work, "101"), "correct", "antivenom_vials", "9", "Ann"))


def again(path: Path, tmp_path: Path, exported: Export) -> Path:
    (tmp_path / "package.zip").write_bytes(exported(path))
    made = tmp_path / "again.db"
    unpack(tmp_path / "package.zip", made, rules_dir=TOPICS)
    return made


def test_export_import_and_export_again_give_identical_files(path: Path, tmp_path: Path, exported: Export) -> None:
    made = again(path, tmp_path, exported)

    assert exported(made) == exported(path)


@pytest.mark.parametrize("what", [what for what in WHATS if what != "package"])
def test_every_export_of_the_copy_is_that_of_the_original(
    what: str, path: Path, tmp_path: Path, exported: Export
) -> None:
    made = again(path, tmp_path, exported)

    for suffix in WHATS[what].formats:
        assert exported(made, what, suffix) == exported(path, what, suffix)


def test_the_copy_is_whole_can_be_searched_and_worked_on(path: Path, tmp_path: Path, exported: Export) -> None:
    made = again(path, tmp_path, exported)

    assert verify(made, rules_dir=TOPICS).faults == []
    change(made)
    with store.open_database(made, readonly=True) as db:
        assert db.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'viper'").fetchone()[0]
        assert db.execute("SELECT count(*) FROM cases_fts WHERE cases_fts MATCH 'Boa'").fetchone()[0] == 1


def test_the_package_is_valid_by_frictionless(path: Path, tmp_path: Path, exported: Export) -> None:
    (tmp_path / "package.zip").write_bytes(exported(path))

    report = frictionless.validate(str(tmp_path / "package.zip"))

    assert report.flatten(["title", "message"]) == []
    assert {"cases", "findings", "documents", "decisions", "runs"} <= {task.name for task in report.tasks}


def test_frictionless_reads_the_cases_with_their_types(path: Path, tmp_path: Path, exported: Export) -> None:
    (tmp_path / "package.zip").write_bytes(exported(path))

    rows = frictionless.Package(str(tmp_path / "package.zip")).get_resource("cases").read_rows()

    assert [(row["pmid"], row["age_years"], row["antivenom_vials"]) for row in rows] == [
        ("101", 30, 5),
        ("102", 61, 12),
    ]


def test_nothing_in_the_package_is_computed_by_a_spreadsheet(path: Path, exported: Export) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(path))) as archive:
        text = archive.read("data/decisions.csv").decode()

    assert "'=HYPERLINK(1)" in text
    assert "''=quoted'" in text


def test_a_package_is_not_put_into_a_database_that_is_there(path: Path, tmp_path: Path, exported: Export) -> None:
    (tmp_path / "package.zip").write_bytes(exported(path))
    before = path.read_bytes()

    with pytest.raises(UsageError, match="there already"):
        unpack(tmp_path / "package.zip", path, rules_dir=TOPICS)

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b'"topic": "antivenom_envenoming"', b'"topic": "nonsense"', TopicError),
        (b'"0001_tables"', b'"0001_tables", "9999_future"', DatabaseError),
        (b'"litreview": {', b'"another": {', ReadError),
        (b"data/events.csv", b"data/elsewhere.csv", ReadError),
    ],
    ids=["topic", "newer", "other", "table"],
)
def test_a_package_that_does_not_fit_leaves_nothing_behind(
    old: bytes, new: bytes, error: type[Exception], path: Path, tmp_path: Path, exported: Export
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(exported(path))) as source, zipfile.ZipFile(tmp_path / "x.zip", "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name.replace(old.decode(), new.decode()), text.replace(old, new))

    with pytest.raises(error):
        unpack(tmp_path / "x.zip", folder / "new.db", rules_dir=TOPICS)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("what", WHATS)
def test_every_export_as_of_a_snapshot_is_what_it_was_byte_for_byte(what: str, path: Path, exported: Export) -> None:
    before = {suffix: exported(path, what, suffix) for suffix in WHATS[what].formats}
    freeze(path, "submission", rules_dir=TOPICS)

    change(path)

    assert {suffix: exported(path, what, suffix, "submission") for suffix in before} == before


def test_what_was_frozen_stays_while_the_present_goes_on(path: Path, exported: Export) -> None:
    before = exported(path, "patients", ".csv")
    freeze(path, "submission", rules_dir=TOPICS)

    change(path)

    assert exported(path, "patients", ".csv") != before == exported(path, "patients", ".csv", "submission")


def test_the_hash_is_that_of_the_exported_patients(path: Path, exported: Export) -> None:
    snapshot = freeze(path, "submission", rules_dir=TOPICS)

    change(path)

    assert hashlib.sha256(exported(path, "patients", ".jsonl", "submission")).hexdigest() == snapshot.sha256
    assert (snapshot.cases, snapshot.patients) == (2, 2)


def test_the_rules_of_then_are_used_even_where_they_have_changed(path: Path) -> None:
    freeze(path, "submission", rules_dir=TOPICS)

    with as_of(path, "submission") as then:
        assert topic_for(then, rules_dir=Path("/nowhere")) == load("antivenom_envenoming", TOPICS)


def test_the_summary_of_then_is_pooled_from_the_patients_of_then(path: Path) -> None:
    before = pool(path, rules_dir=TOPICS)
    freeze(path, "submission", rules_dir=TOPICS)

    change(path)

    with as_of(path, "submission") as then:
        assert pool(then, rules_dir=TOPICS) == before
    assert pool(path, rules_dir=TOPICS) != before


def test_a_name_stays_with_what_it_froze(path: Path) -> None:
    freeze(path, "submission", rules_dir=TOPICS)

    with pytest.raises(UsageError, match="already"):
        freeze(path, "submission", rules_dir=TOPICS)

    assert [each.name for each in snapshots(path)] == ["submission"]


@pytest.mark.parametrize("name", ["", " x", "a/b", "x" * 101, "-x", "a\nb"])
def test_a_name_of_odd_letters_is_refused(name: str, path: Path) -> None:
    with pytest.raises(UsageError, match="no name"):
        freeze(path, name, rules_dir=TOPICS)


def test_an_unknown_snapshot_is_told_with_those_there_are(path: Path) -> None:
    freeze(path, "submission", rules_dir=TOPICS)

    with pytest.raises(UsageError) as error, as_of(path, "revision"):
        pass

    assert "submission" in error.value.hint


def test_verify_finds_a_snapshot_that_was_changed(path: Path) -> None:
    freeze(path, "first", rules_dir=TOPICS)
    freeze(path, "second", rules_dir=TOPICS)
    assert verify(path, rules_dir=TOPICS).faults == []

    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE snapshots SET content = x'00' WHERE name = 'first'")
        connection.execute("UPDATE snapshots SET sha256 = 'abc' WHERE name = 'second'")
        connection.commit()

    assert [(name, bool(fault)) for name, fault in faults(path)] == [("first", True), ("second", True)]
    assert len(verify(path, rules_dir=TOPICS).faults) == 2

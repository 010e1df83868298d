import gzip
import re
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from litreview.store import open_database

Run = Callable[..., Result]
Topics = tuple[str, str]


def test_a_missing_file_is_named_and_no_database_is_made(run: Run, path: Path, tmp_path: Path, topics: Topics) -> None:
    told = run("add", path, tmp_path / "nowhere.xml", *topics)
    assert told.exit_code == 1
    assert told.stderr == (
        f"Error: {tmp_path / 'nowhere.xml'} does not exist\nHint: give the path of a file or a folder\n"
    )
    assert not path.exists()


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "error page": b"<html><body><h1>502 Bad Gateway</h1></body></html>",
    "truncated XML": b"<?xml version='1.0'?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PM",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_where_nothing_can_be_read_the_file_is_named_and_what_was_there_stays(
    content: bytes, run: Run, filled: Path, tmp_path: Path, topics: Topics
) -> None:
    before = run("export", filled, "cases").stdout
    bad = tmp_path / "bad.xml"
    bad.write_bytes(content)
    told = run("add", filled, bad, *topics)
    assert told.exit_code == 1
    assert f"Problem: {bad}: " in told.stderr
    assert told.stdout.splitlines()[-1].startswith("new records: 0, new documents: 0, files read: 0")
    assert told.stdout.endswith("problems: 1\n")
    assert run("export", filled, "cases").stdout == before


def test_a_bad_file_is_named_once_and_by_its_path(run: Run, path: Path, tmp_path: Path, topics: Topics) -> None:
    (tmp_path / "bad.xml").write_bytes(BAD["truncated XML"])
    whole = gzip.compress(b"TY  - JOUR\nTI  - A bite\nER  - \n" * 5000, compresslevel=0)
    (tmp_path / "list.ris").write_bytes(whole[:-1000])
    told = run("add", path, tmp_path / "bad.xml", tmp_path / "list.ris", *topics)
    assert told.stderr.count("bad.xml") == told.stderr.count("list.ris") == 1
    assert f"Problem: {tmp_path / 'bad.xml'}: the XML cannot be read" in told.stderr
    assert f"Problem: {tmp_path / 'list.ris'}: the file is cut off or damaged" in told.stderr


def test_a_bad_file_among_good_ones_does_not_stop_the_others(
    run: Run, path: Path, paper: Path, tmp_path: Path, topics: Topics
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    paper.rename(folder / "b.txt")
    (folder / "a.xml").write_bytes(BAD["truncated XML"])
    told = run("add", path, folder, *topics)
    assert told.exit_code == 0
    assert "new records: 1, new documents: 1, files read: 1" in told.stdout
    assert told.stdout.endswith("problems: 1\n")
    assert re.search(r"Problems \(1\):\n  read \S*a\.xml: ", run("status", path).stdout)


def test_an_unknown_topic_is_wrong_use(run: Run, path: Path, topics: Topics) -> None:
    told = run("init", path, "--topic", "antivenom", *topics)
    assert told.exit_code == 2
    assert told.stderr.startswith("Error: there is no topic 'antivenom' in ")
    assert "Hint: did you mean 'antivenom_envenoming'?" in told.stderr
    assert not path.exists()


def test_another_topics_database_is_refused(run: Run, path: Path, topics: Topics) -> None:
    run("init", path, *topics)
    told = run("update", path, "--topic", "anti_cd38_cytopenia")
    assert told.exit_code == 2
    assert told.stderr == (
        f"Error: {path} belongs to the topic antivenom_envenoming, not anti_cd38_cytopenia\n"
        "Hint: leave --topic out, or use another file for anti_cd38_cytopenia\n"
    )


@pytest.mark.parametrize("command", ["update", "status"])
def test_a_newer_database_is_refused(command: str, run: Run, path: Path, topics: Topics) -> None:
    run("init", path, *topics)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO _sqlite_migrations VALUES (99, 'litreview', '9999_future', '2100')")
    told = run(command, path)
    assert told.exit_code == 1
    assert told.stderr == (
        f"Error: {path} was written by a newer litreview (it has 9999_future)\n"
        "Hint: update this program: pip install --upgrade litreview\n"
    )


def test_a_file_that_is_no_database_is_left_alone(run: Run, paper: Path, topics: Topics) -> None:
    before = paper.read_bytes()
    told = run("update", paper, *topics)
    assert told.exit_code == 1
    assert told.stderr.startswith(f"Error: {paper} is not a SQLite database\nHint: ")
    assert paper.read_bytes() == before


@pytest.mark.parametrize("command", ["status", "update", "extract", "screen", "dedupe"])
def test_a_missing_database_is_not_made_by_commands_that_need_one(command: str, run: Run, path: Path) -> None:
    told = run(command, path)
    assert told.exit_code == 1
    assert told.stderr == f"Error: {path} does not exist\nHint: make it with: litreview init {path}\n"
    assert not path.exists()


def test_a_server_that_cannot_be_reached_is_told_in_two_lines(
    run: Run, path: Path, topics: Topics, monkeypatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setattr("litreview.pubmed.client.Client._pause", lambda self, n, failure: 0.0)
    told = run("refresh", path, "--eutils-url", f"http://127.0.0.1:{port}/", *topics)
    assert told.exit_code == 1
    error, hint = told.stderr.splitlines()
    assert error.startswith(f"Error: esearch at 127.0.0.1:{port} gave no usable answer")
    assert hint.startswith("Hint: check the network and --eutils-url")


def test_a_database_in_use_is_told_in_two_lines(run: Run, path: Path, topics: Topics, monkeypatch) -> None:
    run("init", path, *topics)
    monkeypatch.setattr("litreview.store.open.BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = run("update", path, *topics)
        other.execute("ROLLBACK")
    assert told.exit_code == 1
    assert told.stderr == (
        f"Error: {path} is in use by another program\nHint: wait until that has finished, then run the command again\n"
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (sqlite3.OperationalError("database or disk is full"), "{path}: the disk is full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "{path} cannot be written"),
        (sqlite3.DatabaseError("database disk image is malformed"), "{path} is damaged"),
        (OSError(28, "No space left on device"), "the disk is full"),
        (PermissionError(13, "Permission denied", "/papers/a.xml"), "/papers/a.xml: permission denied"),
    ],
    ids=["full", "read-only", "damaged", "no space", "no permission"],
)
def test_what_the_system_refuses_is_told_in_clear_sentences(
    error: Exception, words: str, run: Run, path: Path, topics: Topics, monkeypatch
) -> None:
    run("init", path, *topics)

    def refuse(*given: object, **named: object) -> None:
        raise error

    monkeypatch.setattr("litreview.steps.update.update", refuse)
    told = run("update", path, *topics)
    assert told.exit_code == 1
    assert told.stderr.startswith(f"Error: {words.format(path=path)}\nHint: ")


def test_a_missing_address_for_ncbi_is_wrong_use(run: Run, path: Path, topics: Topics, monkeypatch) -> None:
    for name in ("LITREVIEW_EMAIL", "LITREVIEW_EUTILS_URL"):
        monkeypatch.delenv(name, raising=False)
    told = run("refresh", path, *topics)
    assert told.exit_code == 2
    assert "Hint: give --email you@example.org, or set LITREVIEW_EMAIL" in told.stderr


def test_commands_that_only_read_leave_the_file_as_it_was(run: Run, filled: Path) -> None:
    before = filled.read_bytes()
    for arguments in (["status"], ["review", "list"]):
        assert run(*arguments, filled).exit_code == 0
    assert filled.read_bytes() == before
    with open_database(filled, readonly=True) as db:
        assert [row["command"] for row in db.query("SELECT command FROM runs")] == ["add"]

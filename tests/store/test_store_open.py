import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from store_values import attribute, make_topic

from litreview.errors import DatabaseError, TopicError
from litreview.model.topic import Topic
from litreview.store import open_database, topic_name
from litreview.store.database import Database, transaction
from litreview.store.migrate import migrate


def test_a_new_database_belongs_to_its_topic(path: Path, topic: Topic) -> None:
    with open_database(path, topic=topic, create=True) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert topic_name(path) == "bites"


def test_there_is_no_topic_where_there_is_no_file(path: Path) -> None:
    assert topic_name(path) is None
    assert not path.exists()


def _not_sqlite(path: Path) -> None:
    path.write_text("Dear editor, this is a letter and not a database at all.")


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def _newer(path: Path) -> None:
    with open_database(path, topic=make_topic(), create=True) as db:
        db["_sqlite_migrations"].insert({"migration_set": "litreview", "name": "9999_future", "applied_at": "2100"})


def _damaged(path: Path) -> None:
    open_database(path, topic=make_topic(), create=True).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))


REFUSED = {
    "not SQLite": (_not_sqlite, "is not a SQLite database"),
    "somebody else's": (_foreign, "is a SQLite database, but not one of litreview's"),
    "newer": (_newer, "was written by a newer litreview (it has 9999_future)"),
    "damaged": (_damaged, "is damaged"),
}


@pytest.mark.parametrize("readonly", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_ours_is_refused_and_left_as_it_was(make, words, readonly, path: Path, topic: Topic) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(DatabaseError) as refused:
        open_database(path, topic=topic, create=not readonly, readonly=readonly)
    assert words in refused.value.message
    assert refused.value.hint
    assert path.read_bytes() == before


def test_another_topics_database_is_refused_and_left_as_it_was(path: Path, topic: Topic) -> None:
    open_database(path, topic=topic, create=True).close()
    before = path.read_bytes()
    with pytest.raises(TopicError, match="belongs to the topic bites, not stings") as refused:
        open_database(path, topic=make_topic(name="stings"), create=True)
    assert "leave --topic out" in refused.value.hint
    assert path.read_bytes() == before


def test_a_missing_file_is_made_only_where_that_was_asked_for(path: Path, topic: Topic) -> None:
    with pytest.raises(DatabaseError, match="does not exist"):
        open_database(path, topic=topic)
    assert not path.exists()


def test_a_folder_is_no_database(tmp_path: Path, topic: Topic) -> None:
    with pytest.raises(DatabaseError, match="is a folder"):
        open_database(tmp_path, topic=topic, create=True)


def test_an_empty_file_is_made_a_database(path: Path, topic: Topic) -> None:
    path.touch()
    with open_database(path, topic=topic, create=True):
        pass
    assert topic_name(path) == "bites"


def test_reading_only_refuses_to_write(path: Path, topic: Topic) -> None:
    with open_database(path, topic=topic, create=True):
        pass
    with (
        open_database(path, readonly=True) as db,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        db.execute("DELETE FROM meta")


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "0001_good.sql").write_text("CREATE TABLE good (a); INSERT INTO good VALUES (1);")
    (tmp_path / "0002_bad.sql").write_text("CREATE TABLE half (a); INSERT INTO nowhere VALUES (1);")
    db = Database(memory=True)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(db, tmp_path)
    assert "good" in db.table_names()
    assert "half" not in db.table_names()
    (tmp_path / "0002_bad.sql").write_text("CREATE TABLE half (a);")
    migrate(db, tmp_path)
    migrate(db, tmp_path)
    assert db.execute("SELECT count(*) FROM good").fetchone()[0] == 1
    assert "half" in db.table_names()
    db.close()


def test_a_transaction_is_kept_whole_or_not_at_all(db: Database) -> None:
    def two_then_fail() -> None:
        with transaction(db):
            db.table("meta").insert({"key": "one", "value": "1"})
            with transaction(db):
                db.table("meta").insert({"key": "two", "value": "2"})
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        two_then_fail()
    assert db.execute("SELECT count(*) FROM meta WHERE key IN ('one', 'two')").fetchone()[0] == 0


def test_the_case_table_takes_up_an_attribute_that_the_topic_gains(path: Path, topic: Topic) -> None:
    with open_database(path, topic=topic, create=True) as db:
        db.table("cases").insert({"case_id": "c1", "record_id": "r1", "age_years": 5})
    grown = make_topic(attribute("weight_kg", "number"), *topic.attributes)
    with open_database(path, topic=grown) as db:
        names = [column.name for column in db["cases"].columns]
        assert names[-5:] == ["weight_kg", "age_years", "sex", "treatments", "days_in_hospital"]
        assert db.execute("SELECT age_years, weight_kg FROM cases").fetchone() == (5.0, None)
        assert {"flow", "wanted", "queue"} <= set(db.view_names())


def test_columns_have_the_type_of_their_attribute(db: Database) -> None:
    types = {column.name: column.type for column in db["cases"].columns}
    assert [types[name] for name in ("age_years", "sex", "treatments", "days_in_hospital")] == [
        "REAL",
        "TEXT",
        "TEXT",
        "INTEGER",
    ]


def test_opening_again_changes_nothing(path: Path, topic: Topic) -> None:
    with open_database(path, topic=topic, create=True) as db:
        before = list(db.conn.iterdump())
    with open_database(path, topic=topic) as db:
        assert list(db.conn.iterdump()) == before


_WRITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("INSERT INTO meta VALUES (?, '1')", sys.argv[2:])
connection.commit()
connection.close()
"""


def test_opening_takes_no_locks_away_from_who_reads_along(path: Path, topic: Topic) -> None:
    """POSIX: a process that closes a file gives up all its locks on it, and others would remove the log it reads."""
    open_database(path, topic=topic, create=True).close()
    with open_database(path, readonly=True) as along:
        along.execute("SELECT count(*) FROM meta").fetchone()
        for name in ("one", "two"):
            open_database(path, readonly=True).close()
            subprocess.run([sys.executable, "-c", _WRITE, str(path), name], check=True)
            assert along.execute("SELECT count(*) FROM meta WHERE key = ?", [name]).fetchone()[0] == 1

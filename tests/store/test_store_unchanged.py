"""What is computed outside a transaction does not overwrite what somebody else wrote meanwhile."""

from pathlib import Path

from litreview.model.topic import Topic
from litreview.store import Database, open_database, transaction, while_unchanged


def count(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM meta WHERE key LIKE 'other%'").fetchone()[0])


def test_it_is_computed_again_where_another_has_written(db: Database, path: Path, topic: Topic) -> None:
    reads: list[int] = []

    def read() -> int:
        found = count(db)
        if len(reads) < 2:  # somebody else writes while we compute
            with open_database(path, topic=topic) as other, transaction(other):
                other.execute("INSERT INTO meta VALUES (?, '')", [f"other {len(reads)}"])
        reads.append(found)
        return found

    assert while_unchanged(db, read, lambda found: found) == 2
    assert reads == [0, 1, 2]


def test_somebody_who_writes_all_the_time_is_kept_out_in_the_end(db: Database, path: Path, topic: Topic) -> None:
    def read() -> int:
        if not db.conn.in_transaction:
            with open_database(path, topic=topic) as other, transaction(other):
                other.execute("INSERT INTO meta VALUES (?, '')", [f"other {count(other)}"])
        return count(db)

    assert while_unchanged(db, read, lambda found: (found, count(db))) == (3, 3)


def test_within_a_transaction_nothing_is_computed_twice(db: Database) -> None:
    reads: list[int] = []
    with transaction(db):
        while_unchanged(db, lambda: reads.append(1), lambda found: found)
    assert reads == [1]

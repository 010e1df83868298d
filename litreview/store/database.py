"""The one door to sqlite-utils, and transactions that take the write lock at once."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TypeVar

# sqlite-utils looks for pandas and numpy to know their types. Nothing here hands it such values, and importing them
# would cost every small command a second.
_UNNEEDED = tuple(name for name in ("pandas", "numpy") if name not in sys.modules)
for _name in _UNNEEDED:
    sys.modules[_name] = None  # type: ignore[assignment]
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _UNNEEDED:
        _module: ModuleType | None = sys.modules.get(_name)
        if _module is None:
            sys.modules.pop(_name, None)

DURABLE = "FULL"
"""A decision that was taken must survive a power cut."""

_TRIES = 3
_PAGES_IN_LOG = 1_000  # SQLite's own default
Read = TypeVar("Read")
Written = TypeVar("Written")

__all__ = [
    "DURABLE",
    "Database",
    "Migrations",
    "bulk",
    "insert",
    "joined",
    "reading",
    "transaction",
    "upsert",
    "while_unchanged",
]


@contextlib.contextmanager
def transaction(db: Database) -> Iterator[Database]:
    """Everything inside is kept or nothing is.

    The outermost one waits for the write lock at its start (up to the busy timeout): one that first reads and then
    writes would fail at once when somebody else has written in between.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


@contextlib.contextmanager
def joined(db: Database) -> Iterator[Database]:
    """Part of the transaction that is open, which must not go on after an exception, else a transaction.

    Without a savepoint of its own: at each of them the index of passages writes out what it holds in memory, which
    doubles the time of saving many documents.
    """
    if db.conn.in_transaction:
        yield db
        return
    with transaction(db):
        yield db


def while_unchanged(db: Database, read: Callable[[], Read], write: Callable[[Read], Written]) -> Written:
    """Read and compute without the write lock, then write; again from the start if another program wrote meanwhile.

    What somebody else has decided in between is thus not overwritten by what was computed without it. After a few
    times the lock is held from the start, so that it ends.
    """
    if not db.conn.in_transaction:
        for _ in range(_TRIES):
            version = _data_version(db)
            found = read()
            with transaction(db):
                if _data_version(db) == version:
                    return write(found)
    with transaction(db):
        return write(read())


def _data_version(db: Database) -> int:
    """Changes when another connection has written."""
    return int(db.conn.execute("PRAGMA data_version").fetchone()[0])


@contextlib.contextmanager
def bulk(db: Database) -> Iterator[Database]:
    """While much is saved that could be fetched again: a power cut may take the last of it, and leaves the rest whole.

    Without it each transaction waits for the disk; with it, what goes from the log into the file does, and goes in
    larger pieces.
    """
    db.conn.execute("PRAGMA synchronous = NORMAL")
    db.conn.execute(f"PRAGMA wal_autocheckpoint = {16 * _PAGES_IN_LOG}").fetchall()
    try:
        yield db
    finally:
        db.conn.execute(f"PRAGMA synchronous = {DURABLE}")
        db.conn.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}").fetchall()


def insert(db: Database, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert many rows into a table of ours, inside a transaction.

    sqlite-utils asks for the table's columns at each call, which is most of the time where rows come by tens of
    thousands.
    """
    named, places = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    db.conn.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', rows)


def upsert(db: Database, table: str, row: Mapping[str, object], *, key: str) -> None:
    """Insert one row into a table of ours, or bring the row of that key to these values, inside a transaction."""
    named, places = ", ".join(f'"{column}"' for column in row), ", ".join("?" * len(row))
    changed = ", ".join(f'"{column}" = excluded."{column}"' for column in row if column != key)
    db.conn.execute(
        f'INSERT INTO "{table}" ({named}) VALUES ({places}) ON CONFLICT ("{key}") DO UPDATE SET {changed}',
        list(row.values()),
    )


@contextlib.contextmanager
def reading(db: Database) -> Iterator[Database]:
    """Everything inside sees the database as it is at the first look, whoever writes meanwhile; nobody is held up."""
    db.conn.execute("BEGIN")
    try:
        yield db
    finally:
        db.conn.execute("COMMIT")

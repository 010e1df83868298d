"""The one door to sqlite-utils, and transactions that take the write lock at once."""

import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType

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

__all__ = ["DURABLE", "Database", "Migrations", "bulk", "insert", "joined", "transaction", "upsert"]


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


@contextlib.contextmanager
def bulk(db: Database) -> Iterator[Database]:
    """While much is saved that could be fetched again: a power cut may take the last of it, and leaves the rest whole.

    Without it each transaction waits for the disk.
    """
    db.conn.execute("PRAGMA synchronous = NORMAL")
    try:
        yield db
    finally:
        db.conn.execute(f"PRAGMA synchronous = {DURABLE}")


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

"""Opening a knowledge base: made where asked, brought up to date, refused where it is not ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from litreview.errors import DatabaseError, TopicError
from litreview.store.database import DURABLE, Database
from litreview.store.migrate import migrate, newer_than_program, remake_views
from litreview.store.tables import fit_tables

if TYPE_CHECKING:
    from litreview.model.topic import Topic

APPLICATION_ID = 0x4C495452
"""Marks a SQLite file as ours, in the place that its format keeps for this."""

BUSY_SECONDS = 30.0
_NOT_SQLITE = "name a database that litreview made, or a new file for it to make one"


def open_database(path: Path, *, topic: Topic | None = None, create: bool = False, readonly: bool = False) -> Database:
    """Open the knowledge base at `path`, ready for use; the caller closes it (it is a context manager).

    With `create` a missing file is made for `topic`. Writing needs the topic, and fits the tables of cases and
    patients to it; reading does without. Raises `DatabaseError` for what is not a knowledge base of ours or is newer
    than this program, `TopicError` for another topic's, and leaves the file as it was.
    """
    ours = _is_ours(path, create=create and not readonly)
    if ours:
        _check_topic(path, _check(path), topic)
    if readonly:
        return _connect_readonly(path)
    db = _connect(path)
    try:
        if not ours:
            db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.conn.execute("PRAGMA journal_mode = WAL").fetchall()
        migrate(db)
        if topic is not None:
            fit_tables(db, topic)
            remake_views(db)
    except BaseException:
        db.close()
        raise
    return db


def topic_name(path: Path) -> str | None:
    """The topic a knowledge base was made for; `None` where there is no file yet."""
    if not _is_ours(path, create=True):
        return None
    return _check(path).get("topic")


def _is_ours(path: Path, *, create: bool) -> bool:
    """Whether there is a knowledge base (`False`: one is to be made).

    Asked of SQLite and not read from the file: whoever closes a file takes away all locks that the process has on it,
    those of SQLite's other connections too, and the next process to leave would then remove the write-ahead log under
    a server that reads along.
    """
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder, not a database", hint=_NOT_SQLITE)
    if not path.exists():
        if create and path.parent.is_dir():
            return False
        if create:
            raise DatabaseError(f"{path}: there is no folder {path.parent}", hint="make the folder first")
        raise DatabaseError(f"{path} does not exist", hint=f"make it with: litreview init {path}")
    if path.stat().st_size == 0:
        if create:
            return False
        raise DatabaseError(f"{path} is not a SQLite database", hint=_NOT_SQLITE)
    if _application_id(path) != APPLICATION_ID:
        raise DatabaseError(f"{path} is a SQLite database, but not one of litreview's", hint=_NOT_SQLITE)
    return True


def _application_id(path: Path) -> int:
    try:
        with _connect_readonly(path) as db:
            return int(db.execute("PRAGMA application_id").fetchone()[0])
    except sqlite3.OperationalError:
        raise  # locked, or not to be opened: no word on the file itself
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise DatabaseError(f"{path} is not a SQLite database", hint=_NOT_SQLITE) from error
        raise _damaged(path, error) from error


def _check(path: Path) -> dict[str, str]:
    """What a knowledge base says of itself, if this program understands it."""
    meta, newer = _told(path)
    if newer:
        raise DatabaseError(
            f"{path} was written by a newer litreview (it has {newer[-1]})",
            hint="update this program: pip install --upgrade litreview",
        )
    return meta


def _check_topic(path: Path, meta: dict[str, str], topic: Topic | None) -> None:
    made_for = meta.get("topic")
    if topic is not None and made_for is not None and made_for != topic.name:
        raise TopicError(
            f"{path} belongs to the topic {made_for}, not {topic.name}",
            hint=f"leave --topic out, or use another file for {topic.name}",
        )


def _told(path: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """What a knowledge base says of itself, and its migrations that this program does not have."""
    try:
        with _connect_readonly(path) as db:
            meta = dict(db.execute("SELECT key, value FROM meta").fetchall()) if db["meta"].exists() else {}
            return meta, newer_than_program(db)
    except sqlite3.OperationalError:
        raise  # locked, or not to be opened: no word on the file itself
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: sqlite3.DatabaseError) -> DatabaseError:
    return DatabaseError(f"{path} is damaged: {error}", hint="go back to a copy made with litreview backup")


def _connect(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA synchronous = {DURABLE}")
    return Database(connection, execute_plugins=False)


def _connect_readonly(path: Path) -> Database:
    """`immutable` is for a write-ahead database on a disk where its side files cannot be made."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True)
    return Database(connection, execute_plugins=False)

"""Snapshots in the store, and the topic that a thawed one brings along."""

from __future__ import annotations

import hashlib
from pathlib import Path

from litreview.errors import DatabaseError, UsageError
from litreview.model.snapshot import Snapshot
from litreview.store.database import Database, transaction

_FROZEN = "_frozen_topic"  # begins with "_": no part of the content


def save_snapshot(db: Database, snapshot: Snapshot, content: bytes) -> None:
    """Keep a snapshot for good; `UsageError` where the name is taken."""
    with transaction(db):
        if any(each.name == snapshot.name for each in load_snapshots(db)):
            raise UsageError(f"there is a snapshot {snapshot.name!r} already", hint="a name stays with what it froze")
        told = (snapshot.name, snapshot.made_at, snapshot.cases, snapshot.patients, snapshot.sha256)
        db.execute(
            "INSERT INTO snapshots (name, made_at, cases, patients, sha256, content_sha256, content) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [*told, hashlib.sha256(content).hexdigest(), content],
        )


def load_snapshots(db: Database) -> tuple[Snapshot, ...]:
    """All of them, the oldest first; none in a database that no version with snapshots has written."""
    if not db["snapshots"].exists():
        return ()
    rows = db.execute("SELECT name, made_at, cases, patients, sha256 FROM snapshots ORDER BY made_at, name")
    return tuple(Snapshot(*row) for row in rows.fetchall())


def load_snapshot(db: Database, name: str) -> tuple[Snapshot, bytes]:
    """A snapshot with its content; `UsageError` where there is none, `DatabaseError` where it is not as it was."""
    known = {each.name: each for each in load_snapshots(db)}
    if name not in known:
        hint = f"one of {', '.join(known)}" if known else "make one with: litreview freeze DB NAME"
        raise UsageError(f"there is no snapshot {name!r}", hint=hint)
    told, content = db.execute("SELECT content_sha256, content FROM snapshots WHERE name = ?", [name]).fetchone()
    if hashlib.sha256(content).hexdigest() != told:
        raise DatabaseError(f"the snapshot {name!r} was changed after it was made", hint="go back to a backup")
    return known[name], content


def keep_frozen_topic(db: Database, topic: str) -> None:
    """Let a thawed database bring the topic, as JSON, that was used when it was frozen."""
    db.execute(f"CREATE TABLE {_FROZEN} (topic TEXT NOT NULL)")
    db.execute(f"INSERT INTO {_FROZEN} VALUES (?)", [topic])
    db.conn.commit()


def frozen_topic(path: Path) -> str | None:
    """The topic that a thawed database brings; `None` for any other."""
    from litreview.store.open import open_database

    if not path.is_file() or not path.stat().st_size:
        return None
    with open_database(path, readonly=True) as db:
        if not db[_FROZEN].exists():
            return None
        return str(db.execute(f"SELECT topic FROM {_FROZEN}").fetchone()[0])

"""Writes a safe copy of a knowledge base."""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from litreview import store
from litreview.errors import DatabaseError, UsageError


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was written and checked: its size in bytes, and how many decisions of people it holds."""

    path: Path
    size: int
    decisions: int
    sha256: str


def backup(path: Path, output: Path | None = None) -> Backup:
    """Copy a knowledge base whole, through SQLite, so that a writer at work does no harm; `UsageError` on an old file.

    The copy gets its name only when it is complete and has passed SQLite's check.
    """
    target = output or path.with_name(f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")
    if target.exists():
        raise UsageError(f"{target} is there already", hint="give another name with -o")
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    try:
        decisions = _copy(path, partial)
        os.link(partial, target)  # fails where the name was taken meanwhile
    finally:
        partial.unlink(missing_ok=True)
    return Backup(target, target.stat().st_size, decisions, _sha256(target))


@contextmanager
def trial(path: Path) -> Iterator[Path]:
    """A copy to try something on, thrown away afterwards; only a name where there is nothing to copy yet."""
    with tempfile.TemporaryDirectory(prefix="litreview-") as folder:
        copy = Path(folder) / path.name
        if path.exists():
            with store.open_database(path, readonly=True) as db, closing(sqlite3.connect(copy)) as target:
                db.conn.backup(target)
        yield copy


def _copy(path: Path, partial: Path) -> int:
    with store.open_database(path, readonly=True) as db:
        copy = sqlite3.connect(partial)
        try:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            decisions = int(copy.execute("SELECT count(*) FROM decisions").fetchone()[0])
        finally:
            copy.close()
    if verdict != "ok":
        raise DatabaseError(f"{path} is damaged: {verdict}", hint="go back to an earlier copy")
    return decisions


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

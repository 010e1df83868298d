"""Schema changes: `db/migrations` applied once each, `db/views` remade when their text changes."""

from collections.abc import Callable
from pathlib import Path

from litreview.resources import db_dir
from litreview.store.database import Database, Migrations, transaction

MIGRATIONS = "litreview"
"""The name under which the database remembers what was applied."""


def migrate(db: Database, folder: Path | None = None) -> None:
    """Apply what has not been applied, in the order of the files' names; each one whole or not at all."""
    steps = _migrations(folder or db_dir() / "migrations")
    if steps.pending(db):
        steps.apply(db)


def known_migrations(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the migrations that this program has."""
    return tuple(path.stem for path in _files(folder or db_dir() / "migrations"))


def newer_than_program(db: Database, folder: Path | None = None) -> tuple[str, ...]:
    """Names of applied migrations that this program does not have."""
    known = known_migrations(folder)
    return tuple(applied.name for applied in Migrations(MIGRATIONS).applied(db) if applied.name not in known)


def remake_views(db: Database, folder: Path | None = None) -> None:
    """Make the views of `folder`, a file each, in one transaction, where text or number of them has changed."""
    wanted = {path.stem: path.read_text(encoding="utf-8").strip() for path in _files(folder or db_dir() / "views")}
    wanted = {name: f'CREATE VIEW "{name}" AS\n{sql}' for name, sql in wanted.items()}
    present = {row["name"]: row["sql"] for row in db.query("SELECT name, sql FROM sqlite_master WHERE type = 'view'")}
    if wanted == present:
        return
    with transaction(db):
        drop_views(db)
        for sql in wanted.values():
            db.execute(sql)


def drop_views(db: Database) -> None:
    """Take every view away, so that the tables they read can be made anew."""
    for row in list(db.query("SELECT name FROM sqlite_master WHERE type = 'view'")):
        db.execute(f'DROP VIEW "{row["name"]}"')


def _migrations(folder: Path) -> Migrations:
    steps = Migrations(MIGRATIONS)
    for path in _files(folder):
        steps(name=path.stem)(_runner(path))
    return steps


def _runner(path: Path) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        # Of the database, not of its connection: that one would commit what is open and leave half a schema.
        db.executescript(path.read_text(encoding="utf-8"))

    return run


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sql"))

"""The tables that a knowledge base is made of, row by row: out into a package and in again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from litreview.store.database import Database, Migrations
from litreview.store.migrate import MIGRATIONS

Kind = Literal["text", "integer", "number", "bytes", "any"]
_KINDS: dict[str, Kind] = {"TEXT": "text", "INTEGER": "integer", "REAL": "number", "BLOB": "bytes"}
_MACHINERY = ("sqlite_", "_")


@dataclass(frozen=True, slots=True)
class KeptColumn:
    """A column with what it holds, `any` where that was not declared; `is_needed` where it is never without a value."""

    name: str
    kind: Kind
    is_needed: bool


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table whose rows are the content itself, not something made from it."""

    name: str
    columns: tuple[KeptColumn, ...]
    key: tuple[str, ...]
    ordered_by: str

    def sql(self, *, but: str = "") -> str:
        """Gives all rows, but those of a condition, in the order in which they came."""
        rows = f'"{self.name}"' + (f" WHERE NOT ({but})" if but else "")
        return f"SELECT {_quoted(column.name for column in self.columns)} FROM {rows} ORDER BY {self.ordered_by}"


def kept_tables(db: Database) -> tuple[KeptTable, ...]:
    """All tables but the indexes of words and what SQLite keeps for itself, in the order in which they were made."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    indexes = _indexes(db)
    found = (_kept(db, name, sql) for name, sql in sorted(rows) if not name.startswith((*_MACHINERY, *indexes)))
    return tuple(found)


def fill_table(db: Database, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Replace all rows of a table; columns that are not named have their defaults."""
    marks = ", ".join("?" * len(columns))
    db.execute(f'DELETE FROM "{name}"')
    db.conn.executemany(f'INSERT INTO "{name}" ({_quoted(columns)}) VALUES ({marks})', rows)


def rebuild_indexes(db: Database) -> None:
    """Make the indexes of words anew from the tables they are for."""
    for name in _indexes(db):
        db.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')')


def migrations_of(db: Database) -> tuple[str, ...]:
    """Names of the migrations that the database has."""
    return tuple(applied.name for applied in Migrations(MIGRATIONS).applied(db))


def _indexes(db: Database) -> list[str]:
    return [name for name in db.table_names() if "USING FTS" in (db[name].schema or "").upper()]


def _kept(db: Database, name: str, sql: str) -> KeptTable:
    info = db.execute(f'PRAGMA table_info("{name}")').fetchall()
    key = tuple(column for _, column, _, _, _, place in sorted(info, key=lambda one: one[5]) if place)
    columns = tuple(
        KeptColumn(column, _KINDS.get(kind.upper(), "any"), bool(needed or place))
        for _, column, kind, needed, _, place in info
    )
    by_key = "WITHOUT ROWID" in sql.upper()
    return KeptTable(name, columns, key, _quoted(key) if by_key else "rowid")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)

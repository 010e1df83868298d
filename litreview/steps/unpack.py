"""Makes a knowledge base from a package that was exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from litreview import rules, store
from litreview.errors import DatabaseError, ReadError, UsageError
from litreview.export.package.cells import read
from litreview.export.package.read import Unpacked, open_package
from litreview.model.topic import Topic

_WIDE = ("cases", "patients")  # of these a topic may have lost attributes since


def unpack(source: Path, path: Path, *, rules_dir: Path | None = None) -> int:
    """Make the knowledge base `path` from a package, with all its runs and decisions; how many cases it has.

    It appears whole or not at all. Raises `UsageError` where there is one already, `ReadError` for what is no package
    of ours or was changed, `DatabaseError` for one of a newer program.
    """
    if path.exists() and path.stat().st_size:
        raise UsageError(f"{path} is there already", hint="name a new file for what the package holds")
    try:
        stream = source.open("rb")
    except OSError as error:
        raise ReadError(f"{source} cannot be read: {error.strerror}", hint="name a package.zip") from None
    with stream:
        package = open_package(stream, source.name)
        topic = rules.load(_told(package)["topic"], rules_dir)
        return fill(package, path, topic)


def fill(package: Unpacked, path: Path, topic: Topic) -> int:
    """Make `path` from an opened package."""
    _check_age(package)
    unfinished = path.with_name(f".{path.name}.unpacked")
    try:
        with store.open_database(unfinished, topic=topic, create=True) as db:
            with store.transaction(db):
                db.execute("PRAGMA defer_foreign_keys = ON")
                _fill_tables(db, package)
                store.rebuild_indexes(db)
            cases = int(db.execute("SELECT count(*) FROM cases").fetchone()[0])
        unfinished.replace(path)
    finally:
        for left in (unfinished, *(unfinished.with_name(unfinished.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
    return cases


def _told(package: Unpacked) -> dict[str, Any]:
    told = package.descriptor.get("litreview")
    if not isinstance(told, dict) or not {"topic", "migrations"} <= set(told):
        raise ReadError(f"{package.name} is another program's package", hint="litreview reads those it has exported")
    return told


def _check_age(package: Unpacked) -> None:
    unknown = [name for name in _told(package)["migrations"] if name not in store.known_migrations()]
    if unknown:
        raise DatabaseError(
            f"{package.name} was written by a newer litreview (it has {unknown[-1]})",
            hint="update this program: pip install --upgrade litreview",
        )


def _fill_tables(db: store.Database, package: Unpacked) -> None:
    kept = {table.name: table for table in store.kept_tables(db)}
    for name in package.tables:
        if name not in kept:
            raise ReadError(f"{package.name}: there is no table {name}", hint="export the package again")
        rows = iter(package.rows(name))
        header = next(rows, [])
        columns = {column.name: column for column in kept[name].columns}
        unknown = [column for column in header if column not in columns]
        if unknown and name not in _WIDE:
            raise ReadError(f"{package.name}: {name} has no column {unknown[0]}", hint="export the package again")
        taken = [(place, columns[column]) for place, column in enumerate(header) if column in columns]
        names = tuple(column.name for _, column in taken)
        store.fill_table(db, name, names, _values(rows, taken, len(header), f"{package.name}: {name}"))


def _values(
    rows: Iterator[Sequence[str]], taken: list[tuple[int, store.KeptColumn]], width: int, where: str
) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise ReadError(f"{where}: row {number} has {len(row)} cells, not {width}", hint="export the package again")
        yield tuple(read(row[place], column.kind, nullable=not column.is_needed) for place, column in taken)

"""The one door to sqlite-utils, and transactions that take the write lock at once."""

import contextlib
import sys
from collections.abc import Iterator
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

__all__ = ["Database", "Migrations", "transaction"]


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

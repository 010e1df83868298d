"""What is made from a whole knowledge base, kept until anybody commits anything to the database."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from litreview.serve.knowledge import Knowledge

T = TypeVar("T")
State = tuple[int, ...]

_MOST = 2_000
"""So many answers are kept, those first dropped that nobody has asked for the longest."""

_kept: OrderedDict[Hashable, tuple[State, object]] = OrderedDict()
_making: dict[Hashable, Lock] = {}
_touching = Lock()


def remembered(make: Callable[[Knowledge], T], known: Knowledge) -> T:
    """What `make` gives for the knowledge base as it stands; of several who ask at once one makes it for all."""
    key = (known, make)
    with _making.setdefault(key, Lock()):
        now = state(known)
        found = recalled(key, now)
        if found is None:
            found = (make(known),)
            keep(key, now, found[0])
        return cast(T, found[0])


def recalled(key: Hashable, now: State) -> tuple[object] | None:
    """What was kept under the key at this very state, alone in a tuple; `None` where nothing was."""
    with _touching:
        kept = _kept.get(key)
        if kept is None or kept[0] != now:
            return None
        _kept.move_to_end(key)
        return (kept[1],)


def keep(key: Hashable, before: State, value: object) -> None:
    """Keep what was made, with the state that was read *before* it was: it may be newer than that, never older."""
    with _touching:
        _kept[key] = (before, value)
        _kept.move_to_end(key)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)


def state(known: Knowledge) -> State:
    """The database's file and its count of commits: times and sizes of files may be the same after two of them."""
    watch = _watches.setdefault(known, _Watch())
    stat = known.path.stat()
    file = (stat.st_dev, stat.st_ino)
    with watch.lock:
        if watch.file != file:
            watch.open(known.path, file)
        # A file that nobody can write along with has no count; its time is enough.
        return (*file, watch.commits() if watch.connection else stat.st_mtime_ns)


@dataclass(slots=True)
class _Watch:
    """A connection that does nothing but tell whether another one has committed since."""

    connection: sqlite3.Connection | None = None
    file: State = ()
    lock: Lock = field(default_factory=Lock)

    def open(self, path: Path, file: State) -> None:
        """Watch this file, in place of one that was there before."""
        if self.connection:
            self.connection.close()
        self.connection, self.file = (
            sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False),
            file,
        )
        try:
            self.commits()
        except sqlite3.OperationalError:
            self.connection.close()
            self.connection = None

    def commits(self) -> int:
        """A number that is another one after each commit of anybody else."""
        assert self.connection is not None
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])


_watches: dict[Knowledge, _Watch] = {}

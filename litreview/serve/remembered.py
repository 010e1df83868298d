"""What is made from a whole knowledge base, kept until the database changes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar, cast

from litreview.serve.knowledge import Knowledge

T = TypeVar("T")
_kept: dict[tuple[Knowledge, Callable[..., Any]], tuple[object, Any]] = {}
_making: dict[tuple[Knowledge, Callable[..., Any]], Lock] = {}


def remembered(make: Callable[[Knowledge], T], known: Knowledge) -> T:
    """What `make` gives for the knowledge base as it stands; of several who ask at once one makes it for all."""
    key = (known, make)
    with _making.setdefault(key, Lock()):
        state = _state(known)
        if key not in _kept or _kept[key][0] != state:
            _kept[key] = (state, make(known))
        return cast(T, _kept[key][1])


def _state(known: Knowledge) -> tuple[tuple[int, int], ...]:
    """Size and time of the database's files."""
    files = [known.path, known.path.with_name(f"{known.path.name}-wal")]
    return tuple((stat.st_size, stat.st_mtime_ns) for file in files if file.exists() for stat in [file.stat()])

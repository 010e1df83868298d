"""Exports a table of a knowledge base, or what is made from several, to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from litreview import store
from litreview.errors import UsageError
from litreview.export import Format, Table, check_suffix, write
from litreview.steps.exported import Source
from litreview.steps.exported.whats import WHATS

__all__ = ["WHATS", "export", "export_to", "formats_of", "table"]


def export(
    path: Path, what: str, output: Path, *, rules_dir: Path | None = None, outcome: str = "", by: tuple[str, ...] = ()
) -> str:
    """Write a table or what else there is in the format of the file's suffix; what was written, in words.

    Raises `UsageError`, with what there is, for an unknown table or suffix, or a choice where there is none.
    """
    formats = formats_of(what)
    _check_choice(what, outcome, by)
    check_suffix(output, formats)
    suffix = output.suffix.lower()
    if output.exists() and output.samefile(path):
        raise UsageError(f"{output} is the database itself", hint="name another file")
    with _source(path, rules_dir, outcome, by) as source:
        content = WHATS[what].content(source, what, suffix)
        return WHATS[what].told(what, suffix, write(content, output, formats))


def export_to(
    path: Path,
    what: str,
    stream: IO[Any],
    *,
    suffix: str = "",
    rules_dir: Path | None = None,
    outcome: str = "",
    by: tuple[str, ...] = (),
) -> None:
    """Like `export`, to an open stream; without a suffix in the first of the formats."""
    formats = formats_of(what)
    _check_choice(what, outcome, by)
    chosen = suffix or next(iter(formats))
    if formats[chosen].binary and not suffix:
        raise UsageError(f"{what} is nothing to print", hint=f"write it to a file: -o {what}{chosen}")
    with _source(path, rules_dir, outcome, by) as source:
        formats[chosen].write(WHATS[what].content(source, what, chosen), stream)


def formats_of(what: str) -> dict[str, Format]:
    """The formats, by suffix, that it can be written in; `UsageError` where there is no such thing."""
    if what not in WHATS:
        raise UsageError(f"there is no {what!r} to export", hint=f"one of {', '.join(WHATS)}")
    return WHATS[what].formats


@contextmanager
def table(path: Path, what: str, *, rules_dir: Path | None = None) -> Iterator[Table]:
    """A table of the knowledge base, its rows read while they are asked for."""
    formats_of(what)
    with _source(path, rules_dir) as source:
        found = WHATS[what].content(source, what, ".csv")
        assert isinstance(found, Table)
        yield found


def _check_choice(what: str, outcome: str, by: tuple[str, ...]) -> None:
    if (outcome or by) and not WHATS[what].chosen:
        able = ", ".join(name for name, each in WHATS.items() if each.chosen)
        raise UsageError(f"{what} has no outcome or subgroup to choose", hint=f"these are for {able}")


@contextmanager
def _source(path: Path, rules_dir: Path | None, outcome: str = "", by: tuple[str, ...] = ()) -> Iterator[Source]:
    with store.open_database(path, readonly=True) as db:
        yield Source(db, path, rules_dir, outcome, by)

"""Whether two knowledge bases are the same: every table but the logs of runs, and every export byte by byte."""

import io
from datetime import UTC, datetime
from pathlib import Path

from litreview import store
from litreview.errors import TopicError
from litreview.steps.export import WHATS, export_to

# What tells of runs: how often a command was begun, and what was asked of PubMed in each.
LOGS = {"runs", "versions", "searches", "search_results", "search_changes"}
TOLD_BY_RUNS = {"searches", "problems"}


class Noon(datetime):
    """A clock that stands still, to take the place of `datetime` in `litreview.store.documents`."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        """Noon of a day."""
        return datetime(2026, 3, 1, 12, tzinfo=UTC)


def content(path: Path, *, logs: set[str] = LOGS) -> dict[str, list[str]]:
    """The rows of every table but the logs, each table in an order of its own."""
    with store.open_database(path, readonly=True) as db:
        inner = ("_sqlite_migrations", "passages_fts_")
        names = [name for name in db.table_names() if name not in logs and not name.startswith(inner)]
        return {name: sorted(map(repr, map(tuple, db.execute(f'SELECT * FROM "{name}"')))) for name in names}


def exports(path: Path, rules_dir: Path | None = None) -> dict[str, str]:
    """Everything that can be exported as text, but what tells of runs, each in the first of its formats."""
    return {what: _written(path, what, rules_dir) for what in WHATS if what not in TOLD_BY_RUNS and _suffix(what)}


def _written(path: Path, what: str, rules_dir: Path | None) -> str:
    """The text, or the sentence that says what the topic lacks for it."""
    stream = io.StringIO()
    try:
        export_to(path, what, stream, suffix=_suffix(what), rules_dir=rules_dir)
    except TopicError as error:
        return error.message
    return stream.getvalue()


def _suffix(what: str) -> str:
    return next((suffix for suffix, form in WHATS[what].formats.items() if not form.binary), "")

"""Where a knowledge base stands: counts by stage, searches, problems, what waits for a person."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litreview import store
from litreview.model.bibliography import Problem


@dataclass(frozen=True, slots=True)
class Status:
    """Counts in the order of the stages; searches, queue and wanted reports as rows.

    `version` is the latest version of the review with command and moment, empty where there is none.
    """

    topic: str
    version: str
    counts: dict[str, int]
    searches: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    waiting: tuple[dict[str, Any], ...]
    wanted: tuple[dict[str, Any], ...]
    fates: tuple[dict[str, Any], ...]
    query_changes: tuple[dict[str, Any], ...]


def status(path: Path) -> Status:
    """Read the state of a knowledge base without changing it."""
    with store.open_database(path, readonly=True) as db:
        return Status(
            topic=db.execute("SELECT value FROM meta WHERE key = 'topic'").fetchone()[0],
            version=store.version_line(db),
            counts=store.counts(db),
            searches=store.last_searches(db),
            problems=store.load_problems(db),
            waiting=store.waiting(db),
            wanted=store.wanted(db),
            fates=store.fates(db),
            query_changes=store.query_changes(db),
        )

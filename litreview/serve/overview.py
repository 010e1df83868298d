"""The numbers of the home page."""

import io
import sqlite3
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from litreview.serve.knowledge import Knowledge
from litreview.serve.news import last_news
from litreview.serve.reading import at_once, one, rows


@dataclass(frozen=True, slots=True)
class Overview:
    """Where a knowledge base stands."""

    counts: dict[str, int]
    excluded: tuple[dict[str, Any], ...]
    searched_at: str
    changed_at: str
    newest: tuple[dict[str, Any], ...]
    waiting: int
    wanted: int
    problems: int
    news: dict[str, Any] | None


def overview(known: Knowledge) -> Overview:
    """Counts, reasons for exclusion, and the newest reports that count."""
    return at_once(known, lambda connection: _overview(connection, known))


def _overview(connection: sqlite3.Connection, known: Knowledge) -> Overview:
    last_search = one(connection, "SELECT max(searched_at) AS at FROM searches") or {}
    last_run = one(connection, _LAST_RUN) or {}
    return Overview(
        counts={name: _count(connection, sql) for name, sql in _COUNTED.items()},
        excluded=tuple(_excluded(connection, known)),
        searched_at=last_search["at"] or "",
        changed_at=last_run["at"] or "",
        newest=tuple(rows(connection, _NEWEST)),
        waiting=_count(connection, "SELECT count(*) FROM queue"),
        wanted=_count(connection, "SELECT count(*) FROM wanted"),
        problems=_count(connection, "SELECT count(*) FROM problems"),
        news=last_news(connection),
    )


def flow_picture(known: Knowledge) -> Markup:
    """The flow of records as `litreview export` draws it, to stand in a page; its texts are escaped by who draws it."""
    from litreview.steps.export import export_to

    stream = io.StringIO()
    export_to(known.path, "flow", stream, suffix=".svg", rules_dir=known.rules_dir)
    return Markup(stream.getvalue())


def _count(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _excluded(connection: sqlite3.Connection, known: Knowledge) -> list[dict[str, Any]]:
    found = rows(
        connection,
        "SELECT coalesce(exclusion_reason, '') AS reason, count(*) AS n FROM records WHERE duplicate_of IS NULL "
        "AND eligible = 'no' GROUP BY reason ORDER BY n DESC, reason",
    )
    most = max((row["n"] for row in found), default=1)
    definitions: dict[str, str] = {}
    for exclusion in known.topic.eligibility.exclusions if known.topic else ():
        definitions.setdefault(exclusion.reason, exclusion.definition)
    return [row | {"share": row["n"] / most, "definition": definitions.get(row["reason"], "")} for row in found]


_COUNTED = {
    "records": "SELECT count(*) FROM records WHERE status <> 'deleted'",
    "duplicates": "SELECT count(*) FROM records WHERE duplicate_of IS NOT NULL AND status <> 'deleted'",
    "included": "SELECT count(*) FROM records WHERE eligible = 'yes' AND duplicate_of IS NULL",
    "excluded": "SELECT count(*) FROM records WHERE eligible = 'no' AND duplicate_of IS NULL",
    "unscreened": "SELECT count(*) FROM records WHERE eligible IS NULL AND duplicate_of IS NULL "
    "AND status <> 'deleted'",
    "cases": "SELECT count(*) FROM cases WHERE eligible = 'yes' AND case_source = 'own'",
    "cited": "SELECT count(*) FROM cases WHERE case_source = 'cited'",
    "patients": "SELECT count(*) FROM patients",
    "findings": "SELECT count(*) FROM findings JOIN cases USING (case_id) "
    "WHERE eligible = 'yes' AND case_source = 'own'",
}

_LAST_RUN = (
    "SELECT max(finished_at) AS at FROM runs WHERE outcome IN ('done', 'unchanged') AND command NOT LIKE 'review%'"
)
_NEWEST = """
SELECT record_id, title, authors, journal, year, status,
       (SELECT count(*) FROM cases WHERE cases.record_id = records.record_id AND case_source = 'own') AS cases
FROM records
WHERE eligible = 'yes' AND duplicate_of IS NULL
ORDER BY year DESC, record_id DESC
LIMIT 8
"""

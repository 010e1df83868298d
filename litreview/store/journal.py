"""The log of a knowledge base: runs, searches, problems."""

from __future__ import annotations

import json
import platform
import sqlite3
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from litreview.model.bibliography import Problem
from litreview.model.review import QueryChange, SearchRun
from litreview.store.database import Database, transaction
from litreview.store.documents import now

if TYPE_CHECKING:
    from litreview.model.topic import Topic

_DEPENDENCIES = ("beautifulsoup4", "biopython", "lxml", "pydantic", "rapidfuzz", "spacy", "sqlite-utils")


def start_run(db: Database, command: str, topic: Topic) -> int:
    """Note that a command has begun, with the versions of everything that makes its result; the run's number."""
    row = {
        "command": command,
        "started_at": now(),
        "version": _version("litreview"),
        "topic_version": topic.version,
        "rules_hash": topic.rules_hash,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "dependencies": json.dumps({name: _version(name) for name in _DEPENDENCIES}),
    }
    places = ", ".join("?" * len(row))
    cursor = db.execute(f"INSERT INTO runs ({', '.join(row)}) VALUES ({places})", list(row.values()))
    return int(cursor.lastrowid or 0)


def finish_run(db: Database, run_id: int, counts: Mapping[str, int], *, outcome: str = "done") -> None:
    """Note how a run ended: `done`, `unchanged`, `failed` or `interrupted`, and what it counted."""
    db.execute(
        "UPDATE runs SET finished_at = ?, outcome = ?, counts = ? WHERE run_id = ?",
        [now(), outcome, json.dumps(dict(counts)), run_id],
    )


def save_search(db: Database, search: SearchRun, *, new_records: int) -> int:
    """Keep a search as it was asked and answered; its number."""
    row = {
        "database": search.database,
        "url": search.url,
        "name": search.name,
        "query": search.query,
        "translation": search.translation,
        "count": search.count,
        "new_records": new_records,
        "searched_at": search.searched_at,
        "clauses_off": "; ".join(search.clauses_off),
        "platform": search.platform,
        "limits": search.limits,
        "asked_by": search.asked_by,
    }
    with transaction(db):
        places = ", ".join("?" * len(row))
        cursor = db.execute(f"INSERT INTO searches ({', '.join(row)}) VALUES ({places})", list(row.values()))
        search_id = int(cursor.lastrowid or 0)
        db.table("search_results").insert_all(
            ({"search_id": search_id, "pmid": pmid} for pmid in dict.fromkeys(search.ids)), batch_size=5000
        )
        db.execute(_VERSION, [search_id])
        return search_id


def former_query(db: Database, name: str, query: str) -> tuple[str, str]:
    """What a named search asked the last time, and when, where it asked something else; empty where it did not."""
    row = db.execute(
        "SELECT query, searched_at FROM searches WHERE name = ? ORDER BY search_id DESC LIMIT 1", [name]
    ).fetchone()
    return (str(row[0]), str(row[1])) if row and row[0] != query else ("", "")


def save_query_change(db: Database, search_id: int, change: QueryChange) -> None:
    """Keep what a changed query gains and loses, with the search that asked it first."""
    told = {"gained": change.gained, "lost": change.lost}
    rows = [{"search_id": search_id, "change": how, "pmid": pmid} for how, ids in told.items() for pmid in ids]
    with transaction(db):
        db.table("search_changes").insert_all(rows)


def query_changes(db: Database) -> tuple[dict[str, Any], ...]:
    """Of each named search the latest change of its query, with the ids that it gains and loses, joined by blanks."""
    return tuple(db.query(_QUERY_CHANGES))


def mark_search_fetched(db: Database, search_id: int) -> None:
    """Note that all that a search found, new and revised, has been fetched."""
    db.execute("UPDATE searches SET fetched_at = ? WHERE search_id = ?", [now(), search_id])


def last_fetched_search(db: Database, query: str) -> str:
    """When (UTC) this query was last asked and its answer fetched.

    For a query that never was, when the first of all was; empty where there is none.
    """
    row = db.execute(
        "SELECT coalesce(max(CASE WHEN query = ? THEN searched_at END), min(searched_at), '') "
        "FROM searches WHERE fetched_at IS NOT NULL",
        [query],
    ).fetchone()
    return str(row[0])


def save_problem(db: Database, problem: Problem) -> None:
    """Keep a problem; the same one again only renews its moment."""
    row = {
        "stage": problem.stage,
        "subject": problem.subject,
        "sentence": problem.sentence,
        "hint": problem.hint,
        "noticed_at": now(),
    }
    db.table("problems").upsert(row, pk=("stage", "subject", "sentence"))


def clear_problems(db: Database, stage: str, subjects: Iterable[str]) -> None:
    """Forget the problems of subjects that have now gone well."""
    with transaction(db):
        for subject in subjects:
            db.execute("DELETE FROM problems WHERE stage = ? AND subject = ?", [stage, subject])


def problems_of(db: Database, stage: str, begins: str) -> tuple[str, ...]:
    """Subjects of a stage's problems that begin so, such as with a file's name."""
    rows = db.execute(
        "SELECT DISTINCT subject FROM problems WHERE stage = ? AND substr(subject, 1, ?) = ?",
        [stage, len(begins), begins],
    )
    return tuple(str(row[0]) for row in rows.fetchall())


def load_problems(db: Database) -> tuple[Problem, ...]:
    """All problems, by stage and subject."""
    rows = db.query("SELECT stage, subject, sentence, hint FROM problems ORDER BY stage, subject, sentence")
    return tuple(Problem(**row) for row in rows)


def counts(db: Database) -> dict[str, int]:
    """How much of each kind there is, in the order of the review's stages."""
    return {name: int(db.execute(sql).fetchone()[0]) for name, sql in _COUNTED.items()}


def last_searches(db: Database, n: int = 3) -> tuple[dict[str, Any], ...]:
    """The latest searches, newest first, as rows."""
    return tuple(db.query("SELECT * FROM searches ORDER BY search_id DESC LIMIT ?", [n]))


def wanted(db: Database) -> tuple[dict[str, Any], ...]:
    """Included reports without full text, as rows."""
    return tuple(db.query("SELECT * FROM wanted"))


def fates(db: Database) -> tuple[dict[str, Any], ...]:
    """Records that were corrected, doubted, retracted or deleted, as rows."""
    return tuple(db.query("SELECT * FROM fates"))


def waiting(db: Database) -> tuple[dict[str, Any], ...]:
    """What waits for a person, as rows."""
    return tuple(db.query("SELECT * FROM queue"))


# The same query under the same name is the same version, also where it comes back after another.
_VERSION = (
    "UPDATE searches SET query_version = (SELECT count(DISTINCT earlier.query) FROM searches AS earlier "
    "WHERE earlier.name = searches.name AND earlier.search_id <= (SELECT min(first.search_id) FROM searches AS first "
    "WHERE first.name = searches.name AND first.query = searches.query)) WHERE search_id = ?"
)
_IDS = (
    "(SELECT group_concat(pmid, ' ') FROM search_changes WHERE search_changes.search_id = searches.search_id "
    "AND change = '{}') AS {}"
)
_QUERY_CHANGES = (
    f"SELECT name, searched_at, query_version, {_IDS.format('gained', 'gained')}, {_IDS.format('lost', 'lost')} "
    "FROM searches WHERE search_id IN (SELECT max(search_id) FROM searches JOIN search_changes USING (search_id) "
    "GROUP BY name) ORDER BY name"
)
_COUNTED = {
    "records": "SELECT count(*) FROM records",
    "duplicates": "SELECT count(*) FROM records WHERE duplicate_of IS NOT NULL",
    "documents": "SELECT count(*) FROM documents",
    "full texts": "SELECT count(*) FROM documents WHERE kind = 'fulltext'",
    "included reports": "SELECT count(*) FROM records WHERE eligible = 'yes' AND duplicate_of IS NULL",
    "excluded reports": "SELECT count(*) FROM records WHERE eligible = 'no' AND duplicate_of IS NULL",
    "cases": "SELECT count(*) FROM cases WHERE eligible = 'yes' AND case_source = 'own'",
    "cited cases": "SELECT count(*) FROM cases WHERE case_source = 'cited'",
    "patients": "SELECT count(*) FROM patients",
    "findings": "SELECT count(*) FROM findings",
    "decisions": "SELECT count(*) FROM decisions WHERE undone_at IS NULL",
    "problems": "SELECT count(*) FROM problems",
}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

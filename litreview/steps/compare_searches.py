"""Runs all searches of a topic and says what each finds that another misses."""

from dataclasses import dataclass
from itertools import permutations

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import QueryChange, SearchRun
from litreview.model.search import Search
from litreview.pubmed.client import Client
from litreview.steps.search import chosen, compared_with_known, keep, run_of
from litreview.steps.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database knows of a PMID; `eligible` is yes, no, or empty where it was not screened yet."""

    pmid: str
    year: int | None
    title: str
    eligible: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A search with its answer, how many of the eligible reports it finds, and what a change of its query did."""

    search: Search
    run: SearchRun
    eligible: int
    query_change: QueryChange | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What one search finds and another misses: records in the database, and PMIDs that are not in it."""

    finds: str
    misses: str
    stored: tuple[Stored, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All searches side by side; `eligible` is the number of eligible reports with a PMID in the database."""

    answers: tuple[Answer, ...]
    differences: tuple[Difference, ...]
    eligible: int


def compare(work: Workspace, client: Client) -> Comparison:
    """Ask every search of the topic, keep each, and compare their answers; nothing is fetched."""
    if not work.topic.searches:
        raise UsageError(f"the topic {work.topic.name} has no searches", hint="write them in its searches.yaml")
    reports = eligible_reports(work.db)
    answers = tuple(_answer(work, client, search, reports) for search in work.topic.searches)
    stored = _stored(work.db)
    differences = tuple(_difference(one, other, stored) for one, other in permutations(answers, 2))
    work.count("searches", len(answers))
    return Comparison(answers, differences, len(reports))


def eligible_reports(db: store.Database) -> tuple[frozenset[str], ...]:
    """The PMIDs of each eligible report, duplicates with it; reports without any are left out."""
    return tuple(frozenset(pmids) for pmids in store.pmids_of_included(db).values() if pmids)


def _answer(work: Workspace, client: Client, search: Search, reports: tuple[frozenset[str], ...]) -> Answer:
    run = run_of(client, chosen(work.topic, name=search.name))
    found = keep(
        work, client, compared_with_known(client, run, store.revisions(work.db), since="", gone=store.gone(work.db))
    )
    ids = frozenset(run.ids)
    return Answer(search, run, sum(not ids.isdisjoint(pmids) for pmids in reports), found.query_change)


def _stored(db: store.Database) -> dict[str, Stored]:
    rows = db.execute("SELECT pmid, year, title, coalesce(eligible, '') FROM records WHERE pmid IS NOT NULL")
    return {str(row[0]): Stored(str(row[0]), *row[1:]) for row in rows.fetchall()}


def _difference(one: Answer, other: Answer, stored: dict[str, Stored]) -> Difference:
    missed = set(other.run.ids)
    only = [pmid for pmid in one.run.ids if pmid not in missed]
    return Difference(
        one.run.name,
        other.run.name,
        tuple(stored[pmid] for pmid in only if pmid in stored),
        tuple(pmid for pmid in only if pmid not in stored),
    )

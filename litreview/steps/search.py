"""Searches PubMed with the topic's query and keeps the search as a record."""

import getpass
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import QueryChange, SearchRun
from litreview.model.search import Clause, Search
from litreview.model.topic import Topic
from litreview.pubmed.client import Client
from litreview.pubmed.search import search as ask
from litreview.steps.workspace import Workspace

PUBMED = "PubMed"
"""What the flow calls it."""

NAMED_AT_ONCE = 300
"""So many PMIDs fit a query beside its own words."""

OWN = "own"
"""The name of a search that is none of the topic's."""


@dataclass(frozen=True, slots=True)
class Found:
    """A search's answer against what is known: ids that are new, and known ones revised since they were read.

    `search_id` is the number it is kept under, 0 where it is not kept; `query_change` is there where the search of
    this name asked something else the last time.
    """

    run: SearchRun
    new: tuple[str, ...]
    revised: tuple[str, ...]
    search_id: int = 0
    query_change: QueryChange | None = None

    @property
    def to_fetch(self) -> tuple[str, ...]:
        """All ids worth fetching."""
        return (*self.new, *self.revised)


def search(work: Workspace, client: Client, *, name: str = "", query: str = "", without: Iterable[str] = ()) -> Found:
    """Ask PubMed, and keep question, translation, count, ids and the clauses that were off."""
    asked = chosen(work.topic, name=name, query=query, without=without)
    run = run_of(client, asked)
    known, since = store.revisions(work.db), last_fetched_day(work.db, run.query)
    found = compared_with_known(client, run, known, since=since, gone=store.gone(work.db))
    kept = keep(work, client, found)
    work.count("records found", found.run.count)
    work.count("not known before", len(found.new))
    work.count("revised", len(found.revised))
    return kept


def keep(work: Workspace, client: Client, found: Found) -> Found:
    """Keep an answer as a record, with what its query gains and loses where that is not what it was the last time."""
    change = _query_change(work, client, found.run)
    search_id = store.save_search(work.db, found.run, new_records=len(found.new))
    store.note_found_by_search(work.db, search_id, PUBMED)
    if change:
        store.save_query_change(work.db, search_id, change)
    return replace(found, search_id=search_id, query_change=change)


def chosen(topic: Topic, *, name: str = "", query: str = "", without: Iterable[str] = ()) -> Search:
    """The search to send: one of the topic's less some of its clauses, or a query of one's own.

    Raises `UsageError` for a search or clause that there is not, and where no clause is left.
    """
    off = frozenset(without)
    if query and off:
        raise UsageError("a query of your own has no clauses to leave out", hint="leave out --query, or --without")
    asked = Search(name=OWN, title="", query=query) if query else search_named(topic, name)
    _check_clauses(asked, off)
    switched = {block: tuple(_switched(clause, off) for clause in clauses) for block, clauses in asked.blocks.items()}
    asked = asked.model_copy(update={"blocks": switched})
    if not asked.text():
        raise UsageError(f"nothing is left of the search {asked.name}", hint="leave at least one clause on")
    return asked


def run_of(client: Client, asked: Search) -> SearchRun:
    """Ask PubMed without keeping anything."""
    answer = ask(client, asked.text())
    return SearchRun(
        database="pubmed",
        url=client.settings.base_url,
        name=asked.name,
        query=answer.query,
        translation=answer.translation,
        count=answer.count,
        ids=answer.ids,
        searched_at=answer.searched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        clauses_off=tuple(clause.name for clauses in asked.blocks.values() for clause in clauses if not clause.on),
        platform="E-utilities",
        limits=", ".join(f"{kind} {value}" for kind, value in answer.dates) or "none beside the query",
        asked_by=client.settings.email or _user(),
    )


def compared_with_known(
    client: Client, run: SearchRun, known: Mapping[str, str], *, since: str, gone: Container[str] = ()
) -> Found:
    """What of an answer is new, and what was revised.

    `known` maps PMIDs to the dates of revision they were read at; `since` is the day from which revisions may have been
    missed (empty: none were). `gone` are PMIDs that PubMed counts and no longer has.
    """
    new = tuple(pmid for pmid in run.ids if pmid not in known and pmid not in gone)
    if not since or len(new) == len(run.ids):
        return Found(run, new, ())
    return Found(run, new, tuple(_revised(client, run, known, since)))


def search_named(topic: Topic, name: str) -> Search:
    """A search of the topic, the default one for no name; `UsageError` where there is none."""
    try:
        return topic.search(name)
    except KeyError:
        known = ", ".join(item.name for item in topic.searches)
        raise UsageError(
            f"the topic {topic.name} has no search {name!r}"
            if name
            else f"the topic {topic.name} has no default search",
            hint=f"one of: {known}" if known else "write one in its searches.yaml",
        ) from None


def last_fetched_day(db: store.Database, query: str) -> str:
    """The day (`YYYY-MM-DD`, UTC) up to which a query's records are up to date, empty where it cannot be told.

    A search that nothing was fetched after does not count: what was revised before it would be passed over for good.
    """
    return store.last_fetched_search(db, query)[:10]


def _query_change(work: Workspace, client: Client, run: SearchRun) -> QueryChange | None:
    """What the query gains and loses by its new words alone: the former ones are asked again, at the same time."""
    former, last_asked = store.former_query(work.db, run.name, run.query)
    if not former or run.name == OWN:
        return None
    then, now = dict.fromkeys(ask(client, former).ids), dict.fromkeys(run.ids)
    gained, lost = (pmid for pmid in now if pmid not in then), (pmid for pmid in then if pmid not in now)
    return QueryChange(former, last_asked, tuple(gained), tuple(lost))


def _user() -> str:
    """The name of the account, where the system tells it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _check_clauses(asked: Search, off: frozenset[str]) -> None:
    names = [clause.name for clauses in asked.blocks.values() for clause in clauses]
    unknown = sorted(off.difference(names))
    if unknown and not names:
        raise UsageError(
            f"the search {asked.name} is one query, without clauses", hint="choose another search with --search"
        )
    if unknown:
        raise UsageError(f"the search {asked.name} has no clause {unknown[0]!r}", hint=f"one of: {', '.join(names)}")


def _switched(clause: Clause, off: frozenset[str]) -> Clause:
    return clause.model_copy(update={"on": False}) if clause.name in off else clause


def _revised(client: Client, run: SearchRun, known: Mapping[str, str], since: str) -> Iterable[str]:
    """Known records that changed since they were read, in PubMed's order.

    Those read in a state of `since` or later would be in the answer for that state alone. They are asked for by name
    and from the day after it: in the same search where they are few, else day by day.
    """
    read_later: dict[str, list[str]] = defaultdict(list)
    for pmid in run.ids:
        if known.get(pmid, "") >= since:
            read_later[known[pmid][:10]].append(pmid)
    named = {pmid for pmids in read_later.values() for pmid in pmids}
    if len(named) <= NAMED_AT_ONCE:
        changed = ask(client, f"({run.query}) AND ({_revised_query(since, read_later)})").ids
        return (pmid for pmid in changed if pmid in known)
    again = {pmid for day in read_later for pmid in set(read_later[day]) & set(_changed(client, run.query, _next(day)))}
    changed = _changed(client, run.query, since)
    return (pmid for pmid in changed if pmid in again or (pmid in known and pmid not in named))


def _revised_query(since: str, read_later: Mapping[str, list[str]]) -> str:
    """Revised since that day, and after its own day for each record that was read later."""
    parts = [f"({_from(_next(day))} AND ({_named(pmids)}))" for day, pmids in read_later.items()]
    named = " OR ".join(_named(pmids) for pmids in read_later.values())
    return " OR ".join([f"({_from(since)} NOT ({named}))" if named else _from(since), *parts])


def _from(day: str) -> str:
    return f'("{day.replace("-", "/")}"[mdat] : "3000"[mdat])'


def _named(pmids: Iterable[str]) -> str:
    return " OR ".join(f"{pmid}[uid]" for pmid in pmids)


def _changed(client: Client, query: str, since: str) -> tuple[str, ...]:
    return ask(client, query, datetype="mdat", mindate=since.replace("-", "/")).ids


def _next(day: str) -> str:
    """The day after; a partial date is its first day."""
    return str(date.fromisoformat(f"{day}-01-01"[:10]) + timedelta(days=1))

"""Refreshes a knowledge base from PubMed: what is new or revised, its full text, and all that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from litreview import store
from litreview.model.topic import Topic
from litreview.pubmed.client import Client
from litreview.steps.changes import Change, changes, shifted, snapshot
from litreview.steps.fetch import fetch
from litreview.steps.search import Found, chosen, compared_with_known, last_fetched_day, run_of, search
from litreview.steps.update import update
from litreview.steps.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh has changed; `shares` are (n, N) before and after, by the summary line's title."""

    found: Found
    changes: tuple[Change, ...]
    shares: dict[str, tuple[tuple[int, int], tuple[int, int]]]


def refresh(work: Workspace, client: Client, *, name: str = "", without: Iterable[str] = ()) -> Refreshed:
    """Search, fetch what is new or revised and its full text, then update."""
    before = snapshot(work.db, work.topic)
    found = search(work, client, name=name, without=without)
    fetch(work, client, found.to_fetch)
    store.mark_search_fetched(work.db, found.search_id)
    update(work)
    after = snapshot(work.db, work.topic)
    return Refreshed(found, changes(before, after), shifted(before, after))


def dry_run(path: Path, topic: Topic, client: Client, *, name: str = "", without: Iterable[str] = ()) -> Found:
    """What a refresh would fetch; nothing is written, nor made where there is no database yet."""
    asked = chosen(topic, name=name, without=without)
    if not path.exists():
        return compared_with_known(client, run_of(client, asked), {}, since="")
    with store.open_database(path, topic=topic, readonly=True) as db:
        known, since = store.revisions(db), last_fetched_day(db, asked.text())
    return compared_with_known(client, run_of(client, asked), known, since=since)

"""Refreshes a knowledge base from PubMed: what is new or revised, its full text, and all that follows from it."""

from dataclasses import dataclass
from pathlib import Path

from litreview import store
from litreview.model.topic import Topic
from litreview.pubmed.client import Client
from litreview.steps.changes import Change, changes, shifted, snapshot
from litreview.steps.fetch import fetch
from litreview.steps.search import Found, last_search_day, look, search
from litreview.steps.update import update
from litreview.steps.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh has changed; `shares` are (n, N) before and after, by the summary line's title."""

    found: Found
    changes: tuple[Change, ...]
    shares: dict[str, tuple[tuple[int, int], tuple[int, int]]]


def refresh(work: Workspace, client: Client, *, name: str = "") -> Refreshed:
    """Search, fetch what is new or revised and its full text, then update."""
    before = snapshot(work.db, work.topic)
    found = search(work, client, name=name)
    fetch(work, client, found.to_fetch)
    update(work)
    after = snapshot(work.db, work.topic)
    return Refreshed(found, changes(before, after), shifted(before, after))


def dry_run(path: Path, topic: Topic, client: Client, *, name: str = "") -> Found:
    """What a refresh would fetch; nothing is written, nor made where there is no database yet."""
    if not path.exists():
        return look(topic, client, {}, since="", name=name)
    with store.open_database(path, topic=topic, readonly=True) as db:
        return look(topic, client, store.revisions(db), since=last_search_day(db), name=name)

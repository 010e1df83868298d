"""Refreshes a knowledge base from PubMed: what is new or revised, its full text, and all that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from litreview import store
from litreview.model.change import Version
from litreview.pubmed.client import Client
from litreview.steps.account import insist_on
from litreview.steps.changes import changed
from litreview.steps.fetch import fetch
from litreview.steps.follow import follow
from litreview.steps.search import Found, search
from litreview.steps.update import update
from litreview.steps.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh has found, and the version of the review that it made; `None` where nothing changed."""

    found: Found
    version: Version | None


def refresh(work: Workspace, client: Client, *, name: str = "", without: Iterable[str] = ()) -> Refreshed:
    """Search, fetch what is new or revised and its full text, update, and tell what has changed.

    Raises `RemoteError` in the end, with everything else done, where PubMed keeps back records that it counts.
    """
    found = search(work, client, name=name, without=without)
    withheld = (*fetch(work, client, found.to_fetch), *follow(work, client, found))
    if not withheld:
        store.mark_search_fetched(work.db, found.search_id)
    update(work)
    refreshed = Refreshed(found, changed(work))
    insist_on(withheld)
    return refreshed

"""Follows reports that count and that the search does not find: they may be revised, retracted, deleted or merged."""

from litreview import store
from litreview.model.bibliography import Problem, Record
from litreview.pubmed.client import Client
from litreview.pubmed.fates import Fate, fates
from litreview.pubmed.fetch import fetch_records
from litreview.readers.pubmed import read_tree
from litreview.steps.account import account
from litreview.steps.add import save_items
from litreview.steps.fetch import fetch_fulltexts
from litreview.steps.search import PUBMED, Found
from litreview.steps.workspace import Workspace


def follow(work: Workspace, client: Client, found: Found) -> tuple[str, ...]:
    """Fetch again what the search does not look after, and note what PubMed has no more.

    The search tells of revisions of what it finds; an included report that came in another way, or that it finds no
    more, would stay as it was for ever. A PMID that PubMed never gave is not deleted but mistyped, and a problem. Gives
    the PMIDs that PubMed has and does not hand out.
    """
    looked_after = set(found.run.ids)
    outside = [pmid for pmid in store.included_pmids(work.db) if pmid not in looked_after]
    if not outside:
        return ()
    work.count("followed", len(outside))
    before, ours = store.revisions(work.db), store.given_by_pubmed(work.db)
    given = _fetched(work, client, outside)
    now = store.revisions(work.db)
    revised = [store.resolve(work.db, pmid) for pmid in outside if pmid in given and before[pmid] != now[pmid]]
    store.mark_fulltext_tried(work.db, revised, on=None)
    store.clear_problems(work.db, "fetch", outside)
    told = tuple(fates(client, [pmid for pmid in outside if pmid not in given]))
    known = [fate for fate in told if fate.pmid in ours or fate.what == "withheld"]
    for fate in known:
        _settle(work, client, fate)
    for fate in (fate for fate in told if fate not in known):
        work.trouble(Problem("fetch", fate.pmid, "PubMed does not have this PMID", "look it up, and correct it"))
    fetch_fulltexts(work, client)
    return account(work, known)


def _fetched(work: Workspace, client: Client, pmids: list[str]) -> set[str]:
    """Fetch and save; the PMIDs that came."""
    given: set[str] = set()
    for answer in fetch_records(client, pmids):
        items = tuple(read_tree(answer.root, PUBMED))
        save_items(work, items)
        given.update(item[0].pmid for item in items if not isinstance(item, Problem) and item[0].pmid)
    return given


def _settle(work: Workspace, client: Client, fate: Fate) -> None:
    """Mark a record deleted, or join it to the one that it was merged into."""
    if fate.what == "deleted":
        store.save_record(work.db, Record(title="", pmid=fate.pmid, status="deleted"))
    elif fate.what == "merged":
        _fetched(work, client, [fate.into])
        store.merge_records(work.db, store.resolve(work.db, fate.pmid), into=store.resolve(work.db, fate.into))

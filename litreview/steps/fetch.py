"""Fetches records from PubMed and their full texts from PMC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from litreview import readers, store
from litreview.errors import ReadError
from litreview.model.bibliography import Problem, Record
from litreview.model.document import Document
from litreview.pubmed.client import Client
from litreview.pubmed.fetch import fetch_fulltext, fetch_records
from litreview.readers.item import Item
from litreview.readers.pubmed import read_tree
from litreview.steps.add import save_items
from litreview.steps.ahead import ahead
from litreview.steps.search import PUBMED
from litreview.steps.workspace import Workspace

FULLTEXTS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Way:
    """How the records that are fetched were found."""

    method: store.Method
    source: str = ""


BY_SEARCH = Way("database", PUBMED)
BY_HAND = Way("hand")


def fetch(work: Workspace, client: Client, ids: Iterable[str], *, way: Way = BY_SEARCH) -> None:
    """Fetch records by PMID, then every full text in PMC that was not asked for yet."""
    fetch_by_pmid(work, client, ids, way=way)
    fetch_fulltexts(work, client)


def unfetched(work: Workspace) -> tuple[str, ...]:
    """PMIDs that searches have found and that are not in the knowledge base."""
    rows = work.db.execute(
        "SELECT DISTINCT pmid FROM search_results WHERE pmid NOT IN "
        "(SELECT value FROM identifiers WHERE scheme = 'pmid') ORDER BY pmid"
    ).fetchall()
    return tuple(str(row[0]) for row in rows)


def fetch_by_pmid(work: Workspace, client: Client, ids: Iterable[str], *, way: Way = BY_SEARCH) -> None:
    """Fetch records and their abstracts; those that are revised are asked for their full text again."""
    wanted = list(dict.fromkeys(ids))
    work.count("new records", 0)
    work.count("new documents", 0)
    seen: set[str] = set()

    def noted(saved: set[str]) -> None:
        store.note_found(work.db, saved, way.method, way.source)
        store.mark_fulltext_tried(work.db, saved, on=None)

    for answer in ahead(fetch_records(client, wanted)):
        seen |= save_items(work, read_tree(answer.root, PUBMED), noting=noted)
        work.progress("fetching records", len(seen), len(wanted))
    _note_missing(work, wanted)
    work.count("records fetched", len(seen))


def fetch_fulltexts(work: Workspace, client: Client) -> None:
    """Fetch full texts by PMCID, for records that have one and were not asked for it yet."""
    wanted = store.fulltexts_to_try(work.db)
    pmcids = list(wanted)
    work.count("full texts fetched", 0)
    for start in range(0, len(pmcids), FULLTEXTS_AT_ONCE):
        work.progress("fetching full texts", start, len(pmcids))
        asked = {pmcid: wanted[pmcid] for pmcid in pmcids[start : start + FULLTEXTS_AT_ONCE]}
        for body in fetch_fulltext(client, asked):
            for item in _read(body, "PMC"):
                _save_fulltext(work, item, asked)
        store.mark_fulltext_tried(work.db, asked.values(), on=client.now().strftime("%Y-%m-%d"))
    work.progress("fetching full texts", len(pmcids), len(pmcids))


def _read(body: bytes, name: str) -> Iterator[Item]:
    try:
        yield from readers.read_bytes(body, name)
    except ReadError as error:
        yield Problem("fetch", name, error.message, error.hint)


def _note_missing(work: Workspace, wanted: list[str]) -> None:
    known = store.revisions(work.db)
    missing = [pmid for pmid in wanted if pmid not in known]
    store.clear_problems(work.db, "fetch", [pmid for pmid in wanted if pmid in known])
    for pmid in missing:
        work.trouble(Problem("fetch", pmid, "PubMed did not give this record", "look it up by hand"))


def _save_fulltext(work: Workspace, item: Item, asked: dict[str, str]) -> None:
    """Kept with the record that names this PMCID: the PMID printed inside a full text is sometimes another paper's."""
    if isinstance(item, Problem):
        work.trouble(item)
        return
    record, document = item
    if document is None:
        return
    with store.transaction(work.db):
        record_id = asked.get(record.pmcid or "") or store.save_record(work.db, record)
        new = store.save_document(work.db, record_id, document)
        _fill(work, record, record_id, document)
    work.count("new documents", int(new))
    work.count("full texts fetched", int(document.kind == "fulltext"))


def _fill(work: Workspace, record: Record, record_id: str, document: Document) -> None:
    """What the full text's front matter adds to the record, where it plainly is that record's."""
    if document.kind == "fulltext" and store.find_records(work.db, record) == (record_id,):
        store.save_record(work.db, record)

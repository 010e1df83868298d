"""Fetches records from PubMed and their full texts from PMC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from litreview import readers, store
from litreview.errors import ReadError
from litreview.model.bibliography import Problem, Record
from litreview.model.document import Document
from litreview.pubmed.client import Client
from litreview.pubmed.fates import fates
from litreview.pubmed.fetch import FULLTEXTS_A_BATCH, batches, fetch_fulltext, fetch_records
from litreview.readers.item import Item
from litreview.steps.account import account
from litreview.steps.add import save_items
from litreview.steps.ahead import ahead
from litreview.steps.reading import reading
from litreview.steps.search import PUBMED
from litreview.steps.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Way:
    """How the records that are fetched were found."""

    method: store.Method
    source: str = ""


BY_SEARCH = Way("database", PUBMED)
BY_HAND = Way("hand")


def fetch(work: Workspace, client: Client, ids: Iterable[str], *, way: Way = BY_SEARCH) -> tuple[str, ...]:
    """Fetch records by PMID, then every full text in PMC that was not asked for yet.

    Gives the PMIDs that PubMed has and does not hand out, which `insist_on` makes an error of.
    """
    with store.bulk(work.db):
        withheld = fetch_by_pmid(work, client, ids, way=way)
        fetch_fulltexts(work, client)
    return withheld


def unfetched(work: Workspace) -> tuple[str, ...]:
    """PMIDs that searches have found and that are neither in the knowledge base nor listed as gone."""
    rows = work.db.execute(
        "SELECT DISTINCT pmid FROM search_results WHERE pmid NOT IN (SELECT value FROM identifiers "
        "WHERE scheme = 'pmid') AND pmid NOT IN (SELECT pmid FROM gone_pmids) ORDER BY pmid"
    ).fetchall()
    return tuple(str(row[0]) for row in rows)


def fetch_by_pmid(work: Workspace, client: Client, ids: Iterable[str], *, way: Way = BY_SEARCH) -> tuple[str, ...]:
    """Fetch records and their abstracts; those that are revised are asked for their full text again.

    What does not come is asked for once more and then accounted for: listed as deleted or merged (what it was merged
    into is fetched), or given back.
    """
    wanted = list(dict.fromkeys(ids))
    for what in ("new records", "new documents", "records fetched"):
        work.count(what, 0)
    missing = _fetched(work, client, wanted, way)
    if missing:
        missing = _fetched(work, client, missing, way)
    store.clear_problems(work.db, "fetch", wanted)
    if not missing:
        return ()
    told = tuple(fates(client, missing))
    known = store.revisions(work.db)
    _fetched(work, client, [fate.into for fate in told if fate.into and fate.into not in known], way)
    return account(work, told)


def fetch_fulltexts(work: Workspace, client: Client) -> None:
    """Fetch full texts by PMCID, for records that have one and were not asked for it yet.

    A text and the note that it was asked for are saved together, so that a run that is cut off asks for none twice.
    """
    wanted = store.fulltexts_to_try(work.db)
    work.count("full texts fetched", 0)
    work.progress("fetching full texts", 0, len(wanted))
    for n, batch in enumerate(batches(wanted, FULLTEXTS_A_BATCH), start=1):
        asked = {pmcid: wanted[pmcid] for pmcid in batch}
        for body in fetch_fulltext(client, batch):
            for item in _read(body, "PMC"):
                _save_fulltext(work, client, item, asked)
        _tried(work, client, asked.values())
        work.progress("fetching full texts", min(n * FULLTEXTS_A_BATCH, len(wanted)), len(wanted))


def _fetched(work: Workspace, client: Client, wanted: list[str], way: Way) -> list[str]:
    """Fetch and save; the PMIDs of which nothing came."""

    def noted(saved: set[str]) -> None:
        store.note_found(work.db, saved, way.method, way.source)
        store.mark_fulltext_tried(work.db, saved, on=None)

    seen: set[str] = set()
    given: set[str] = set()
    with reading(len(wanted), PUBMED) as read:
        for page_of in ahead(map(read, fetch_records(client, wanted))):
            page = page_of()
            given.update(page.pmids)
            seen |= save_items(work, page.items, noting=noted)
            work.progress("fetching records", len(seen), len(wanted))
    work.count("records fetched", len(seen))
    store.not_gone(work.db, given.intersection(wanted))
    return [pmid for pmid in wanted if pmid not in given]


def _read(body: bytes, name: str) -> Iterator[Item]:
    try:
        yield from readers.read_bytes(body, name)
    except ReadError as error:
        yield Problem("fetch", name, error.message, error.hint)


def _save_fulltext(work: Workspace, client: Client, item: Item, asked: dict[str, str]) -> None:
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
        _tried(work, client, [record_id])
    work.count("new documents", int(new))
    work.count("full texts fetched", int(document.kind == "fulltext"))


def _tried(work: Workspace, client: Client, record_ids: Iterable[str]) -> None:
    store.mark_fulltext_tried(work.db, record_ids, on=client.now().strftime("%Y-%m-%d"))


def _fill(work: Workspace, record: Record, record_id: str, document: Document) -> None:
    """What the full text's front matter adds to the record, where it plainly is that record's."""
    if document.kind == "fulltext" and store.find_records(work.db, record) == (record_id,):
        store.save_record(work.db, record)

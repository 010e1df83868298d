"""Follows citations: what included reports cite and what cites them, by ELink and by their own reference lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from litreview import store
from litreview.model.change import Version
from litreview.pubmed.client import Client
from litreview.pubmed.fetch import batches, links
from litreview.pubmed.search import search as ask
from litreview.readers.identifiers import doi as doi_in
from litreview.steps.account import insist_on
from litreview.steps.changes import changed
from litreview.steps.fetch import Way, fetch
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

LINKS: dict[store.LeadWay, str] = {"references": "pubmed_pubmed_refs", "citing": "pubmed_pubmed_citedin"}
"""What PubMed calls the links, by the way they lead."""

_DOIS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Snowballed:
    """What citations lead to, a row a paper, and the version of the review that fetching them made."""

    rows: tuple[dict[str, Any], ...]
    version: Version | None = None


def snowball(work: Workspace, client: Client, *, fetching: bool = False) -> Snowballed:
    """Keep every lead with how it was found; with `fetching` fetch those that are not known, screen them, and update.

    One round: what a round includes is asked for its own citations by the next.
    """
    reports = store.pmids_of_included(work.db)
    store.save_leads(work.db, _linked(work, client, reports))
    store.save_leads(work.db, _printed(work, reports))
    store.note_leads(work.db)
    version = _fetch(work, client) if fetching else None
    rows = store.snowball_rows(work.db)
    work.count("reports asked", len(reports))
    work.count("leads", len(rows))
    for state in ("known otherwise", "found by citations", "not fetched"):
        work.count(state, sum(row["state"] == state for row in rows))
    return Snowballed(rows, version)


def _linked(work: Workspace, client: Client, reports: dict[str, tuple[str, ...]]) -> Iterator[store.Lead]:
    """What PubMed's own links lead to; a report does not lead to itself."""
    of = {pmid: report for report, pmids in reports.items() for pmid in pmids}
    for n, (way, linkname) in enumerate(LINKS.items()):
        work.progress("asking for citations", n, len(LINKS))
        for pmid, linked in links(client, of, linkname).items():
            yield from (("pmid", other, of[pmid], way, "elink") for other in linked if of.get(other) != of.get(pmid))
    work.progress("asking for citations", len(LINKS), len(LINKS))


def _printed(work: Workspace, reports: Iterable[str]) -> Iterator[store.Lead]:
    """What the reference lists of the records and full texts name, by PMID or DOI."""
    for report in reports:
        records = [store.load_record(work.db, member) for member in store.members_of(work.db, report)]
        own = {name for record in records for name in (record.pmid, record.doi)}
        for name in (name for record in records for name in record.references if name not in own):
            yield "doi" if doi_in(name) else "pmid", name, report, "references", "reference list"


def _fetch(work: Workspace, client: Client) -> Version | None:
    """Fetch what is not known, by its first way, then do all that follows."""
    wanted = store.leads_to_fetch(work.db)
    ways = {value: found for (scheme, value), found in wanted.items() if scheme == "pmid"}
    dois = {value: found for (scheme, value), found in wanted.items() if scheme == "doi"}
    for pmid in _of_dois(client, dois):
        ways.setdefault(pmid, ("references",))
    withheld: list[str] = []
    for way in LINKS:
        pmids = [pmid for pmid, found in ways.items() if found[-1] == way]
        withheld += fetch(work, client, pmids, way=Way("citations", way)) if pmids else ()
    store.note_leads(work.db)
    update(work)
    version = changed(work)
    insist_on(tuple(withheld))
    return version


def _of_dois(client: Client, dois: Iterable[str]) -> Iterator[str]:
    """The PMIDs behind some DOIs, as far as PubMed has them."""
    for batch in batches(dois, _DOIS_AT_ONCE):
        yield from ask(client, " OR ".join(f'"{doi}"[doi]' for doi in batch)).ids

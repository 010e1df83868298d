"""Brings records, full texts and links by id, in batches."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml import etree

from litreview.pubmed.answers import Answer
from litreview.pubmed.client import Client
from litreview.pubmed.search import SearchAnswer

RECORDS_A_BATCH = 200
FULLTEXTS_A_BATCH = 20
LINKS_A_BATCH = 100


def fetch_records(client: Client, wanted: SearchAnswer | Iterable[str]) -> Iterator[Answer]:
    """PubmedArticleSet of the wanted PMIDs, 200 to a batch; ids that PubMed does not have are left out.

    The ids themselves are sent (POST), not the search's history: an answer holds them all, and ids do not expire.
    """
    ids = wanted.ids if isinstance(wanted, SearchAnswer) else wanted
    for batch in batches(ids, RECORDS_A_BATCH):
        roots = ("PubmedArticleSet", "PubmedBookArticleSet")
        yield client.ask("efetch", roots, db="pubmed", id=",".join(batch), retmode="xml")


def fetch_fulltext(client: Client, pmcids: Iterable[str]) -> Iterator[bytes]:
    """`pmc-articleset` XML of PMC ids (with or without `PMC`), 20 to a batch.

    What PMC may not hand out comes as front matter only, what it does not have is left out.
    """
    digits = (pmcid.upper().removeprefix("PMC") for pmcid in pmcids)
    for batch in batches(digits, FULLTEXTS_A_BATCH):
        yield client.ask("efetch", ("pmc-articleset",), db="pmc", id=",".join(batch), retmode="xml").body


def links(client: Client, ids: Iterable[str], linkname: str) -> dict[str, tuple[str, ...]]:
    """For each id the ids it is linked to by a link such as `pubmed_pubmed_refs`; ids without links have `()`.

    Ids travel as separate parameters, since ELink answers a comma list with one mixed set.
    """
    source, target = linkname.split("_")[:2]
    linked: dict[str, tuple[str, ...]] = {}
    for batch in batches(ids, LINKS_A_BATCH):
        linked |= dict.fromkeys(batch, ())
        answer = client.ask(
            "elink", ("eLinkResult",), dbfrom=source, db=target, linkname=linkname, id=list(batch), cmd="neighbor"
        )
        linked |= _link_sets(answer.root, linkname)
    return linked


def batches(ids: Iterable[str], size: int) -> Iterator[Sequence[str]]:
    """Ids in their order, each once, so many at a time."""
    unique = iter(dict.fromkeys(text for pmid in ids if (text := str(pmid).strip())))
    while batch := list(islice(unique, size)):
        yield batch


def _link_sets(root: etree._Element, linkname: str) -> dict[str, tuple[str, ...]]:
    linked: dict[str, tuple[str, ...]] = {}
    for link_set in root.iterfind("LinkSet"):
        source = link_set.findtext("IdList/Id", "").strip()
        linked[source] = tuple(
            (node.text or "").strip()
            for group in link_set.iterfind("LinkSetDb")
            if group.findtext("LinkName", "").strip() == linkname
            for node in group.iterfind("Link/Id")
        )
    return linked

"""What has become of PMIDs that a search counts and EFetch does not give."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from litreview.pubmed.client import Client
from litreview.pubmed.fetch import RECORDS_A_BATCH, batches, fetch_records

ASKED_ALONE = 20
"""So many PMIDs are worth a request each; where more are missing, the server is in trouble."""

_NO_SUMMARY = re.compile(r"UID=(\d+): cannot get document summary")
_MOVED = re.compile(r"\b(?:merged|moved|replaced|superseded|forwarded)\b\D{0,60}(\d{1,9})\b", re.IGNORECASE)
_DELETED = re.compile(r"\b(?:deleted|withdrawn from pubmed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fate:
    """Of one PMID: `deleted`, `merged` into another one, or `withheld`: PubMed has it and does not give it."""

    pmid: str
    what: Literal["deleted", "merged", "withheld"]
    into: str = ""


def fates(client: Client, pmids: Iterable[str]) -> Iterator[Fate]:
    """What has become of each PMID, told by ESummary, which knows deleted and merged ones apart.

    EFetch gives nothing for either, or for a merged one the record that it went into.
    """
    for batch in batches(pmids, RECORDS_A_BATCH):
        root = client.ask("esummary", ("eSummaryResult",), db="pubmed", id=",".join(batch), retmode="xml").root
        unknown = {match.group(1) for node in root.iter("ERROR") for match in _NO_SUMMARY.finditer(node.text or "")}
        summaries = {node.findtext("Id", "").strip(): node for node in root.iterfind("DocSum")}
        for pmid in batch:
            told = _told(pmid, summaries.get(pmid), unknown)
            alone = told.what != "merged" and len(batch) <= ASKED_ALONE
            yield _forwarded(client, told) if alone else told


def _told(pmid: str, summary: etree._Element | None, unknown: set[str]) -> Fate:
    if summary is None:
        return Fate(pmid, "deleted" if pmid in unknown else "withheld")
    own = {(node.text or "").strip() for node in summary.iterfind(".//Item[@Name='pubmed']")} - {"", pmid}
    status = _status(summary)
    moved = _MOVED.search(status)
    if own or moved:
        return Fate(pmid, "merged", min(own) if own else moved.group(1) if moved else "")
    return Fate(pmid, "deleted" if _DELETED.search(status) else "withheld")


def _status(summary: etree._Element) -> str:
    """What is said of the entry itself; its title may speak of anything that was deleted or replaced."""
    return " ".join(node.text or "" for node in summary.iterfind("Item") if "status" in node.get("Name", "").lower())


def _forwarded(client: Client, told: Fate) -> Fate:
    """Merged, if EFetch answers with another record where this one is asked for by itself."""
    for answer in fetch_records(client, [told.pmid]):
        given = {(node.text or "").strip() for node in answer.root.iterfind("*/MedlineCitation/PMID")}
        if len(given) == 1 and told.pmid not in given:
            return Fate(told.pmid, "merged", given.pop())
    return told

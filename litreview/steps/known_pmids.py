"""Finds the PMIDs of a known report: by the list, else by the database, else by PubMed."""

import re
from collections.abc import Iterator

from lxml import etree

from litreview import store
from litreview.model.bibliography import Problem, Record
from litreview.pubmed.client import Client
from litreview.pubmed.fetch import fetch_records, links
from litreview.pubmed.search import search as ask
from litreview.readers.pubmed import read_tree
from litreview.steps.known_report import Known
from litreview.steps.search import PUBMED

_WORDS_ENOUGH = 4
"""Words from which on a title is asked for: fewer of them name too many papers. The last one may be cut off."""

_LETTERS_ENOUGH = 4  # PubMed passes over most of the words that are shorter

_CANDIDATES = 20


def pmids_of(db: store.Database, client: Client, report: Known) -> tuple[tuple[str, ...], str]:
    """The PMIDs, several where one paper is there twice; without any the reason why."""
    if report.pmid:
        return (report.pmid,), ""
    stored = store.find_records(db, Record(title=report.title, doi=report.doi or None, pmcid=report.pmcid or None))
    pmids = tuple(pmid for record_id in stored if (pmid := store.load_record(db, record_id).pmid))
    return (pmids, "") if pmids else _in_pubmed(client, report)


def _in_pubmed(client: Client, report: Known) -> tuple[tuple[str, ...], str]:
    reasons = []
    if report.doi:
        named = ask(client, f'"{report.doi}"[doi]').ids
        if len(named) == 1:
            return named, ""
        reasons.append("PubMed does not have this DOI" if not named else f"PubMed has {len(named)} records of this DOI")
    if report.pmcid:
        digits = report.pmcid.removeprefix("PMC")
        if linked := links(client, [digits], "pmc_pubmed").get(digits):
            return linked, ""
        reasons.append("PubMed does not link this PMCID")
    if report.title:
        named = _titled(client, report.title)
        if len(named) == 1:
            return named, ""
        reasons.append(
            f"{len(named)} records bear this title" if named else "PubMed has no record that surely bears this title"
        )
    return (), "; ".join(reasons) or "the list gives neither an id nor a title"


def _titled(client: Client, title: str) -> tuple[str, ...]:
    """Records that bear a title, also one that was cut off; its words find them, the title itself tells."""
    words = [word for word in re.findall(r"[^\W_]+", title)[:-1] if len(word) >= _LETTERS_ENOUGH]
    if len(words) < _WORDS_ENOUGH:
        return ()
    candidates = ask(client, " AND ".join(f"{word}[ti]" for word in dict.fromkeys(words))).ids
    if not 0 < len(candidates) <= _CANDIDATES:
        return ()
    wanted = store.title_key(title)
    return tuple(
        pmid
        for answer in fetch_records(client, candidates)
        for pmid, given in _titles(answer.root)
        if store.title_key(given).startswith(wanted)
    )


def _titles(root: etree._Element) -> Iterator[tuple[str, str]]:
    for item in read_tree(root, PUBMED):
        if not isinstance(item, Problem) and item[0].pmid:
            yield item[0].pmid, item[0].title

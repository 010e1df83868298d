"""Addresses: of our own pages, and of a record at PubMed, PMC and its publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils import tilde_encode

from litreview.serve.knowledge import Knowledge

POOLED = {"case_source": "own", "eligible": "yes"}
"""What makes the case table the pooled one."""

_PMID = re.compile(r"\d{1,9}")
_PMCID = re.compile(r"PMC\d{1,9}")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\x00-\x1f]{1,300}")


def page(base: str, kind: str, name: str, fragment: str = "") -> str:
    """The page of a case, report or patient; `base` is the address of the database."""
    return f"{base}/-/{kind}/{_encoded(name)}" + (f"#{fragment}" if fragment else "")


@lru_cache(4096)
def _encoded(name: str) -> str:
    return str(tilde_encode(name))


def pooled_address(base: str) -> str:
    """The address of the pooled case table."""
    return f"{base}/cases?{urlencode(POOLED)}"


def menu(datasette: Any, served: Sequence[Knowledge], *, signed_in: bool) -> list[dict[str, str]]:
    """Where the desk is to be found, for each knowledge base."""
    pages = {"queue": "Queue", "tasks": "My reports", "differences": "Differences", "decisions": "Decisions"}
    return [
        {
            "href": f"{datasette.urls.database(known.name)}/-/{name}",
            "label": label if len(served) == 1 else f"{known.name}: {label}",
        }
        for known in served
        for name, label in pages.items()
        if signed_in or name != "tasks"
    ]


def outside(pmid: str | None, pmcid: str | None, doi: str | None) -> tuple[tuple[str, str], ...]:
    """Name and address of a record elsewhere; an identifier that does not look like one gives no link."""
    found = []
    if pmid and _PMID.fullmatch(pmid):
        found.append(("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"))
    if pmcid and _PMCID.fullmatch(pmcid):
        found.append(("PMC", f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"))
    if doi and _DOI.fullmatch(doi):
        found.append(("DOI", f"https://doi.org/{quote(doi, safe='/:;().-_')}"))
    return tuple(found)

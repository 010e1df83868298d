"""Reads what PubMed answers: in a process of its own where much is to come, so that reading and saving go together."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from copyreg import pickle
from dataclasses import dataclass, fields
from multiprocessing import get_context
from operator import attrgetter
from typing import Any

from lxml import etree

from litreview.model.bibliography import PartialDate, Record, RelatedRecord
from litreview.model.document import Document, Section, Span
from litreview.pubmed.answers import Answer, parse_xml
from litreview.readers.item import Item
from litreview.readers.pubmed import read_tree
from litreview.steps.processes import main_out_of_sight, stay_with_parent

WORTH_A_PROCESS = 2_000
"""Records to read from which on starting another process pays."""

_PMIDS = ("PubmedArticle/MedlineCitation/PMID", "PubmedBookArticle/BookDocument/PMID")


@dataclass(frozen=True, slots=True)
class Page:
    """What one answer holds: the PMIDs that it gives, and what can be read of them."""

    pmids: tuple[str, ...]
    items: tuple[Item, ...]


Reader = Callable[[Answer], Callable[[], Page]]
"""Takes an answer in hand, and gives what its page is to be asked of."""


@contextmanager
def reading(records: int, source: str) -> Iterator[Reader]:
    """A reader of answers that hold so many records in all; `source` is the name of where they are from."""
    if records < WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
        yield lambda answer: lambda: _page(answer.root, source)
        return
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin)
    try:
        with main_out_of_sight():
            pool.submit(int)
        yield lambda answer: _apart(pool, answer, source)
    finally:
        pool.shutdown(cancel_futures=True)


def _apart(pool: ProcessPoolExecutor, answer: Answer, source: str) -> Callable[[], Page]:
    """The page of an answer that another process reads; should that end before its time, it is read here."""

    def page() -> Page:
        try:
            return future.result()
        except BrokenProcessPool:
            return _page(answer.root, source)

    try:
        future = pool.submit(_page_of, answer.body, source)
    except BrokenProcessPool:
        return lambda: _page(answer.root, source)
    return page


def _page_of(body: bytes, source: str) -> Page:
    root = parse_xml(body)
    assert root is not None  # it was judged to be whole
    return _page(root, source)


def _page(root: etree._Element, source: str) -> Page:
    pmids = tuple((node.text or "").strip() for path in _PMIDS for node in root.iterfind(path))
    return Page(pmids, tuple(read_tree(root, source)))


def _begin() -> None:
    """Let values travel as the arguments that make them, which takes a third of the time of naming each field."""
    stay_with_parent()
    for kind in (PartialDate, Record, RelatedRecord, Document, Section, Span):
        pickle(kind, _by_arguments(kind))


def _by_arguments(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda made: (kind, values(made))

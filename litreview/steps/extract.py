"""Extracts what has changed: documents to cases, and the cases of each report with its verdict."""

import os
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context

from litreview import store
from litreview.errors import LitreviewError
from litreview.model.bibliography import Problem
from litreview.model.case import Case, DocumentCase
from litreview.model.document import Document
from litreview.model.review import Verdict
from litreview.model.topic import Topic
from litreview.steps.collector import collect_seldom
from litreview.steps.processes import main_out_of_sight, stay_with_parent
from litreview.steps.workspace import Workspace

WORTH_A_POOL = 80_000
"""Characters to read from which on starting further processes pays."""

_CHUNK = 16
Extracted = tuple[DocumentCase, ...] | str


def extract(work: Workspace, *, everything: bool = False) -> None:
    """Extract the documents that these rules have not read, or all of them, then bring their reports up to date."""
    if everything:
        work.db.execute("UPDATE documents SET extracted_with = NULL")
    ids = store.documents_to_extract(work.db, work.rules_hash)
    work.count("documents extracted", 0)
    for n, (document_id, cases) in enumerate(_extracted(work, ids)):
        work.progress("extracting", n, len(ids))
        if isinstance(cases, str):
            work.trouble(Problem("extract", document_id, cases, "report it with this document"))
            continue
        with store.transaction(work.db):
            store.save_document_cases(work.db, document_id, cases, rules_hash=work.rules_hash)
            store.clear_problems(work.db, "extract", [document_id])
        work.count("documents extracted")
    work.progress("extracting", len(ids), len(ids))
    reconcile(work, everything=everything)


def reconcile(work: Workspace, *, everything: bool = False, among: Collection[str] | None = None) -> None:
    """Bring together what the documents of each changed report (or of every one) say, screen it, and save its cases.

    Of the changed ones all, or those `among` some records.
    """
    changed = partial(store.reports_to_reconcile, work.db, work.rules_hash, among=among)
    reports = store.all_reports(work.db) if everything else changed()
    work.count("reports screened", 0)
    for n, report in enumerate(reports):
        work.progress("screening", n, len(reports))
        if not store.is_report(work.db, report):  # somebody has joined it to another, or taken it out, meanwhile
            continue
        try:
            reconcile_report(work, report)
        except (LitreviewError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            work.trouble(Problem("screen", report, _sentence(error), "report it with this record"))
            continue
        work.count("reports screened")
    work.progress("screening", len(reports), len(reports))


def reconcile_report(
    work: Workspace, report: str, *, before: Callable[[], int] = lambda: 0, after: Callable[[], None] = lambda: None
) -> int:
    """Save the cases of a report as its documents, and people's decisions, have them; what `before` gave.

    `before` and `after` run in the same transaction as the saving, such as the decision that calls for it. What the
    cases are made from is looked at again there: if somebody has changed it meanwhile, all is made once more.
    """
    while True:
        inputs = store.inputs_of(work.db, report, work.rules_hash)
        cases, verdict = _reconciled(work, report)
        with store.transaction(work.db):
            if store.inputs_of(work.db, report, work.rules_hash) == inputs:
                given = before()
                _save(work, report, cases, verdict)
                after()
                return given


def _reconciled(work: Workspace, report: str) -> tuple[tuple[Case, ...], Verdict]:
    from litreview import extract as extraction
    from litreview import screen as screening

    documents = _distinct(store.load_documents(work.db, _standing(work, store.members_of(work.db, report))))
    told = tuple((document, store.load_document_cases(work.db, document.document_id)) for document in documents)
    cases = extraction.reconcile(told, work.topic)
    verdict = screening.screen(store.load_record(work.db, report), documents, cases, work.topic)
    return tuple(extraction.propose(case, work.topic) for case in cases), verdict


def _distinct(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Each text once: two entries of one paper bear the same abstract, which is no second witness."""
    first: dict[tuple[str, str], Document] = {}
    for document in documents:
        first.setdefault((document.kind, document.text), document)
    return tuple(first.values())


def _save(work: Workspace, report: str, cases: tuple[Case, ...], verdict: Verdict) -> None:
    from litreview import extract as extraction

    store.save_report_cases(
        work.db,
        report,
        cases,
        verdict,
        topic=work.topic,
        derive=partial(extraction.settled, topic=work.topic),
        rules_hash=work.rules_hash,
    )
    store.clear_problems(work.db, "screen", [report])


def _standing(work: Workspace, members: tuple[str, ...]) -> tuple[str, ...]:
    """The records of a report that are to be read: not one that another of them, corrected, has replaced."""
    records = {name: store.load_record(work.db, name) for name in members}
    pmids = {record.pmid for record in records.values()}
    return tuple(name for name, record in records.items() if not pmids.intersection(record.superseded_by))


def _extracted(work: Workspace, ids: tuple[str, ...]) -> Iterator[tuple[str, Extracted]]:
    """Cases of each document, or the sentence that says what went wrong with it."""
    total = work.db.execute(
        "SELECT sum(length(text)) FROM documents WHERE extracted_with IS NOT ?", [work.rules_hash]
    ).fetchone()[0]
    documents = (store.load_document(work.db, document_id) for document_id in ids)
    if (total or 0) < WORTH_A_POOL or (os.cpu_count() or 1) < 2:
        for document in documents:
            yield document.document_id, _cases(document, work.topic)
        return
    yield from _in_parallel(documents, work.topic)


def _in_parallel(documents: Iterable[Document], topic: Topic) -> Iterator[tuple[str, Extracted]]:
    """Several processes; a document that takes its process down with it is found by itself and set aside."""
    pool = _pool(topic)
    try:
        for chunk in _chunks(documents, _CHUNK * (os.cpu_count() or 1)):
            try:
                results = _mapped(pool, chunk)
            except BrokenProcessPool:
                pool.shutdown()
                results = [_alone(document, topic) for document in chunk]
                pool = _pool(topic)
            yield from zip((document.document_id for document in chunk), results, strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _mapped(pool: ProcessPoolExecutor, chunk: list[Document]) -> list[Extracted]:
    with main_out_of_sight():
        return list(pool.map(_in_process, chunk))


def _chunks(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    for document in documents:
        chunk.append(document)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _alone(document: Document, topic: Topic) -> Extracted:
    try:
        with _pool(topic, workers=1) as pool:
            return _mapped(pool, [document])[0]
    except BrokenProcessPool:
        return "extraction ended the process it ran in"


def _pool(topic: Topic, *, workers: int | None = None) -> ProcessPoolExecutor:
    """Forked where nothing else runs in this process, which starts at once.

    Beside other threads, such as a progress display's, it is spawned: they and their locks do not survive a fork.
    """
    forked = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if forked else "spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(topic,))


_topic: Topic | None = None


def _begin(topic: Topic) -> None:
    global _topic
    stay_with_parent()
    collect_seldom()
    _topic = topic


def _in_process(document: Document) -> Extracted:
    assert _topic is not None
    return _cases(document, _topic)


def _cases(document: Document, topic: Topic) -> Extracted:
    from litreview.extract import extract as extract_document

    try:
        return extract_document(document, topic)
    except Exception as error:  # one unreadable paper is not an error of the run
        return _sentence(error)


def _sentence(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

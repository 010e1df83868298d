"""Checks a search against reports that are known to belong: which it finds, which it misses, and what loses them."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litreview import store
from litreview.errors import ReadError
from litreview.model.bibliography import Record
from litreview.model.review import SearchRun
from litreview.model.search import Clause, Search
from litreview.pubmed.client import Client
from litreview.pubmed.entry import Entry, from_article, from_record
from litreview.pubmed.fetch import fetch_records
from litreview.pubmed.matching import losing
from litreview.pubmed.query import read
from litreview.readers.identifiers import doi as doi_in
from litreview.readers.identifiers import pmcid as pmcid_in
from litreview.readers.identifiers import pmid as pmid_in
from litreview.steps.known_pmids import pmids_of
from litreview.steps.known_report import Known

_COLUMNS = ("pmid", "doi", "title", "pmcid")


@dataclass(frozen=True, slots=True)
class Missed:
    """A report that the search does not find, with its PMID and a sentence for each part that loses it."""

    report: Known
    pmid: str
    losing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A report whose PMID nobody knows, and why."""

    report: Known
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Known reports that a search found, missed, and those whose PMID nobody knows."""

    found: tuple[Known, ...]
    missed: tuple[Missed, ...]
    unchecked: tuple[Unchecked, ...]


def known_reports(path: Path) -> tuple[Known, ...]:
    """The reports that a file lists, each once: a CSV with a column `pmid`, `doi` or `title`, else PMIDs and DOIs.

    Raises `ReadError` for a file that lists none.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        listed = tuple(dict.fromkeys(report for report in _listed(text) if str(report)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"{path} cannot be read: {error}", hint="save it as CSV in UTF-8") from None
    if not listed:
        raise ReadError(
            f"{path} lists no report", hint="give a CSV with a column pmid, doi or title, or one PMID or DOI a line"
        )
    return listed


def check(db: store.Database, client: Client, asked: Search, run: SearchRun, known: Sequence[Known]) -> Checked:
    """Tell the reports apart by whether the search found them.

    A DOI, PMCID or title that is not in the database is looked up in PubMed, and what loses a report is told of its
    record there, or as the database has it where PubMed does not give it.
    """
    ids = frozenset(run.ids)
    found, lost, unchecked = [], [], []
    for report in known:
        pmids, why = pmids_of(db, client, report)
        if not pmids:
            unchecked.append(Unchecked(report, why))
        elif ids.intersection(pmids):
            found.append(report)
        else:
            lost.append((report, pmids[0]))
    entries = _entries(db, client, [pmid for _, pmid in lost])
    missed = (Missed(report, pmid, _losing(asked, entries.get(pmid))) for report, pmid in lost)
    return Checked(tuple(found), tuple(missed), tuple(unchecked))


def _listed(text: str) -> Iterator[Known]:
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    columns = [name.strip().lower() for name in next(rows, [])]
    if not set(columns) & set(_COLUMNS):
        yield from (Known(pmid=pmid_in(word) or "", doi=doi_in(word) or "") for word in text.split())
        return
    for row in rows:
        yield _of_row(dict(zip(columns, row, strict=False)))


def _of_row(cells: Mapping[str, str]) -> Known:
    """What has neither id nor title goes by what else the row says, so that it is told of."""
    pmid, doi, pmcid = (read(cells.get(name)) or "" for name, read in _IDS.items())
    title = cells.get("title") or ""
    name = "" if pmid or doi or pmcid or title else " ".join(filter(None, cells.values()))
    return Known(pmid, doi, " ".join(title.split()), pmcid, " ".join(name.split())[:_LONGEST_NAME])


_IDS = {"pmid": pmid_in, "doi": doi_in, "pmcid": pmcid_in}
_LONGEST_NAME = 100


def _entries(db: store.Database, client: Client, pmids: Sequence[str]) -> dict[str, Entry]:
    """The words of some records: PubMed's, with substances and headings, else those that the database keeps."""
    entries = {}
    for pmid in pmids:
        for record_id in store.find_records(db, Record(title="", pmid=pmid)):
            entries[pmid] = from_record(store.load_record(db, record_id))
    for answer in fetch_records(client, pmids):
        given = (from_article(article) for article in answer.root.iter("PubmedArticle", "PubmedBookArticle"))
        entries |= {entry.pmid: entry for entry in given}
    return entries


def _losing(asked: Search, entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return ("not in the database, and PubMed did not give it: its words are not known",)
    lost = tuple(_losing_blocks(asked, entry)) if asked.blocks else _losing_parts(asked.text(), entry)
    return lost or ("its words are what the search asks for: PubMed reads or indexes it in another way",)


def _losing_blocks(asked: Search, entry: Entry) -> Iterator[str]:
    for block, clauses in asked.blocks.items():
        on = [clause for clause in clauses if clause.on]
        if not on or any(_finds(clause, entry) for clause in on):
            continue
        off = [clause.name for clause in clauses if not clause.on and _finds(clause, entry)]
        yield f"{block}: {', '.join(off)} would find it, but is off" if off else f"{block}: no clause finds it"


def _finds(clause: Clause, entry: Entry) -> bool:
    return not losing(" OR ".join(clause.terms), entry)


def _losing_parts(query: str, entry: Entry) -> tuple[str, ...]:
    tree = read(query).tree
    return losing(tree, entry) if tree is not None else ()

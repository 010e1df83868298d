"""Checks a search against reports that are known to belong: which it finds, which it misses, and what loses them."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from litreview import store
from litreview.errors import ReadError
from litreview.model.bibliography import Record
from litreview.model.review import SearchRun
from litreview.model.search import Clause, Search
from litreview.pubmed.client import Client
from litreview.pubmed.entry import Entry, from_record
from litreview.pubmed.matching import losing
from litreview.pubmed.query import read
from litreview.pubmed.search import search as ask
from litreview.readers.identifiers import doi as doi_in
from litreview.readers.identifiers import pmid as pmid_in

_COLUMNS = ("pmid", "doi", "title")


@dataclass(frozen=True, slots=True)
class Known:
    """One report of a list, by what the list says of it; bare, empty where it does not say."""

    pmid: str = ""
    doi: str = ""
    title: str = ""

    def __str__(self) -> str:
        return self.pmid or self.doi or self.title


@dataclass(frozen=True, slots=True)
class Missed:
    """A report that the search does not find, with its PMID and a sentence for each part that loses it."""

    report: Known
    pmid: str
    losing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """Known reports that a search found, missed, and those whose PMID nobody knows."""

    found: tuple[Known, ...]
    missed: tuple[Missed, ...]
    unchecked: tuple[Known, ...]


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

    A DOI that is not in the database is looked up in PubMed. What loses a report is told of records in the database.
    """
    ids = frozenset(run.ids)
    found, missed, unchecked = [], [], []
    for report in known:
        pmids = _pmids(db, client, report)
        if not pmids:
            unchecked.append(report)
        elif ids.intersection(pmids):
            found.append(report)
        else:
            missed.append(Missed(report, pmids[0], _losing(db, asked, pmids[0])))
    return Checked(tuple(found), tuple(missed), tuple(unchecked))


def _listed(text: str) -> Iterator[Known]:
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    columns = [name.strip().lower() for name in next(rows, [])]
    if not set(columns) & set(_COLUMNS):
        yield from (Known(pmid=pmid_in(word) or "", doi=doi_in(word) or "") for word in text.split())
        return
    for row in rows:
        yield _of_row({name: cell for name, cell in zip(columns, row, strict=False) if name in _COLUMNS})


def _of_row(cells: dict[str, str]) -> Known:
    """What cannot be read as an id stands for the title, so that the row is told of."""
    pmid, doi = pmid_in(cells.get("pmid")) or "", doi_in(cells.get("doi")) or ""
    title = cells.get("title") or ("" if pmid or doi else " ".join(cells.values()))
    return Known(pmid, doi, " ".join(title.split()))


def _pmids(db: store.Database, client: Client, report: Known) -> tuple[str, ...]:
    """By the list, else by the database, else by PubMed; several where one paper is there twice."""
    if report.pmid:
        return (report.pmid,)
    stored = store.find_records(db, Record(title=report.title, doi=report.doi or None))
    pmids = tuple(pmid for record_id in stored if (pmid := store.load_record(db, record_id).pmid))
    if pmids or not report.doi:
        return pmids
    named = ask(client, f'"{report.doi}"[doi]').ids
    return named if len(named) == 1 else ()


def _losing(db: store.Database, asked: Search, pmid: str) -> tuple[str, ...]:
    stored = store.find_records(db, Record(title="", pmid=pmid))
    if not stored:
        return ("not in the database, so its words are not known",)
    entry = from_record(store.load_record(db, stored[0]))
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

"""Exports a table of a knowledge base to a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from litreview import store
from litreview.errors import UsageError
from litreview.export import FORMATS, Table, check_suffix, write

_FINDING = (
    "finding_id, case_id, attribute, value, qualifier, unit, origin, derived_from, confidence, rule_id, decided_by, "
    'quote, document_id, section, start, "end"'
)
_WEIGHED = "signs, doubts"

# What can be exported: the table's or view's columns in their promised order, and an order of rows that stays.
WHATS: dict[str, str] = {
    "cases": "SELECT * FROM cases ORDER BY pmid IS NULL, length(pmid), pmid, record_id, case_source = 'cited', "
    "case_index, case_id",
    "patients": "SELECT * FROM patients ORDER BY patient_id",
    "findings": f"SELECT {_FINDING}, {_WEIGHED} FROM findings ORDER BY case_id, n",
    "machine_findings": f"SELECT {_FINDING}, {_WEIGHED} FROM machine_findings ORDER BY case_id, n",
    "candidates": f"SELECT {_FINDING}, reason, {_WEIGHED}, proposed FROM candidates ORDER BY case_id, n",
    "evidence": 'SELECT finding_id, n, role, document_id, section, start, "end", quote FROM evidence '
    "ORDER BY case_id, finding_id, n",
    "events": "SELECT case_id, kind, agent, day, day_qualifier, clock, amount, unit, finding_id FROM events "
    "ORDER BY case_id, events.n",
    "records": "SELECT record_id, pmid, pmcid, doi, title, authors, journal, year, publication_types, status, "
    "eligible, exclusion_reason, duplicate_of FROM records ORDER BY pmid IS NULL, length(pmid), pmid, record_id",
    "searches": "SELECT search_id, name, query, clauses_off, translation, count, new_records, database, url, "
    "searched_at, fetched_at FROM searches ORDER BY search_id",
    "flow": "SELECT n, stage, arm, reason, count FROM flow ORDER BY n, arm, reason",
    "decisions": "SELECT decision_id, subject, attribute, action, value, decided_by, why, decided_at, undone_at, "
    "waiting FROM decisions ORDER BY decision_id",
    "problems": "SELECT stage, subject, sentence, hint, noticed_at FROM problems ORDER BY stage, subject, sentence",
}


def export(path: Path, what: str, output: Path) -> int:
    """Write a table in the format of the file's suffix; how many rows it were.

    Raises `UsageError`, with what there is, for an unknown table or suffix.
    """
    check_suffix(output)
    if output.exists() and output.samefile(path):
        raise UsageError(f"{output} is the database itself", hint="name another file")
    with table(path, what) as found:
        return write(found, output)


def export_to(path: Path, what: str, stream: IO[Any], *, suffix: str = ".csv") -> int:
    """Like `export`, to an open stream."""
    with table(path, what) as found:
        return FORMATS[suffix].write(found, stream)


@contextmanager
def table(path: Path, what: str) -> Iterator[Table]:
    """A table of the knowledge base, its rows read while they are asked for."""
    if what not in WHATS:
        raise UsageError(f"there is no {what!r} to export", hint=f"one of {', '.join(WHATS)}")
    with store.open_database(path, readonly=True) as db:
        cursor: sqlite3.Cursor = db.execute(WHATS[what])
        yield Table(what, tuple(column[0] for column in cursor.description), cursor)

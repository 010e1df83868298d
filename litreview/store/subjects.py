"""What a decision may be about: cases, reports and patients by their names, and cases that are minted by decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from litreview.errors import UsageError
from litreview.store.database import Database
from litreview.store.identity import Identity, fresh
from litreview.store.known import known_cases, write_identity
from litreview.store.records import resolve
from litreview.store.reports import members_of, report_of

if TYPE_CHECKING:
    from litreview.model.topic import Topic


def report_of_case(db: Database, case_id: str) -> str:
    """The report that tells of a case, also of one that is deleted; `UsageError` where there never was one."""
    row = db.execute("SELECT record_id FROM case_identities WHERE case_id = ?", [case_id]).fetchone()
    if row is None:
        raise UsageError(f"{case_id} is not a case of this database", hint="see: litreview review list DB")
    return report_of(db, str(row[0]))


def tell_of_cases(db: Database, record_ids: Iterable[str]) -> bool:
    """Whether some of the records have a case."""
    query = "SELECT 1 FROM cases WHERE record_id IN (SELECT value FROM json_each(?)) LIMIT 1"
    return db.execute(query, [json.dumps(sorted(record_ids))]).fetchone() is not None


def case_named(db: Database, name: str) -> str | None:
    """The case of that id, or of a patient (also by a former id) the first one; `None` where it is neither."""
    if db.execute("SELECT 1 FROM case_identities WHERE case_id = ?", [name]).fetchone():
        return name
    row = db.execute(
        "SELECT case_ids FROM patients WHERE patient_id = coalesce("
        "(SELECT patient_id FROM patient_aliases WHERE alias = :name), :name)",
        {"name": name},
    ).fetchone()
    return str(row[0]).split("; ")[0] if row else None


def subject_named(db: Database, name: str) -> str:
    """What a note or a history is about: a case or patient by its id, a record by any of its names."""
    for table, key in (("case_identities", "case_id"), ("patients", "patient_id"), ("patient_aliases", "alias")):
        if db.execute(f"SELECT 1 FROM {table} WHERE {key} = ?", [name]).fetchone():
            return name
    return resolve(db, name)


def report_of_subject(db: Database, subject: str) -> str:
    """The report of a case, or of a patient's first case; a record's own."""
    case_id = case_named(db, subject)
    return report_of_case(db, case_id) if case_id else report_of(db, subject)


def tells(db: Database, document_id: str, case_id: str) -> bool:
    """Whether a document is one of the report that tells of a case."""
    row = db.execute("SELECT record_id FROM documents WHERE document_id = ?", [document_id]).fetchone()
    return row is not None and report_of(db, str(row[0])) == report_of_case(db, case_id)


def new_case(db: Database, report: str, label: str, topic: Topic) -> str:
    """An id for a case that nobody had before, known from now on by its label."""
    known = known_cases(db, members_of(db, report), topic)
    case_id = next(fresh(report, {old.case_id for old in known}))
    write_identity(db, report, Identity(case_id, "own", label, (), ()), citation="", document_ids=())
    return case_id


def history_of(db: Database, subject: str) -> tuple[dict[str, Any], ...]:
    """Every decision about a subject in the order they were taken, undone ones too; of a report its cases' as well.

    Of a patient also what was said under a former id.
    """
    former = db.execute("SELECT patient_id FROM patient_aliases WHERE alias = ?", [subject]).fetchone()
    return tuple(
        db.query(
            "SELECT * FROM decisions WHERE subject = :subject "
            "OR subject IN (SELECT alias FROM patient_aliases WHERE patient_id = :subject) "
            "OR (attribute = :subject AND action IN ('merge', 'split', 'split_case')) OR subject IN "
            "(SELECT case_id FROM case_identities WHERE record_id = :subject OR patient_id = :subject) "
            "ORDER BY decision_id",
            {"subject": former[0] if former else subject},
        )
    )

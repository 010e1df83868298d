"""Cases beside each other: those of a report, and those that tell of one person."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from litreview.serve.codebook import Column, attributes
from litreview.serve.highlighted import Highlighted, highlighted
from litreview.serve.history import Past, past
from litreview.serve.knowledge import Knowledge
from litreview.serve.reading import one, rows
from litreview.serve.reviewed import Review, review_of
from litreview.serve.values import written


@dataclass(frozen=True, slots=True)
class Side:
    """Attributes down, cases across; `merged` is what the pooled table says where the cases are one person's."""

    cases: tuple[dict[str, Any], ...]
    lines: tuple[tuple[Column, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that the page of a report shows."""

    record: dict[str, Any]
    entry: dict[str, Any]
    reason: str
    explanation: str
    reasons: tuple[str, ...]
    past: tuple[Past, ...]
    review: Review | None
    duplicates: tuple[dict[str, Any], ...]
    documents: tuple[dict[str, Any], ...]
    own: Side
    cited: Side
    text: Highlighted


@dataclass(frozen=True, slots=True)
class PatientPage:
    """Everything that the page of a patient shows."""

    patient: dict[str, Any]
    side: Side


def read_report(
    connection: sqlite3.Connection, record_id: str, known: Knowledge, viewer: str = ""
) -> ReportPage | None:
    """The page of a report, that of the leading record for a duplicate; `None` where there is no such record."""
    record = one(connection, "SELECT * FROM records WHERE record_id = ?", record_id) or _formerly(connection, record_id)
    if record is None:
        return None
    report = record["duplicate_of"] or record["record_id"]
    leading = one(connection, "SELECT * FROM records WHERE record_id = ?", report) or record
    entry = one(connection, "SELECT entry FROM bibliographies WHERE record_id = ?", report)
    screening = one(connection, "SELECT * FROM screenings WHERE record_id = ?", report) or {}
    cases = rows(connection, "SELECT * FROM cases WHERE record_id = ? ORDER BY case_index, case_id", report)
    return ReportPage(
        record=leading,
        entry=json.loads(entry["entry"]) if entry else {},
        reason=_definition(known, leading["exclusion_reason"]),
        explanation=screening.get("explanation", ""),
        reasons=_reasons(known),
        past=past(connection, report, viewer),
        review=review_of(connection, report, viewer),
        duplicates=tuple(
            rows(connection, "SELECT * FROM records WHERE duplicate_of = ? ORDER BY record_id", leading["record_id"])
        ),
        documents=tuple(
            rows(
                connection,
                "SELECT document_id, kind, format, source, licence, fetched_at FROM documents JOIN records "
                "USING (record_id) WHERE record_id = ? OR duplicate_of = ? ORDER BY kind = 'abstract', format",
                report,
                report,
            )
        ),
        own=beside(connection, [case for case in cases if case["case_source"] != "cited"], known),
        cited=beside(connection, [case for case in cases if case["case_source"] == "cited"], known),
        text=highlighted(connection, leading["record_id"], known),
    )


def read_patient(
    connection: sqlite3.Connection, patient_id: str, known: Knowledge, viewer: str = ""
) -> PatientPage | None:
    """The page of a patient, also by an id from before two became one; `None` where no case tells of such a one."""
    former = one(connection, "SELECT patient_id FROM patient_aliases WHERE alias = ?", patient_id)
    patient_id = former["patient_id"] if former else patient_id
    cases = rows(
        connection,
        "SELECT * FROM cases WHERE patient_id = ? ORDER BY case_source = 'cited', year, case_id",
        patient_id,
    )
    if not cases:
        return None
    merged = one(connection, "SELECT * FROM patients WHERE patient_id = ?", patient_id) or {}
    return PatientPage(merged | {"patient_id": patient_id}, beside(connection, cases, known, merged=merged))


def beside(
    connection: sqlite3.Connection,
    cases: Iterable[dict[str, Any]],
    known: Knowledge,
    *,
    merged: dict[str, Any] | None = None,
) -> Side:
    """The attributes for which one of the cases has a value, with their qualifiers."""
    cases = tuple(cases)
    bounds = qualifiers(connection, [case["case_id"] for case in cases])
    lines = []
    for name, column in attributes(known).items():
        shown = tuple(written(case.get(name), bounds.get((case["case_id"], name), "=")) for case in cases)
        one_for_all = written((merged or {}).get(name))
        if any(shown) or one_for_all:
            lines.append((column, shown, one_for_all))
    return Side(cases, tuple(lines))


def qualifiers(connection: sqlite3.Connection, case_ids: list[str]) -> dict[tuple[str, str], str]:
    """Case and attribute of every value that is not simply equal, with its qualifier."""
    places = ", ".join("?" * len(case_ids))
    found = rows(
        connection,
        f"SELECT case_id, attribute, qualifier FROM findings WHERE qualifier <> '=' AND case_id IN ({places})",
        *case_ids,
    )
    return {(row["case_id"], row["attribute"]): row["qualifier"] for row in found}


def _formerly(connection: sqlite3.Connection, record_id: str) -> dict[str, Any] | None:
    """The record that now goes by an id which it had before."""
    return one(
        connection,
        "SELECT records.* FROM records JOIN identifiers USING (record_id) WHERE scheme = 'alias' AND value = ?",
        record_id,
    )


def _reasons(known: Knowledge) -> tuple[str, ...]:
    """The topic's reasons for exclusion, each once."""
    return tuple(dict.fromkeys(item.reason for item in known.topic.eligibility.exclusions)) if known.topic else ()


def _definition(known: Knowledge, reason: str | None) -> str:
    """The topic's sentences on a reason; several entries may share one."""
    if not reason or known.topic is None:
        return ""
    found = [item.definition for item in known.topic.eligibility.exclusions if item.reason == reason]
    return found[0] if len(found) == 1 else ""

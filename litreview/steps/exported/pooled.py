"""The pooled table, by case or by patient, with what its formats show besides: kinds, codebook, evidence, print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from litreview.export import Table
from litreview.steps.exported import Source
from litreview.steps.exported.codebook import columns_explained
from litreview.steps.exported.journal import printed

CASES = (
    "SELECT * FROM cases ORDER BY pmid IS NULL, length(pmid), pmid, record_id, case_source = 'cited', case_index, "
    "case_id"
)
PATIENTS = "SELECT * FROM patients ORDER BY patient_id"
_PRINTED = (".md", ".html", ".tex", ".docx")
_MOST_COMMENTS = 20_000  # a workbook with more takes minutes to open
_LONGEST = 400  # letters of a quote in a comment


def cases(source: Source, suffix: str) -> Table:
    """One row per patient as one report tells it; printed are the own cases of included reports."""
    return _with_extras(source, source.table("cases", CASES, suffix), suffix)


def patients(source: Source, suffix: str) -> Table:
    """One row per unique patient of included reports."""
    return _with_extras(source, source.table("patients", PATIENTS, suffix), suffix)


def _with_extras(source: Source, table: Table, suffix: str) -> Table:
    if suffix in _PRINTED:
        return replace(table, printed=printed(source, table.name))
    if suffix != ".xlsx":
        return table
    comments = evidence(source, table.name)
    explained = columns_explained(source, table.name, table.columns)
    if not comments:
        words = "The words behind each value are in the export findings: too many for comments, or there are none."
        explained = (*explained, ("", "", "", "", words, ""))
    return replace(table, codebook=explained, comments=comments)


def evidence(source: Source, table: str) -> Mapping[tuple[str, str], str]:
    """For every cell of the table with evidence its words and where they stand; none where they would be too many."""
    key = {"cases": "findings.case_id", "patients": "patient_id"}[table]
    where = "quote IS NOT NULL" + (" AND eligible = 'yes' AND case_source = 'own'" if table == "patients" else "")
    joined = f"FROM findings JOIN cases ON cases.case_id = findings.case_id WHERE {where}"
    if source.db.execute(f"SELECT 1 {joined} LIMIT 1 OFFSET {_MOST_COMMENTS}").fetchone():
        return {}
    found: dict[tuple[str, str], list[str]] = {}
    for row in source.db.execute(
        f"SELECT {key}, attribute, findings.case_id, quote, section, decided_by {joined} ORDER BY findings.case_id, n"
    ):
        found.setdefault((row[0], row[1]), []).append(_said(table, *row[2:]))
    return {place: "\n".join(dict.fromkeys(words)) for place, words in found.items()}


def _said(table: str, case_id: str, quote: str, section: str | None, decided_by: str | None) -> str:
    words = quote if len(quote) <= _LONGEST else quote[:_LONGEST] + "…"
    place = f"{case_id}, {section}" if table == "patients" else section
    return f"“{words}” ({place})" + (f", decided by {decided_by}" if decided_by else "")

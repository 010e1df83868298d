"""The tables behind the pictures of patients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litreview.export import Cell, Table
from litreview.model.figures import Figures
from litreview.pool.times import first_told
from litreview.steps.exported import Source
from litreview.steps.exported.journal import reports_of

Row = tuple[Cell, ...]
SWIMMER = ("patient_id", "report", "group", "what", "day")
MISSINGNESS = ("patient_id", "report", "attribute", "reported")
YEARS = ("year", "group", "patients", "cumulative")
FOLLOWED = "followed"


def swimmer(source: Source, suffix: str) -> Table:
    """What happened to each patient and when: how long they were followed, and what the topic marks on the way."""
    return Table("swimmer", SWIMMER, tuple(_courses(source)), {"day": "number"})


def missingness(source: Source, suffix: str) -> Table:
    """Of every patient and attribute whether it is reported."""
    names, reports = [each.name for each in source.topic.attributes], reports_of(source)
    rows = (
        (row["patient_id"], reports.get(row["patient_id"], ""), name, "yes" if row[name] is not None else "no")
        for row in _patients(source)
        for name in names
    )
    return Table("missingness", MISSINGNESS, tuple(rows))


def years(source: Source, suffix: str) -> Table:
    """Patients by the year in which they were first reported, and how many there were by then."""
    group = source.topic.figures.group
    chosen = f"coalesce(patients.\"{group}\", '')" if group else "''"
    counted = source.db.execute(
        f"SELECT year, told, count(*) FROM (SELECT min(cases.year) AS year, {chosen} AS told FROM patients "
        "JOIN cases ON cases.patient_id = patients.patient_id WHERE eligible = 'yes' AND case_source = 'own' "
        "GROUP BY patients.patient_id) WHERE year IS NOT NULL GROUP BY year, told"
    )
    return Table("years", YEARS, tuple(_summed({(year, told): n for year, told, n in counted.fetchall()})))


def _summed(counts: dict[tuple[int, str], int]) -> Iterator[Row]:
    """A row for every year and group, also where nobody was added."""
    if not counts:
        return
    known = sorted({year for year, _ in counts})
    for group in sorted({told for _, told in counts}):
        total = 0
        for year in range(known[0], known[-1] + 1):
            added = counts.get((year, group), 0)
            total += added
            yield (year, group or "not reported", added, total)


def _courses(source: Source) -> Iterator[Row]:
    figures, reports = source.topic.figures, reports_of(source)
    for row in _patients(source):
        head = (row["patient_id"], reports.get(row["patient_id"], ""), _group(row, figures))
        for what, day in _told(row, figures):
            yield (*head, what, day)


def _told(row: dict[str, Any], figures: Figures) -> Iterator[tuple[str, float]]:
    """Follow-up first; nothing where it is not known how long that was."""
    length = first_told(row, figures.length)
    marks = [(mark.title, day) for mark in figures.marks if (day := first_told(row, mark.at)) is not None]
    if length is None:
        return
    length = max(length, *(day for _, day in marks), 0.0)
    yield FOLLOWED, length
    yield from marks
    if end := figures.ends.get(str(row.get(figures.end))):
        yield end, length


def _group(row: dict[str, Any], figures: Figures) -> str:
    return str(row.get(figures.group) or "not reported") if figures.group else ""


def _patients(source: Source) -> list[dict[str, Any]]:
    return list(source.db.query("SELECT * FROM patients ORDER BY patient_id"))

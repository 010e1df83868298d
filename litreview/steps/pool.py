"""Pools the unique patients of a knowledge base."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from litreview import store
from litreview.export import FORMATS, Cell, Table, write
from litreview.model.topic import Topic
from litreview.pool import Summary, printed, summary, told
from litreview.pool.patients import JOINED, Patient
from litreview.pool.statistics import Statistics
from litreview.pool.statistics import statistics as computed
from litreview.steps.dedupe import load_patients, patients_with_possible
from litreview.steps.workspace import topic_for


@dataclass(frozen=True, slots=True)
class Pool:
    """The unique patients of eligible reports, a row each, with what has to be known of the whole.

    `reports` gives the report that a patient counts for, the first of several, and `n_reports` counts them all.
    `together` are the same rows with patients who may be one taken for one. `notes` say what was left out and what is
    uncertain.
    """

    patients: tuple[Patient, ...]
    reports: dict[str, str]
    n_reports: int
    together: tuple[Patient, ...]
    notes: tuple[str, ...]


def pool(path: Path, *, topic: str = "", rules_dir: Path | None = None) -> Summary:
    """The topic's summary over one row per unique patient; excluded and cited cases have none."""
    loaded = topic_for(path, topic, rules_dir)
    pooled = load(path, loaded)
    return summary(pooled.patients, loaded, reports=pooled.n_reports, notes=pooled.notes)


def statistics(path: Path, *, topic: str = "", rules_dir: Path | None = None) -> Statistics:
    """Shares over reports, times to events and what is not reported, over the same patients."""
    loaded = topic_for(path, topic, rules_dir)
    pooled = load(path, loaded)
    return computed(pooled.patients, loaded, reports=pooled.reports, together=pooled.together, notes=pooled.notes)


def load(path: Path, topic: Topic) -> Pool:
    """The patients of a knowledge base as they are pooled."""
    with store.open_database(path, topic=topic, readonly=True) as db:
        patients = load_patients(db)
        report_of = dict(db.execute(_REPORTS).fetchall())
        firsts = {str(row["patient_id"]): report_of[str(row["case_ids"]).split(JOINED)[0]] for row in patients}
        together = patients_with_possible(db, topic, patients)
        retracted = db.execute(_RETRACTED).fetchone()
    notes = tuple(_notes(len(patients) - len(together), *retracted))
    return Pool(patients, firsts, len(set(report_of.values())), together, notes)


_REPORTS = (
    "SELECT case_id, record_id FROM cases WHERE eligible = 'yes' AND case_source = 'own' "
    "AND patient_id IN (SELECT patient_id FROM patients)"
)
_RETRACTED = (
    "SELECT count(DISTINCT coalesce(cases.patient_id, case_id)), count(DISTINCT record_id) "
    "FROM cases JOIN records USING (record_id) WHERE case_source = 'own' AND cases.eligible = 'no' "
    "AND (cases.exclusion_reason = 'retracted' OR records.status = 'retracted') "
    "AND (cases.patient_id IS NULL OR cases.patient_id NOT IN (SELECT patient_id FROM patients))"
)


def _notes(twice: int, patients: int, reports: int) -> Iterator[str]:
    if patients:
        yield f"Left out: {_plural(patients, 'patient')} of {_plural(reports, 'retracted report')}"
    if twice:
        yield f"{_plural(twice, 'patient')} may have been counted twice: see litreview review list DB"


def _plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was computed, to be printed or written: under a name, as lines and as a row for every figure."""

    name: str
    lines: Callable[[], Iterator[str]]
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]

    def write(self, output: Path) -> int:
        """Write a row for every figure, in the format of the file's suffix; how many it were."""
        return write(Table(self.name, self.columns, self.rows()), output)

    def print_json(self, stream: IO[str]) -> None:
        """Write the same rows as JSON to an open stream."""
        FORMATS[".json"].write(Table(self.name, self.columns, self.rows()), stream)


def figures(path: Path, what: str, *, topic: str = "", rules_dir: Path | None = None) -> Figures:
    """The figures that a name stands for: `summary`, `statistics`, or `printed` ones beside those computed again."""
    return _WHAT[what](path, topic=topic, rules_dir=rules_dir)


def _summary(path: Path, **options: Any) -> Figures:
    found = pool(path, **options)
    return Figures("summary", partial(printed.text, found), printed.COLUMNS, partial(printed.rows, found))


def _statistics(path: Path, **options: Any) -> Figures:
    found = statistics(path, **options)
    return Figures("statistics", partial(told.text, found), told.COLUMNS, partial(told.rows, found))


def _printed(path: Path, **options: Any) -> Figures:
    from litreview.pool import compare
    from litreview.steps.baseline import compared

    found = compared(path, **options)
    return Figures("printed", partial(compare.text, found), compare.COLUMNS, partial(compare.rows, found))


_WHAT: dict[str, Callable[..., Figures]] = {"summary": _summary, "statistics": _statistics, "printed": _printed}

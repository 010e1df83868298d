"""Starts a knowledge base from a topic's curated baseline, and holds what it knows beside the printed figures."""

from collections.abc import Iterator
from pathlib import Path

from litreview import rules, store
from litreview.model.baseline import Baseline
from litreview.pool.compare import Comparison, compare
from litreview.pool.patients import Patient, told
from litreview.steps.changes import changed
from litreview.steps.take_over import take_over
from litreview.steps.workspace import Workspace, topic_for


def start(work: Workspace, rules_dir: Path | None = None) -> None:
    """Take over the baseline's reports, patients and values as decisions of its named source.

    They are the first version of the review: what a refresh adds is told against it.
    """
    given = rules.baseline(work.topic, rules_dir)
    take_over(work, given.of.source, given.reports, whole=True)
    changed(work)


def compared(path: Path, *, topic: str = "", rules_dir: Path | None = None) -> Comparison:
    """The review's printed figures beside those of its patients, as far as the knowledge base has them."""
    loaded = topic_for(path, topic, rules_dir)
    given = rules.baseline(loaded, rules_dir)
    with store.open_database(path, topic=loaded, readonly=True) as db:
        patients = tuple(_pooled_by_review(db, given))
    return compare(patients, given, loaded)


def _pooled_by_review(db: store.Database, given: Baseline) -> Iterator[Patient]:
    """The patients told in the reports that the review pooled, those known by the source's key or as any record."""
    reviewed = [report for report in given.reports if report.key in given.reviewed]
    reports = {
        name for report in reviewed for name in store.source_records(db, given.of.source, report.key, report.record)
    }
    report_of = dict(db.execute(_OWN).fetchall())
    for patient in db.query("SELECT * FROM patients ORDER BY patient_id"):
        if any(report_of.get(case) in reports for case in told(patient, "case_ids")):
            yield patient


_OWN = "SELECT case_id, record_id FROM cases WHERE eligible = 'yes' AND case_source = 'own'"

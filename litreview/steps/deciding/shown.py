"""What a decision makes anew, in its own transaction: values that rest on others, tables that show them, patients."""

from collections.abc import Iterable
from functools import partial

from litreview import dedupe, store
from litreview.model.case import Finding
from litreview.model.event import Event
from litreview.model.topic import Topic
from litreview.steps.workspace import Workspace


def show_case(work: Workspace, case_id: str) -> None:
    """Lay decisions over a case's findings again and pool its patient; a case that is gone has nothing to show."""
    row = work.db.execute("SELECT record_id FROM cases WHERE case_id = ?", [case_id]).fetchone()
    if row is not None:
        store.write_effective(work.db, case_id, topic=work.topic, derive=_derive(work.topic))
        pool_again(work, store.patients_of(work.db, row[0]))


def show_report(work: Workspace, report: str) -> None:
    """Bring a report's eligibility to what was decided, and pool its patients."""
    store.show_eligibility(work.db, report)
    store.give_patients(work.db, report)
    pool_again(work, store.patients_of(work.db, report))


def pool_again(work: Workspace, patients: Iterable[str]) -> None:
    """Make the rows of patients anew."""
    store.refresh_patients(work.db, patients, topic=work.topic, merge=partial(dedupe.merge, topic=work.topic))


def _derive(topic: Topic) -> store.Derive:
    def derive(findings: tuple[Finding, ...], events: tuple[Event, ...]) -> tuple[Finding, ...]:
        from litreview.extract import settled

        return settled(findings, events, topic)

    return derive

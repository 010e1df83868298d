"""Decisions on two records, whether they are one report, and on two cases, whether they are one patient."""

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.workspace import Workspace


def decide_on_pair(work: Workspace, decision: Decision) -> int:
    """Keep what a person says of two records or two patients, in one order whichever was named first; its number."""
    names = (decision.subject, decision.attribute)
    cases = [store.case_named(work.db, name) for name in names]
    if all(cases):
        return _on_patients(work, decision, *map(str, cases))
    left, right = sorted(store.resolve(work.db, name) for name in names)
    if left == right:
        raise UsageError(f"{left} is a single record", hint="name two records: litreview review list DB")
    with store.transaction(work.db):
        number = store.save_decision(work.db, _told(decision, left, right))
    bring_up_to_date(work, left, right)
    return number


def bring_up_to_date(work: Workspace, subject: str, other: str) -> None:
    """Clusters, reports and patients again, as far as they rest on what was said of two records or patients."""
    from litreview.steps.dedupe import regather_patients

    if store.case_named(work.db, subject):
        regather_patients(work, subject, other)
    else:
        _records_again(work, subject, other)


def _records_again(work: Workspace, *record_ids: str) -> None:
    """What belongs together again, and the patients where some of these records tell of any."""
    from litreview.steps.dedupe import dedupe_patients, regather_records
    from litreview.steps.extract import reconcile

    touched = regather_records(work, *record_ids)
    told = store.tell_of_cases(work.db, touched)
    reconcile(work, among=touched)
    if told or store.tell_of_cases(work.db, touched):
        dedupe_patients(work)


def _on_patients(work: Workspace, decision: Decision, one: str, other: str) -> int:
    left, right = sorted((one, other))
    if left == right:
        raise UsageError(f"{decision.subject} and {decision.attribute} are the same case", hint="name two cases")
    with store.transaction(work.db):
        number = store.save_decision(work.db, _told(decision, left, right))
        bring_up_to_date(work, left, right)
    return number


def _told(decision: Decision, left: str, right: str) -> Decision:
    return Decision(left, decision.action, right, "", decision.decided_by, decision.why)

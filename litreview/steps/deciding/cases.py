"""Decisions on which patients a report tells of: one is added, deleted, or split in two."""

from collections.abc import Callable
from dataclasses import replace

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.deciding.shown import pool_again
from litreview.steps.extract import reconcile_report
from litreview.steps.workspace import Workspace


def decide_on_case(work: Workspace, decision: Decision) -> int:
    """Keep the decision and make the report's cases and patients anew, in one transaction; its number."""
    checked = _CHECKS[decision.action](work, decision)
    report = checked.subject if decision.action == "add_case" else store.report_of_case(work.db, checked.subject)
    return line_up_again(work, report, lambda: store.save_decision(work.db, _minted(work, checked, report)))


def line_up_again(work: Workspace, report: str, decided: Callable[[], int]) -> int:
    """Take a decision and make the report's cases anew with it, as the machine's findings and all decisions have it."""
    before = store.patients_of(work.db, report)

    def after() -> None:
        store.give_patients(work.db, report)
        pool_again(work, sorted({*before, *store.patients_of(work.db, report)}))

    return reconcile_report(work, report, before=decided, after=after)


def _add(work: Workspace, decision: Decision) -> Decision:
    report = store.report_of(work.db, store.resolve(work.db, decision.subject))
    label = " ".join(decision.label.split())
    if not label:
        raise UsageError("a patient that is added needs a name", hint="give the report's own, such as: patient 3")
    _check_free(work, report, label)
    return replace(decision, subject=report, label=label)


def _delete(work: Workspace, decision: Decision) -> Decision:
    store.load_case(work.db, decision.subject)
    return decision


def _split(work: Workspace, decision: Decision) -> Decision:
    case = store.load_case(work.db, decision.subject, machine=True)
    label = " ".join(decision.label.split())
    if not label:
        raise UsageError("the new patient needs a name", hint="give the report's own, such as: patient 3")
    _check_free(work, store.report_of_case(work.db, decision.subject), label)
    for name in store.named_in(decision.value):
        if name not in {attribute.name for attribute in work.topic.attributes}:
            raise UsageError(
                f"{name} is not an attribute of {work.topic.name}",
                hint="parts are attributes, or attribute=value, separated by ;",
            )
    candidates = store.load_candidates(work.db, decision.subject)
    if missing := store.not_there(case, candidates, decision.value):
        raise UsageError(
            f"{decision.subject} has nothing that could go as {'; '.join(missing)}",
            hint="name what the machine found or left aside: see the findings and candidates of the case",
        )
    return replace(decision, label=label)


_CHECKS = {"add_case": _add, "delete_case": _delete, "split_case": _split}


def _check_free(work: Workspace, report: str, label: str) -> None:
    taken = work.db.execute(
        "SELECT case_id FROM cases WHERE record_id = ? AND lower(case_label) = lower(?)", [report, label]
    ).fetchone()
    if taken:
        raise UsageError(f"{taken[0]} is called {label} already", hint="give another name")


def _minted(work: Workspace, decision: Decision, report: str) -> Decision:
    """The decision with the id of the case it makes, minted in the transaction that writes it."""
    if decision.action == "add_case":
        return replace(decision, subject=store.new_case(work.db, report, decision.label, work.topic))
    if decision.action == "split_case":
        return replace(decision, attribute=store.new_case(work.db, report, decision.label, work.topic))
    return decision

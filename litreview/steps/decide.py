"""Takes a person's decision, and undoes one: written down, laid over the findings, and shown, in one transaction."""

from collections.abc import Callable
from dataclasses import replace

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.deciding.cases import decide_on_case, line_up_again
from litreview.steps.deciding.pairs import bring_up_to_date, decide_on_pair
from litreview.steps.deciding.shown import show_case, show_report
from litreview.steps.deciding.values import checked
from litreview.steps.reviewing import routed
from litreview.steps.workspace import Workspace


def decide(work: Workspace, decision: Decision) -> int:
    """Keep a decision and show what follows from it; its number.

    `accept`, `correct`, `reject` and `not_reported` are about an attribute of a case; `add_case` about a report, and
    `delete_case` and `split_case` about a case; `include` and `exclude` about a record (by any of its names), `merge`
    and `split` about two records or two patients; a `note` about any of them. To accept or reject without a value means
    the value the case has, or the one that is proposed for it where it has none.
    """
    take = _TAKE.get(decision.action)
    if take is None:
        raise UsageError(f"{decision.action} is not something to decide", hint=f"one of: {', '.join(_TAKE)}")
    number = take(work, decision)
    work.count("decisions")
    return number


def undo(work: Workspace, decision_id: int, *, by: str = "") -> Decision:
    """Mark a decision undone; what stood before it stands again."""
    blind = store.blind_decision(work.db, decision_id, by)
    if blind is not None:
        store.undo_blind(work.db, decision_id, by)
        work.count("decisions undone")
        return store.decision_of(blind)
    row = store.decision_row(work.db, decision_id)
    if row["action"] in store.ON_CASES:
        report = store.report_of_case(work.db, row["subject"])
        line_up_again(work, report, lambda: _undo(work, decision_id, by))
    else:
        of_patients = row["action"] in store.ON_PAIRS and store.case_named(work.db, row["subject"]) is not None
        with store.transaction(work.db):
            _undo(work, decision_id, by)
            _show(work, row["action"], row["subject"])
            if of_patients:
                bring_up_to_date(work, row["subject"], row["attribute"])
        if row["action"] in store.ON_PAIRS and not of_patients:
            bring_up_to_date(work, row["subject"], row["attribute"])
    work.count("decisions undone")
    return store.decision_of(row)


def _undo(work: Workspace, decision_id: int, by: str) -> int:
    store.undo_decision(work.db, decision_id, by=by)
    return decision_id


def _show(work: Workspace, action: str, subject: str) -> None:
    if action in store.ON_REPORTS:
        show_report(work, store.report_of(work.db, subject))
    elif action in store.ON_VALUES:
        show_case(work, subject)


def _on_value(work: Workspace, decision: Decision) -> int:
    with store.transaction(work.db):
        report = store.report_of_case(work.db, decision.subject)
        told, table = routed(work, checked(work, decision), report)
        number = store.save_decision(work.db, told, table=table)
        if table == store.OPEN:
            show_case(work, decision.subject)
    return number


def _on_report(work: Workspace, decision: Decision) -> int:
    if decision.action == "exclude" and not (decision.value.strip() or decision.why.strip()):
        raise UsageError("a report is left out for a reason", hint="give one of the topic's, or your own words")
    with store.transaction(work.db):
        subject = store.report_of(work.db, store.resolve(work.db, decision.subject))
        told, table = routed(work, replace(decision, subject=subject), subject)
        number = store.save_decision(work.db, told, table=table)
        if table == store.OPEN:
            show_report(work, subject)
    return number


def _note(work: Workspace, decision: Decision) -> int:
    """A note changes nothing; its words are `value` or `why`."""
    if not (decision.value.strip() or decision.why.strip()):
        raise UsageError("a note needs words", hint="say what is to be remembered")
    with store.transaction(work.db):
        subject = store.subject_named(work.db, decision.subject)
        report = store.report_of_subject(work.db, subject)
        blind = store.is_blind(work.db, report) and decision.decided_by
        told = replace(decision, subject=subject, role="reviewer" if blind else "")
        return store.save_decision(work.db, told, table=store.BLIND if blind else store.OPEN)


_Take = Callable[[Workspace, Decision], int]
_TAKE: dict[str, _Take] = {
    **dict.fromkeys(("accept", "correct", "reject", "not_reported"), _on_value),
    **dict.fromkeys(("include", "exclude"), _on_report),
    **dict.fromkeys(("merge", "split"), decide_on_pair),
    **dict.fromkeys(("add_case", "delete_case", "split_case"), decide_on_case),
    "note": _note,
}

"""Two independent reviewers: the mode, finishing a report, disclosure, and where a decision is written down."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.deciding.shown import show_case, show_report
from litreview.steps.workspace import Workspace


def set_mode(work: Workspace, mode: store.Mode) -> None:
    """`single`: decisions count at once (the default); `dual`: two reviewers decide on their own."""
    store.set_review_mode(work.db, mode)


def finish(work: Workspace, record: str, *, by: str) -> bool:
    """A reviewer is done with a report; whether both are: then what they decided is disclosed, and counts."""
    report = _report(work, record, by)
    with store.transaction(work.db):
        disclosed = store.finish_report(work.db, report, by)
        if disclosed:
            cases = work.db.execute("SELECT case_id FROM cases WHERE record_id = ?", [report]).fetchall()
            for (case_id,) in cases:
                show_case(work, case_id)
            show_report(work, report)
    work.count("reports disclosed", int(disclosed))
    return disclosed


def reopen(work: Workspace, record: str, *, by: str) -> None:
    """A reviewer is not done with a report after all."""
    store.reopen_report(work.db, _report(work, record, by), by)


def tasks_of(path: Path, reviewer: str) -> tuple[str, ...]:
    """A reviewer's work, a report a line, what is done last."""
    with store.open_database(path, readonly=True) as db:
        return tuple(
            f"{_state(row)}: {row['pmid'] or row['record_id']} {row['title'][:80]} "
            f"({row['cases']} cases, {row['decided']} decisions)"
            for row in store.review_tasks(db, reviewer)
        )


def _state(row: dict[str, Any]) -> str:
    return "disclosed" if row["disclosed_at"] else "done" if row["done_at"] else "to do"


def routed(work: Workspace, decision: Decision, report: str) -> tuple[Decision, str]:
    """The decision with the part its taker plays, and the table it belongs into.

    In dual mode it stays unseen until the report is disclosed. After that the two may still come to agree by deciding
    anew, and a third person adjudicates. Raises `UsageError` for who may not.
    """
    adjudicates = decision.role == "adjudicator"
    if store.review_mode(work.db) == "single":
        if adjudicates:
            raise UsageError("there is nothing to adjudicate: decisions count at once", hint="review mode is single")
        return replace(decision, role=""), store.OPEN
    if not decision.decided_by:
        raise UsageError("two reviewers decide: it must be told who", hint="give your name with --by")
    if store.is_blind(work.db, report):
        if adjudicates:
            raise UsageError(f"{report} is not disclosed yet", hint="two reviewers finish it first")
        return replace(decision, role="reviewer"), store.BLIND
    reviewed = decision.decided_by in store.reviewers_of(work.db, report)
    if adjudicates and reviewed:
        raise UsageError(
            f"{decision.decided_by} reviewed {report}: a third person adjudicates",
            hint="or decide anew: where both say the same, it stands",
        )
    if not adjudicates and not reviewed:
        raise UsageError(
            f"{report} was reviewed by {' and '.join(sorted(store.reviewers_of(work.db, report)))}",
            hint="decide as adjudicator: --adjudicate",
        )
    return replace(decision, role="adjudicator" if adjudicates else "reviewer"), store.OPEN


def _report(work: Workspace, record: str, by: str) -> str:
    if store.review_mode(work.db) == "single":
        raise UsageError("reports are finished where two review them", hint="see: litreview review mode DB dual")
    if not by:
        raise UsageError("it must be told who is done", hint="give your name with --by")
    return store.report_of(work.db, store.resolve(work.db, record))

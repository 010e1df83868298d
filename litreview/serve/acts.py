"""Decisions taken in the browser: a form comes in, the command line's step follows, the page comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from litreview.errors import LitreviewError, UsageError
from litreview.serve.addresses import allowed, known_of
from litreview.serve.knowledge import Knowledge
from litreview.serve.links import page
from litreview.serve.people import check_form, name_of
from litreview.serve.reading import in_thread
from litreview.serve.visible import shortened

if TYPE_CHECKING:
    from litreview.model.review import Decision
    from litreview.steps.workspace import Workspace

Act = Callable[["Workspace", dict[str, str], str], str]
"""Does what a form asks for in a person's name, and says so in a sentence."""

_ON_VALUES = ("accept", "correct", "reject", "not_reported", "note")
_ON_PAIRS = ("merge", "split")
_LISTS = ("queue", "decisions", "tasks", "differences")


@cache
def warm_up() -> None:
    """Load what deriving needs while a reviewer reads: the first decision of a server would wait for it."""
    Thread(target=import_module, args=("litreview.extract",), daemon=True).start()


async def act_view(datasette: Any, request: Any) -> Response:
    """Take a decision, or undo one, and lead back to where it was taken."""
    if request.method != "POST":
        raise NotFound("Decisions are sent by a form")
    known, base = known_of(datasette, request)
    await allowed(datasette, request, known, ("cases",))
    given = await check_form(datasette, request, known)
    act = _ACTS.get(request.url_vars["act"])
    if act is None:
        raise NotFound("There is no such decision")
    try:
        told = await in_thread(datasette, lambda: _done(known, act, given, name_of(request.actor)))
        datasette.add_message(request, told, datasette.INFO)
    except LitreviewError as error:
        sentence = f"{error.message} ({error.hint})" if error.hint else error.message
        datasette.add_message(request, shortened(f"Not done: {sentence}", 600), datasette.ERROR)
    except sqlite3.OperationalError as error:  # somebody else writes for longer than one waits, or nobody may
        datasette.add_message(request, f"Not done: {error}. Try again in a while.", datasette.ERROR)
    return Response.redirect(_back(base, given), status=303)


def _done(known: Knowledge, act: Act, given: dict[str, str], by: str) -> str:
    from litreview.steps.workspace import workspace

    with workspace(known.path, command="review", topic=known.topic_name, rules_dir=known.rules_dir) as work:
        return act(work, given, by)


def _decide(work: Workspace, given: dict[str, str], by: str) -> str:
    from litreview.steps.decide import decide

    decision = _decision(given, by)
    number = decide(work, decision)
    about = " ".join(filter(None, (_PAST[decision.action], decision.attribute.replace("_", " "), decision.label)))
    value = f": {shortened(decision.value, 80)}" if decision.value else ""
    return f"{about}{value}. Decision {number}."


def _undo(work: Workspace, given: dict[str, str], by: str) -> str:
    from litreview.steps.decide import undo

    number = given.get("number", "")
    if not number.isascii() or not number.isdigit():
        raise UsageError("there is no such decision", hint="undo it from its page")
    decision = undo(work, int(number), by=by)
    return (
        f"Decision {number} undone: {decision.action.replace('_', ' ')} {decision.attribute.replace('_', ' ')}".strip()
    )


def _finish(work: Workspace, given: dict[str, str], by: str) -> str:
    from litreview.steps.reviewing import finish

    if finish(work, given.get("subject", ""), by=by):
        return "Both are done: what was decided is disclosed, and counts. Differences wait for a third person."
    return "You are done with this report. What you decided stays unseen until the other is done too."


def _reopen(work: Workspace, given: dict[str, str], by: str) -> str:
    from litreview.steps.reviewing import reopen

    reopen(work, given.get("subject", ""), by=by)
    return "You are not done with this report."


def _adjudicate(work: Workspace, given: dict[str, str], by: str) -> str:
    """Settle a difference: as one of the two has it, as it stood, or by a value of one's own."""
    from litreview import store
    from litreview.steps.decide import decide

    chosen = given.get("chosen", "")
    decision = _decision(given, by)
    if chosen.isascii() and chosen.isdigit():
        decision = store.decision_of(store.decision_row(work.db, int(chosen)))
    number = decide(work, replace(decision, decided_by=by, why=given.get("why", "").strip(), role="adjudicator"))
    return (
        f"Settled: {decision.action.replace('_', ' ')} {shortened(decision.value, 80)}".rstrip()
        + f". Decision {number}."
    )


def _decision(given: dict[str, str], by: str) -> Decision:
    from litreview.model.review import Decision

    action, subject = given.get("action", ""), given.get("subject", "")
    if not subject or action not in _PAST:
        raise UsageError("the form does not say what was decided", hint="press one of its buttons")
    attribute = given.get("other" if action in _ON_PAIRS else "attribute", "").strip()
    return Decision(
        subject=subject,
        action=action,  # type: ignore[arg-type]
        attribute=attribute if action in (*_ON_VALUES, *_ON_PAIRS) else "",
        value=_value(given, action),
        decided_by=by,
        why=given.get("why", "").strip(),
        label=given.get("label", "") if action in ("add_case", "split_case") else "",
        **_marked(given),
    )


def _value(given: dict[str, str], action: str) -> str:
    """What the decision says: typed for a correction or a reason, for an offered value that very one, else nothing."""
    typed = given.get("value", "").strip()
    if action == "split_case":
        return "; ".join(filter(None, (given.get("parts", ""), typed)))
    if action in ("correct", "exclude"):
        return typed
    return given.get("of", "").strip() if action in ("accept", "reject") else ""


def _marked(given: dict[str, str]) -> dict[str, Any]:
    """The words of a text that were marked for a value."""
    places = given.get("start", ""), given.get("end", "")
    if not given.get("document_id") or not all(place.isascii() and place.isdigit() for place in places):
        return {}
    return {"document_id": given["document_id"], "start": int(places[0]), "end": int(places[1])}


def _back(base: str, given: dict[str, str]) -> str:
    """Where the form came from, told by names and never by an address: nobody is led elsewhere by a link."""
    kind, name = given.get("page", ""), given.get("name", "")
    if kind in ("case", "report", "patient") and name:
        return page(base, kind, name, f"a-{given['attribute']}" if given.get("attribute") else "")
    return f"{base}/-/{kind}" if kind in _LISTS else base


_ACTS: dict[str, Act] = {
    "decide": _decide,
    "undo": _undo,
    "finish": _finish,
    "reopen": _reopen,
    "adjudicate": _adjudicate,
}
_PAST = {
    "accept": "Accepted",
    "correct": "Corrected",
    "reject": "Rejected",
    "not_reported": "Marked as not reported:",
    "note": "Noted",
    "include": "Included",
    "exclude": "Excluded",
    "merge": "Merged with",
    "split": "Told apart from",
    "add_case": "Added",
    "delete_case": "Deleted",
    "split_case": "Split off",
}

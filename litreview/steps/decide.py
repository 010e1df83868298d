"""Takes a person's decision, and undoes one: written down, laid over the findings, and shown, in one transaction."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from litreview import dedupe, store
from litreview.errors import UsageError
from litreview.model.case import Finding, Value
from litreview.model.event import Event
from litreview.model.review import Action, Decision
from litreview.model.topic import Topic
from litreview.steps.workspace import Workspace

_ON_REPORTS: tuple[Action, ...] = ("include", "exclude")
_ON_PAIRS: tuple[Action, ...] = ("merge", "split")


def decide(work: Workspace, decision: Decision) -> int:
    """Keep a decision and show what follows from it; its number.

    `accept`, `correct`, `reject` and `not_reported` are about an attribute of a case, `include` and `exclude` about a
    record (by any of its names), `merge` and `split` about two. To accept or reject without a value means the value
    the case has, or the one that is proposed for it where it has none.
    """
    if decision.action in _ON_PAIRS:
        return _on_pair(work, decision)
    with store.transaction(work.db):
        if decision.action in _ON_REPORTS:
            subject = store.report_of(work.db, store.resolve(work.db, decision.subject))
            number = store.save_decision(work.db, _about(decision, subject))
        else:
            number = store.save_decision(work.db, _on_value(work, decision))
            subject = decision.subject
        _show(work, subject)
    work.count("decisions")
    return number


def undo(work: Workspace, decision_id: int) -> Decision:
    """Mark a decision undone; what stood before it stands again."""
    with store.transaction(work.db):
        decision = store.undo_decision(work.db, decision_id)
        if decision.action not in _ON_PAIRS:
            _show(work, decision.subject)
    if decision.action in _ON_PAIRS:
        _bring_up_to_date(work)
    work.count("decisions undone")
    return decision


def queue(path: Path) -> tuple[str, ...]:
    """What waits for a person, an item a line."""
    with store.open_database(path, readonly=True) as db:
        return tuple(
            " ".join(
                f"{row['kind']} {row['subject']} {row['attribute']} {_text(row['value'])}: {row['reason']}".split()
            )
            for row in store.waiting(db)
        )


def taken(path: Path) -> tuple[str, ...]:
    """The standing decisions with their numbers, a line each."""
    with store.open_database(path, readonly=True) as db:
        return tuple(
            " ".join(
                f"{row['decision_id']} {row['decided_at']} {row['decided_by']}: {row['action']} {row['subject']} "
                f"{row['attribute']} {row['value']}".split()
            )
            for row in store.load_decisions(db)
        )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _on_pair(work: Workspace, decision: Decision) -> int:
    """Keep what a person says of two records, in one order whichever was named first."""
    left, right = sorted(store.resolve(work.db, name) for name in (decision.subject, decision.attribute))
    if left == right:
        raise UsageError(f"{left} is a single record", hint="name two records: litreview review list DB")
    told = Decision(left, decision.action, right, "", decision.decided_by, decision.why)
    with store.transaction(work.db):
        number = store.save_decision(work.db, told)
    _bring_up_to_date(work)
    work.count("decisions")
    return number


def _bring_up_to_date(work: Workspace) -> None:
    """Clusters, reports and patients again, as far as they rest on what was said of two records."""
    from litreview.steps.update import update

    update(work)


def _about(decision: Decision, subject: str) -> Decision:
    return Decision(subject, decision.action, decision.attribute, decision.value, decision.decided_by, decision.why)


def _on_value(work: Workspace, decision: Decision) -> Decision:
    """The decision with its value checked and spelled out."""
    standing = Standing.of(work, decision)
    try:
        attribute = work.topic.attribute(decision.attribute)
    except KeyError:
        raise UsageError(
            f"{decision.attribute or 'nothing'} is not an attribute of {work.topic.name}",
            hint="see: litreview rules codebook",
        ) from None
    if decision.action == "not_reported":
        return decision
    value = decision.value
    if not value.strip() and decision.action in ("accept", "reject"):
        value = "; ".join(map(str, standing.machine or standing.proposed))
    given = store.typed(value, attribute)
    if attribute.type == "list":
        value = "; ".join(map(str, standing.whole(decision.action, given)))
    if not given:
        raise UsageError(
            f"there is no value of {attribute.name} to {decision.action} in {decision.subject}",
            hint="give a value, or use not_reported",
        )
    return Decision(decision.subject, decision.action, decision.attribute, value, decision.decided_by, decision.why)


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is for an attribute of a case when a person decides on it."""

    machine: tuple[Value, ...]
    effective: tuple[Value, ...]
    proposed: tuple[Value, ...]
    rejected: tuple[Value, ...]

    @classmethod
    def of(cls, work: Workspace, decision: Decision) -> "Standing":
        """What the case has, was offered, and was refused."""
        subject, name = decision.subject, decision.attribute
        machine = store.load_case(work.db, subject, machine=True).values(name)
        proposed = tuple(
            finding.value for finding in store.load_proposed(work.db, subject) if finding.attribute == name
        )
        before = store.standing_decision(work.db, subject, name)
        rejected = before["value"].split("; ") if before and before["action"] == "reject" else ()
        return cls(machine, store.load_case(work.db, subject).values(name), proposed, tuple(rejected))

    def whole(self, action: Action, given: tuple[Value, ...]) -> tuple[Value, ...]:
        """The list a decision is about: an accepted proposal joins what is there, a rejected item what was rejected."""
        if action == "accept" and given and set(given) <= set(self.proposed):
            return tuple(dict.fromkeys((*self.effective, *given)))
        if action == "reject" and given:
            return tuple(dict.fromkeys((*self.rejected, *given)))
        return given


def _show(work: Workspace, subject: str) -> None:
    if work.db.execute("SELECT 1 FROM cases WHERE case_id = ?", [subject]).fetchone():
        store.write_effective(work.db, subject, topic=work.topic, derive=_derive(work.topic))
        report = work.db.execute("SELECT record_id FROM cases WHERE case_id = ?", [subject]).fetchone()[0]
    else:
        report = subject
        store.show_eligibility(work.db, report)
        store.give_patients(work.db, report)
    patients = store.patients_of(work.db, report)
    merge = partial(dedupe.merge, topic=work.topic)
    store.refresh_patients(work.db, patients, topic=work.topic, merge=merge)


def _derive(topic: Topic) -> store.Derive:
    def derive(findings: tuple[Finding, ...], events: tuple[Event, ...]) -> tuple[Finding, ...]:
        from litreview.extract import settled

        return settled(findings, events, topic)

    return derive

"""Decisions on the value of a case's attribute: checked, spelled out, and tied to the words they rest on."""

from dataclasses import dataclass, replace

from litreview import store
from litreview.errors import UsageError
from litreview.model.case import Value
from litreview.model.evidence import Evidence
from litreview.model.review import Action, Decision
from litreview.model.topic import Attribute
from litreview.steps.workspace import Workspace


def checked(work: Workspace, decision: Decision) -> Decision:
    """The decision with its value of the attribute's type and unit, and its words as they stand in the text.

    Raises `UsageError` where it cannot be taken.
    """
    attribute = _attribute(work, decision.attribute)
    standing = Standing.of(work, decision)
    decision = _with_words(work, decision)
    if decision.action == "not_reported":
        return replace(decision, value="")
    spelled = _CHECKS[decision.action](work, decision, attribute, standing)
    if not spelled.value:
        raise UsageError(
            f"there is no value of {attribute.name} to {decision.action} in {decision.subject}",
            hint="give a value, or use not_reported",
        )
    return spelled


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
        effective = store.load_case(work.db, subject).values(name)
        before = store.own_decision(work.db, decision.decided_by, subject, name)
        if before and before["action"] in ("accept", "correct"):
            effective = store.typed(before["value"], work.topic.attribute(name))
        before = before or store.standing_decision(work.db, subject, name)
        rejected = before["value"].split("; ") if before and before["action"] == "reject" else ()
        return cls(machine, effective, proposed, tuple(rejected))

    def whole(self, action: Action, given: tuple[Value, ...]) -> tuple[Value, ...]:
        """The list a decision is about: an accepted proposal joins what is there, a rejected item what was rejected."""
        if action == "accept" and given and set(given) <= set(self.proposed):
            return tuple(dict.fromkeys((*self.effective, *given)))
        if action == "reject" and given:
            return tuple(dict.fromkeys((*self.rejected, *given)))
        return given


def _attribute(work: Workspace, name: str) -> Attribute:
    try:
        return work.topic.attribute(name)
    except KeyError:
        raise UsageError(
            f"{name or 'nothing'} is not an attribute of {work.topic.name}", hint="see: litreview rules codebook"
        ) from None


def _accept(work: Workspace, decision: Decision, attribute: Attribute, standing: Standing) -> Decision:
    """Without a value the one the case has, or that is proposed; a candidate's is put in with its words."""
    there = (*standing.machine, *standing.proposed)
    values = _given(decision, attribute) or standing.machine or standing.proposed
    if not set(values) <= {*there, *standing.effective}:
        return _candidate(work, decision, attribute, values)
    if attribute.type == "list":
        values = standing.whole("accept", values)
    return replace(decision, value=store.joined(values))


def _candidate(work: Workspace, decision: Decision, attribute: Attribute, values: tuple[Value, ...]) -> Decision:
    found = [
        each
        for each in store.load_candidates(work.db, decision.subject)
        if (each.attribute, (each.value,))
        == (
            attribute.name,
            values,
        )
    ]
    if not found:
        raise UsageError(
            f"the machine did not find {store.joined(values)} for {attribute.name} of {decision.subject}",
            hint="to put it in all the same: litreview review correct",
        )
    chosen = replace(decision, action="correct", value=store.joined(values), qualifier=found[0].qualifier)
    return chosen if decision.quote or not found[0].evidence else _on(chosen, found[0].evidence[0])


def _reject(work: Workspace, decision: Decision, attribute: Attribute, standing: Standing) -> Decision:
    there = (*standing.machine, *standing.proposed)
    values = _given(decision, attribute) or standing.machine or standing.proposed
    if not set(values) <= {*there, *standing.rejected}:
        raise UsageError(
            f"{decision.subject} has no {store.joined(values)} of {attribute.name} to reject",
            hint=f"it has: {store.joined(there) or 'nothing'}",
        )
    return replace(decision, value=store.joined(standing.whole("reject", values)))


def _correct(work: Workspace, decision: Decision, attribute: Attribute, standing: Standing) -> Decision:
    from litreview.extract.given import given

    value = given(decision.value, attribute, work.topic)
    qualifier = value.qualifier if value.qualifier != "=" else decision.qualifier
    return replace(decision, value=store.joined(value.values), qualifier=qualifier)


_CHECKS = {"accept": _accept, "reject": _reject, "correct": _correct}


def _given(decision: Decision, attribute: Attribute) -> tuple[Value, ...]:
    return store.typed(decision.value, attribute)


def _with_words(work: Workspace, decision: Decision) -> Decision:
    """The words of a stretch of a document of the case's report; of a mere quote its one place in them."""
    if decision.document_id or decision.start is not None or decision.end is not None:
        if decision.start is None or decision.end is None or not decision.document_id:
            raise UsageError(
                "words are marked by a document and the stretch from start to end", hint="give all three, or none"
            )
        if not store.tells(work.db, decision.document_id, decision.subject):
            raise UsageError(
                f"{decision.document_id} is not a document of the report of {decision.subject}",
                hint="mark words in a document of the same report",
            )
        words = store.marked(work.db, decision.document_id, decision.start, decision.end, quote=decision.quote)
        return _on(decision, words)
    if decision.quote:
        found = store.found_once(work.db, decision.subject, decision.quote)
        if found is None:
            raise UsageError(
                f"{decision.quote[:80]!r} does not stand, or not only once, in the texts of the report",
                hint="copy the words to the letter, and so many of them that they stand there once",
            )
        return _on(decision, found)
    return decision


def _on(decision: Decision, words: Evidence) -> Decision:
    return replace(
        decision,
        document_id=words.document_id,
        start=words.span.start,
        end=words.span.end,
        quote=words.quote,
    )

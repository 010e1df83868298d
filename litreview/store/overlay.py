"""People's decisions laid over what the machine found."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from litreview.model.case import Finding, Qualifier, Value
from litreview.model.evidence import Evidence

Again = Callable[[tuple[Finding, ...]], tuple[Finding, ...]]
"""Gives all the findings it is given, with what was derived from others of them derived anew."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A standing decision on one attribute of one case, its value already of the attribute's type.

    `machine` is what the machine had when it was taken (`None`: not known), `doubt` what is wrong with the decision
    itself. The action `none` is that of a decision that can no longer be applied.
    """

    decision_id: int
    attribute: str
    action: str
    values: tuple[Value, ...]
    decided_by: str
    qualifier: Qualifier = "="
    unit: str = ""
    evidence: tuple[Evidence, ...] = ()
    machine: str | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """The effective findings, who decided each attribute, and why a decision waits (by its id, empty: it does not).

    `proposed` is what still waits for a person.
    """

    findings: tuple[Finding, ...]
    decided: dict[str, str]
    waiting: dict[int, str]
    proposed: tuple[Finding, ...] = ()


def overlay(
    machine: tuple[Finding, ...], rulings: tuple[Ruling, ...], derive: Again, proposed: tuple[Finding, ...] = ()
) -> Overlaid:
    """Apply the rulings, one an attribute that has an effect, and derive again what rests on what they changed.

    A value that was accepted or corrected stands whatever the machine finds later, and waits for another look where
    the machine finds something else than it did; so does `not_reported`, which keeps the attribute empty. A value that
    was rejected stays away; if the machine finds another one, that one shows and the rejection waits. What is
    `proposed` was found too, but shows only where it is accepted, and nothing is derived beside it while nobody has
    decided.
    """
    findings = machine
    waiting: dict[int, str] = {}
    for ruling in rulings:
        found = tuple(item for item in findings if item.attribute == ruling.attribute)
        unsure = tuple(item for item in proposed if item.attribute == ruling.attribute)
        effective, contradicted = _APPLY[ruling.action](found, unsure, ruling)
        waiting[ruling.decision_id] = contradicted or ruling.doubt
        findings = (*(item for item in findings if item.attribute != ruling.attribute), *effective)
    rulings = tuple(ruling for ruling in rulings if ruling.action != "none")
    changed = {ruling.attribute for ruling in rulings if _values(findings, ruling) != _values(machine, ruling)}
    left = tuple(item for item in proposed if not _is_settled(item, rulings))
    if changed:
        findings = _derive_again(findings, {ruling.attribute for ruling in rulings}, left, derive)
    return Overlaid(findings, {ruling.attribute: ruling.decided_by for ruling in rulings}, waiting, left)


def _is_settled(item: Finding, rulings: tuple[Ruling, ...]) -> bool:
    """Whether a person has decided on a proposed value: on its attribute, or to reject this very value."""
    mine = (ruling for ruling in rulings if ruling.attribute == item.attribute)
    return any(ruling.action != "reject" or item.value in ruling.values for ruling in mine)


def _stand(found: tuple[Finding, ...], unsure: tuple[Finding, ...], ruling: Ruling) -> tuple[tuple[Finding, ...], str]:
    """The decided values, each with the words it was decided on, then the machine's where it found the same."""
    by_value = {item.value: item for item in (*unsure, *found)}
    effective = tuple(_decided(value, by_value.get(value), ruling) for value in ruling.values)
    sure = {item.value for item in found}
    if ruling.action == "accept" and not sure <= set(ruling.values) <= by_value.keys():
        return effective, "the machine no longer finds what was accepted"
    return effective, _contradicted(found, ruling)


def _decided(value: Value, found: Finding | None, ruling: Ruling) -> Finding:
    if found is None:
        return Finding(
            ruling.attribute,
            value,
            ruling.evidence,
            qualifier=ruling.qualifier,
            unit=ruling.unit,
            origin="decided",
            confidence=1.0,
        )
    evidence = tuple(dict.fromkeys((*ruling.evidence, *found.evidence)))
    qualifier = found.qualifier if ruling.action == "accept" and ruling.qualifier == "=" else ruling.qualifier
    return replace(found, evidence=evidence, qualifier=qualifier, origin="decided", confidence=1.0, doubts=())


def _contradicted(found: tuple[Finding, ...], ruling: Ruling) -> str:
    """What the machine finds now, where that is neither what it had then nor what was decided."""
    values = tuple(item.value for item in found)
    told = "; ".join(map(str, values))
    if ruling.machine is None or set(values) <= set(ruling.values) or told == ruling.machine:
        return ""
    return f"the machine now finds {told}"


def _reject(found: tuple[Finding, ...], unsure: tuple[Finding, ...], ruling: Ruling) -> tuple[tuple[Finding, ...], str]:
    left = tuple(item for item in found if item.value not in ruling.values)
    if left == found and not any(item.value in ruling.values for item in unsure):
        return left, "the machine no longer finds what was rejected"
    return left, ""


def _empty(found: tuple[Finding, ...], unsure: tuple[Finding, ...], ruling: Ruling) -> tuple[tuple[Finding, ...], str]:
    return (), _contradicted(found, ruling)


def _none(found: tuple[Finding, ...], unsure: tuple[Finding, ...], ruling: Ruling) -> tuple[tuple[Finding, ...], str]:
    return found, ""


_APPLY = {"accept": _stand, "correct": _stand, "reject": _reject, "not_reported": _empty, "none": _none}


def _values(findings: tuple[Finding, ...], ruling: Ruling) -> set[Value]:
    return {item.value for item in findings if item.attribute == ruling.attribute}


def _derive_again(
    findings: tuple[Finding, ...], decided: set[str], left: tuple[Finding, ...], derive: Again
) -> tuple[Finding, ...]:
    """What a person emptied is not filled again by a derivation, and nothing is made of half a list."""
    unsure = {item.attribute for item in left}
    return tuple(
        item
        for item in derive(findings)
        if item.origin != "derived" or (item.attribute not in decided and not unsure & set(item.derived_from))
    )

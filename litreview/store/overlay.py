"""People's decisions laid over what the machine found."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from litreview.model.case import Finding, Value

Again = Callable[[tuple[Finding, ...]], tuple[Finding, ...]]
"""Gives all the findings it is given, with what was derived from others of them derived anew."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A standing decision on one attribute of one case, its value already of the attribute's type."""

    decision_id: int
    attribute: str
    action: str
    values: tuple[Value, ...]
    decided_by: str


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
    """Apply the rulings, at most one an attribute, and derive again what rests on an attribute they changed.

    A value that was accepted or corrected stands whatever the machine finds later, and waits for another look where
    the machine finds something else. A value that was rejected stays away; if the machine finds another one, that one
    shows and the rejection waits. `not_reported` keeps the attribute empty. What is `proposed` was found too, but shows
    only where it is accepted, and nothing is derived beside it while nobody has decided.
    """
    findings = machine
    waiting: dict[int, str] = {}
    for ruling in rulings:
        found = tuple(item for item in findings if item.attribute == ruling.attribute)
        unsure = tuple(item for item in proposed if item.attribute == ruling.attribute)
        effective, waiting[ruling.decision_id] = _APPLY[ruling.action](found, unsure, ruling)
        findings = (*(item for item in findings if item.attribute != ruling.attribute), *effective)
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
    """The decided values, each with the machine's evidence where the machine found the same."""
    by_value = {item.value: item for item in (*unsure, *found)}
    effective = tuple(
        replace(by_value[value], origin="decided", confidence=1.0, doubts=())
        if value in by_value
        else Finding(ruling.attribute, value, (), origin="decided", confidence=1.0)
        for value in ruling.values
    )
    sure = {item.value for item in found}
    if ruling.action == "accept" and not sure <= set(ruling.values) <= by_value.keys():
        return effective, "the machine no longer finds what was accepted"
    return effective, ""


def _reject(found: tuple[Finding, ...], unsure: tuple[Finding, ...], ruling: Ruling) -> tuple[tuple[Finding, ...], str]:
    left = tuple(item for item in found if item.value not in ruling.values)
    if left == found and not any(item.value in ruling.values for item in unsure):
        return left, "the machine no longer finds what was rejected"
    return left, ""


def _empty(found: tuple[Finding, ...], unsure: tuple[Finding, ...], ruling: Ruling) -> tuple[tuple[Finding, ...], str]:
    return (), ""


_APPLY = {"accept": _stand, "correct": _stand, "reject": _reject, "not_reported": _empty}


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

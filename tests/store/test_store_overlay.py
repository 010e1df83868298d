from dataclasses import replace

import pytest

from litreview.model.case import Finding
from litreview.store.overlay import Ruling, overlay

ONSET = Finding("onset_day", 3, ())
START = Finding("start_day", 10, ())
DELAY = Finding("delay_days", 7, (), origin="derived", derived_from=("start_day", "onset_day"))
MACHINE = (ONSET, START, DELAY)


def derive(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The delay from onset to start, as extraction would derive it."""
    kept = tuple(item for item in findings if item.origin != "derived")
    days = {item.attribute: item.value for item in kept}
    if {"start_day", "onset_day"} <= days.keys() and "delay_days" not in days:
        return (*kept, replace(DELAY, value=days["start_day"] - days["onset_day"]))
    return kept


def rule(action: str, attribute: str, *values: object) -> Ruling:
    return Ruling(1, attribute, action, values, "Ann")  # type: ignore[arg-type]


def values(*rulings: Ruling, machine: tuple[Finding, ...] = MACHINE) -> dict[str, object]:
    return {item.attribute: item.value for item in overlay(machine, rulings, derive).findings}


def test_without_decisions_the_machine_is_believed() -> None:
    assert overlay(MACHINE, (), derive).findings == MACHINE


def test_a_corrected_value_stands_and_what_rests_on_it_follows() -> None:
    assert values(rule("correct", "start_day", 24)) == {"onset_day": 3, "start_day": 24, "delay_days": 21}


def test_a_decided_value_is_not_derived_over() -> None:
    assert values(rule("correct", "delay_days", 6)) == {"onset_day": 3, "start_day": 10, "delay_days": 6}


def test_an_accepted_value_keeps_its_words_and_is_decided() -> None:
    laid = overlay(MACHINE, (rule("accept", "onset_day", 3),), derive)
    accepted = next(item for item in laid.findings if item.attribute == "onset_day")
    assert (accepted.origin, accepted.evidence) == ("decided", ONSET.evidence)
    assert laid.decided == {"onset_day": "Ann"}
    assert laid.waiting == {1: ""}


def test_a_rejected_value_is_gone_with_what_rested_on_it() -> None:
    assert values(rule("reject", "onset_day", 3)) == {"start_day": 10}


def test_not_reported_empties_whatever_is_found() -> None:
    assert values(rule("not_reported", "onset_day")) == {"start_day": 10}


def test_what_a_person_emptied_is_not_derived_again() -> None:
    assert values(rule("not_reported", "delay_days")) == {"onset_day": 3, "start_day": 10}


@pytest.mark.parametrize(
    ("action", "waits", "shown"),
    [("accept", True, 3), ("reject", True, 4), ("correct", False, 3)],
    ids=["accepted stands and waits", "rejected lets the new one show and waits", "corrected stands"],
)
def test_a_decision_whose_finding_is_gone(action: str, waits: bool, shown: int) -> None:
    machine = (replace(ONSET, value=4),)
    laid = overlay(machine, (rule(action, "onset_day", 3),), derive)
    assert [item.value for item in laid.findings] == [shown]
    assert bool(laid.waiting[1]) is waits


def test_one_item_of_a_list_can_be_rejected() -> None:
    machine = tuple(Finding("drugs", name, ()) for name in ("serum", "steroid"))
    laid = overlay(machine, (rule("reject", "drugs", "steroid"),), derive)
    assert [item.value for item in laid.findings] == ["serum"]

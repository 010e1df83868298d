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


SERUM, REST = Finding("drugs", "serum", ()), Finding("drugs", "rest", (), rule_id="drugs.2", doubts=("no",))


def test_what_is_proposed_does_not_show_and_waits() -> None:
    laid = overlay((SERUM,), (), derive, (REST,))
    assert (laid.findings, laid.proposed) == ((SERUM,), (REST,))


def test_an_accepted_proposal_shows_with_its_rule_and_nothing_waits() -> None:
    laid = overlay((SERUM,), (rule("accept", "drugs", "serum", "rest"),), derive, (REST,))
    assert [(item.value, item.rule_id) for item in laid.findings] == [("serum", ""), ("rest", "drugs.2")]
    assert [item.doubts for item in laid.findings] == [(), ()]
    assert (laid.proposed, laid.waiting) == ((), {1: ""})


@pytest.mark.parametrize(
    ("ruling", "proposed"),
    [
        (rule("reject", "drugs", "rest"), []),
        (rule("reject", "drugs", "serum"), ["rest"]),
        (rule("correct", "drugs", "steroid"), []),
        (rule("not_reported", "drugs"), []),
    ],
    ids=["rejected", "another value rejected", "corrected", "not reported"],
)
def test_a_proposal_waits_until_a_person_has_decided_on_it(ruling: Ruling, proposed: list[object]) -> None:
    laid = overlay((SERUM,), (ruling,), derive, (REST,))
    assert ([item.value for item in laid.proposed], laid.waiting) == (proposed, {1: ""})


def test_nothing_is_derived_from_what_is_only_half_filled_in() -> None:
    other = Finding("onset_day", 4, ())
    laid = overlay((ONSET, START), (rule("correct", "start_day", 12),), derive, (other,))
    assert [item.attribute for item in laid.findings] == ["onset_day", "start_day"]

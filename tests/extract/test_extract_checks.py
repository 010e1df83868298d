"""Checks: what cannot be so of one patient is doubted, with the reason."""

from dataclasses import replace

import pytest

from litreview.extract.checks import checked
from litreview.model.case import Finding
from litreview.model.check import Check, Clue
from litreview.model.clock import Clock
from litreview.model.document import Span
from litreview.model.eligibility import Eligibility
from litreview.model.event import Event
from litreview.model.evidence import Evidence
from litreview.model.topic import Topic

DOSES, TO_RESPONSE = Finding("doses", 3, ()), Finding("to_response", 4, ())


def topic(*checks: Check) -> Topic:
    return Topic(
        name="toy",
        title="Toy",
        question="?",
        version="1",
        clock=Clock(index="bite", start="treatment"),
        events=(),
        eligibility=Eligibility(question="?", case_needs=(), exclusions=()),
        checks=checks,
    )


def check(*when: Clue, says: str = "no") -> Topic:
    return topic(Check(says=says, when=when))


def doubts(given: Topic, *findings: Finding, events: tuple[Event, ...] = ()) -> dict[str, tuple[str, ...]]:
    return {finding.attribute: finding.doubts for finding in checked(findings, events, given) if finding.doubts}


ABOVE = check(
    Clue(attribute="to_response", above="doses"), says="a response after {to_response} doses, but {doses} given"
)


def test_both_values_are_doubted_and_the_reason_names_them() -> None:
    told = ("check failed: a response after 4 doses, but 3 given",)

    assert doubts(ABOVE, DOSES, TO_RESPONSE) == {"doses": told, "to_response": told}


@pytest.mark.parametrize(
    "findings",
    [
        (DOSES, replace(TO_RESPONSE, value=3)),
        (TO_RESPONSE,),
        (replace(DOSES, qualifier=">"), TO_RESPONSE),
        (DOSES, replace(TO_RESPONSE, qualifier="<")),
        (replace(DOSES, value="several"), TO_RESPONSE),
    ],
    ids=["as many", "nothing to compare with", "more than 3 given", "within 4", "no number"],
)
def test_what_can_be_so_is_not_doubted(findings: tuple[Finding, ...]) -> None:
    assert doubts(ABOVE, *findings) == {}


@pytest.mark.parametrize(
    ("clue", "months", "fails"),
    [
        (Clue(attribute="days", above="months", times=30.4, slack=15), 2.0, True),
        (Clue(attribute="days", above="months", times=30.4, slack=60), 2.0, False),
        (Clue(attribute="days", above="months", times=30.4), 3.3, False),
        (Clue(attribute="days", above="90"), 3.0, True),
        (Clue(attribute="days", below="90"), 3.0, False),
        (Clue(attribute="days", below="months", times=30.4), 4.0, True),
    ],
)
def test_numbers_are_compared_in_the_first_ones_unit(clue: Clue, months: float, fails: bool) -> None:
    assert bool(doubts(check(clue), Finding("days", 100, ()), Finding("months", months, ()))) is fails


@pytest.mark.parametrize(("delay", "fails"), [(7, False), (8, False), (9, True), (100, True)])
def test_a_difference_is_held_against_its_two_days(delay: int, fails: bool) -> None:
    given = check(Clue(attribute="delay", apart_from=("start", "onset"), slack=1, share=0.1))
    days = Finding("start", 10, ()), Finding("onset", 3, ()), Finding("delay", delay, ())

    assert bool(doubts(given, *days)) is fails


@pytest.mark.parametrize(("said", "fails"), [("no", True), ("yes", False)])
def test_each_of_several_attributes_is_doubted_by_itself(said: str, fails: bool) -> None:
    given = check(Clue(attribute="bitten", values=("no",)), Clue(any_of=("snake", "serum")), says="not bitten")
    told = doubts(given, Finding("bitten", said, ()), Finding("snake", "viper", ()), Finding("doses", 3, ()))

    assert told == (dict.fromkeys(("bitten", "snake"), ("check failed: not bitten",)) if fails else {})


def test_of_a_list_the_item_is_doubted() -> None:
    given = check(Clue(attribute="drugs", values=("serum",)), Clue(attribute="bitten", values=("no",)))
    findings = Finding("drugs", "serum", ()), Finding("drugs", "rest", ()), Finding("bitten", "no", ())

    assert [bool(found.doubts) for found in checked(findings, (), given)] == [True, False, True]


def test_words_of_the_evidence_are_looked_at() -> None:
    girl = Finding("sex", "female", (Evidence("d", Span(0, 4), "girl", "case"),))
    given = check(Clue(attribute="age", above="20"), Clue(attribute="sex", words=r"\bgirl\b"))

    assert doubts(given, Finding("age", 40, ()), girl).keys() == {"age", "sex"}
    assert doubts(given, Finding("age", 40, ()), replace(girl, evidence=())) == {}


def test_an_event_that_is_told_speaks_against_a_value() -> None:
    given = check(Clue(attribute="state", values=("alive",)), Clue(event="death"), says="a death is told")

    assert doubts(given, Finding("state", "alive", ()), events=(Event("death"),)) == {
        "state": ("check failed: a death is told",)
    }
    assert doubts(given, Finding("state", "alive", ())) == {}


def test_what_a_person_decided_is_not_doubted_but_held_against_the_rest() -> None:
    assert doubts(ABOVE, replace(DOSES, origin="decided"), TO_RESPONSE).keys() == {"to_response"}


def test_checks_are_held_anew_and_other_doubts_stay() -> None:
    doubted = replace(TO_RESPONSE, doubts=("tellings disagree: text says 4, table says 3", "check failed: old"))

    assert doubts(ABOVE, doubted) == {"to_response": ("tellings disagree: text says 4, table says 3",)}

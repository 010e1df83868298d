"""How sure a value is, and what becomes of one that is too unsure to be filled in."""

from dataclasses import replace

import pytest

from litreview.extract.propose import propose, settled, unproposed
from litreview.extract.weigh import weighed, weights
from litreview.model.case import Case, Finding
from litreview.model.clock import Clock
from litreview.model.confidence import Confidence
from litreview.model.eligibility import Eligibility
from litreview.model.rule import DeriveRule, RegexRule, Rule
from litreview.model.topic import Attribute, Topic

SCALE = Confidence(
    base=2.0,
    signs={"in a table": 1.0, "in three places": 4.0, "tellings disagree": -2.0, "check failed": -2.0},
    kinds={"difference": -0.5},
    attributes={"start": 0.5},
    rules={"start.odd": -3.0},
)


def attribute(name: str, *rules: Rule) -> Attribute:
    return Attribute(name=name, type="number", definition=name, rules=rules, examples=())


def pattern(name: str, strength: float = 0.8) -> RegexRule:
    return RegexRule(kind="regex", id=name, pattern="x", value="1", strength=strength)


TOPIC = Topic(
    name="toy",
    title="Toy",
    question="?",
    version="1",
    clock=Clock(index="bite", start="treatment"),
    events=(),
    eligibility=Eligibility(question="?", case_needs=(), exclusions=()),
    attributes=(
        attribute("onset", pattern("onset.1"), pattern("onset.strong", 0.95)),
        attribute("start", pattern("start.1"), pattern("start.odd")),
        attribute(
            "delay", DeriveRule(kind="derive", id="delay.1", how="difference", of="start", less="onset", strength=0.8)
        ),
        attribute("snake", DeriveRule(kind="derive", id="snake.1", how="of_report", beside=("onset", "start"))),
        attribute("weeks", DeriveRule(kind="derive", id="weeks.1", how="copy", of="delay", strength=0.8)),
    ),
    confidence=SCALE,
    fill_from=0.6,
)
ONSET, START = Finding("onset", 3, (), rule_id="onset.1"), Finding("start", 10, (), rule_id="start.1")
DELAY = Finding("delay", 7, (), origin="derived", derived_from=("start", "onset"), rule_id="delay.1")
WEEKS = Finding("weeks", 7, (), origin="derived", derived_from=("delay",), rule_id="weeks.1")

SNAKE = Finding("snake", 1, (), origin="derived", derived_from=("report", "onset", "start"), rule_id="snake.1")


def confidence(*findings: Finding) -> list[float]:
    return [finding.confidence for finding in weighed(findings, (), TOPIC)]


def test_signs_doubts_rules_and_attributes_are_added_up() -> None:
    (plain,) = confidence(ONSET)

    assert plain == pytest.approx(0.881, abs=0.001)  # log odds of 2
    assert confidence(replace(ONSET, signs=("in a table",)))[0] > plain
    assert confidence(replace(ONSET, doubts=("tellings disagree: text says 3, table says 4",))) == [0.5]
    assert confidence(START)[0] > plain
    assert confidence(replace(START, rule_id="start.odd"))[0] < plain
    assert confidence(replace(ONSET, rule_id="onset.strong"))[0] > plain


def test_what_is_not_known_of_weighs_nothing() -> None:
    assert confidence(replace(ONSET, rule_id="gone", signs=("told in verse",))) == confidence(ONSET)


def test_nothing_is_certain_but_what_a_person_decided() -> None:
    sure = replace(START, signs=("in a table", "in three places"))

    assert confidence(sure, replace(START, origin="decided", doubts=("check failed: no",))) == [0.99, 1.0]


def test_a_derived_value_is_weighed_after_what_it_rests_on_in_whatever_order_they_stand() -> None:
    unsure = replace(ONSET, doubts=("tellings disagree: text says 3, table says 4",))

    sure_delay = confidence(DELAY, ONSET, START)[0]
    unsure_weeks, unsure_delay, *_ = confidence(WEEKS, DELAY, unsure, START)

    assert unsure_delay < sure_delay
    assert unsure_weeks < confidence(WEEKS, DELAY, ONSET, START)[0]


def test_what_the_confidence_is_made_of_can_be_told() -> None:
    findings = weighed((ONSET, START, DELAY), (), TOPIC)

    told = dict(weights(findings[2], findings, TOPIC))

    assert told["stated once"] == 2.0
    assert told["kind of rule difference"] == -0.5
    assert told["rests on a value of 0.88"] < 0


def case(*findings: Finding) -> Case:
    return Case("P1", 1, "own", weighed(findings, (), TOPIC))


def test_a_value_below_the_threshold_is_proposed_with_the_reason() -> None:
    held = propose(case(replace(ONSET, doubts=("tellings disagree: text says 3, table says 4",)), START), TOPIC)

    assert [finding.attribute for finding in held.findings] == ["start"]
    assert [(lost.finding.attribute, lost.proposed, lost.reason) for lost in held.candidates] == [
        ("onset", True, "proposed: confidence 0.50 is below 0.6")
    ]


def test_what_rests_on_a_proposed_value_is_proposed_too() -> None:
    strict = TOPIC.model_copy(update={"fill_from": 0.52})
    unsure = replace(ONSET, confidence=0.5)
    held = propose(
        Case("P1", 1, "own", (unsure, START, replace(DELAY, confidence=0.9), replace(WEEKS, confidence=0.9))), strict
    )

    assert {lost.finding.attribute: lost.reason for lost in held.candidates} == {
        "onset": "proposed: confidence 0.50 is below 0.52",
        "start": "proposed: confidence 0.50 is below 0.52",
        "delay": "proposed: rests on onset, start, which is proposed",
        "weeks": "proposed: rests on delay, which is proposed",
    }


def test_a_case_without_unsure_values_is_left_as_it_is_and_proposals_can_be_taken_back() -> None:
    sure, unsure = case(ONSET, START), case(replace(ONSET, rule_id="start.odd"), START)

    assert propose(sure, TOPIC) is sure
    assert set(unproposed(propose(unsure, TOPIC)).findings) == set(unsure.findings)


def test_after_a_decision_what_rests_on_it_is_surer() -> None:
    decided = replace(ONSET, value=4, origin="decided", confidence=1.0)

    before = next(f for f in settled((ONSET, START), (), TOPIC) if f.attribute == "delay")
    after = next(f for f in settled((decided, replace(START, origin="decided")), (), TOPIC) if f.attribute == "delay")

    assert (before.value, after.value) == (7, 6)
    assert after.confidence > before.confidence


def test_a_derived_value_too_unsure_to_be_filled_in_is_not_made_by_a_decision() -> None:
    unsure = replace(ONSET, doubts=("tellings disagree: text says 3, table says 4",))

    assert [finding.attribute for finding in settled((unsure, START), (), TOPIC)] == ["onset", "start"]


def test_what_a_report_tells_of_all_rests_on_the_surest_value_beside_it() -> None:
    unsure = replace(START, rule_id="start.odd")

    assert confidence(SNAKE, ONSET, unsure)[0] == confidence(SNAKE, ONSET)[0] > confidence(SNAKE, unsure)[0]


def test_what_a_report_tells_of_all_stays_while_one_value_beside_it_is_filled_in() -> None:
    unsure = replace(START, rule_id="start.odd")
    both = propose(Case("a", 1, "own", findings=weighed((SNAKE, ONSET, unsure), (), TOPIC)), TOPIC)
    alone = propose(Case("a", 1, "own", findings=weighed((SNAKE, unsure), (), TOPIC)), TOPIC)

    assert [finding.attribute for finding in both.findings] == ["snake", "onset"]
    assert alone.findings == ()

"""What is learned from observations: signs that go with errors weigh against a value."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from litreview.errors import ReadError
from litreview.evaluate.calibrate import Observation, Trust, cross_validate, fit, observe, predict
from litreview.evaluate.comparison import Comparison
from litreview.evaluate.observations import read_observations, write_observations
from litreview.model.case import Finding
from litreview.model.confidence import Traits
from litreview.model.topic import Topic

TRUST = {"new": Trust(), "seen": Trust(0.5, in_view=True)}


def seen(attribute: str = "age", *signs: str, sources: tuple[str, ...] = ()) -> Traits:
    return Traits(attribute, f"{attribute}.1", "regex", 0.8, signs, sources)


def values(n: int, right: int, traits: Traits, group: str = "new") -> Iterator[Observation]:
    """So many values of one kind, each in a report of its own, the right ones first."""
    return (Observation(group, str(number), f"{number}#1", traits, number < right) for number in range(n))


def test_a_sign_that_goes_with_errors_weighs_against_a_value() -> None:
    learned = fit([*values(60, 57, seen()), *values(30, 15, seen("age", "tellings disagree"))], TRUST)

    assert learned.signs["tellings disagree"] < -1
    assert learned.share(seen(), None) == pytest.approx(57 / 60, abs=0.05)
    assert learned.share(seen("age", "tellings disagree"), None) == pytest.approx(15 / 30, abs=0.15)


def test_a_rule_that_erred_once_is_not_condemned() -> None:
    once = replace(seen(), rule="age.2")
    often = replace(seen(), rule="age.3")
    learned = fit([*values(60, 57, seen()), *values(1, 0, once), *values(20, 4, often)], TRUST)

    assert learned.share(often, None) < 0.4 < 0.5 < learned.share(once, None) < learned.share(seen(), None)


def test_a_set_that_was_in_view_says_nothing_of_how_often_values_are_right() -> None:
    honest = list(values(50, 40, seen()))

    alone = fit(honest, TRUST).share(seen(), None)
    together = fit([*honest, *values(400, 400, seen(), "seen")], TRUST).share(seen(), None)

    assert together == pytest.approx(alone, abs=0.03)


def test_sets_that_are_not_named_and_cases_that_are_none_teach_nothing() -> None:
    honest = list(values(50, 45, seen()))
    no_case = [replace(each, is_case=False, right=False) for each in values(50, 0, seen())]

    assert fit([*honest, *no_case, *values(50, 0, seen(), "other")], TRUST) == fit(honest, TRUST)


def test_a_derived_value_is_less_sure_beside_an_unsure_source() -> None:
    sure, unsure = seen("start"), seen("start", "tellings disagree")
    delay = seen("delay", sources=("start",))
    good = (*values(60, 58, sure), *values(60, 56, delay))
    bad = (replace(each, report=f"x{each.report}") for each in (*values(20, 6, unsure), *values(20, 8, delay)))
    learned = fit([*good, *bad], TRUST)

    beside = [
        predict([Observation("new", "9", "9#1", source, True), Observation("new", "9", "9#1", delay, True)], learned)
        for source in (sure, unsure)
    ]

    assert beside[1][1].confidence < beside[0][1].confidence - 0.1


def test_each_report_is_predicted_by_weights_that_have_not_seen_it() -> None:
    lonely = [Observation("new", "lonely", "lonely#1", seen("age", "in the title"), False)]
    found = cross_validate([*values(40, 38, seen()), *lonely, *values(9, 9, seen(), "seen")], TRUST)

    assert len(found) == 41
    assert next(each for each in found if each.observation.report == "lonely").confidence > 0.8


def test_what_was_found_is_observed_and_what_is_missing_is_not(topic: Topic) -> None:
    found = Finding("age", 3, (), rule_id="gone", signs=("in a table",), doubts=("check failed: too old",))
    comparisons = [
        Comparison("1", "1#1", "age", "wrong", rule_id="gone", finding=found),
        Comparison("1", "1#1", "sex", "missing"),
    ]

    (observed,) = observe(comparisons, "new", topic)

    assert (observed.right, observed.is_case, observed.seen.signs) == (False, True, ("in a table", "check failed"))


def test_observations_survive_a_file_which_names_the_set(tmp_path: Path) -> None:
    told = [
        Observation("new", "1", "1#1", seen("age", "in a table", "shared out"), True),
        Observation("new", "1", "man", seen("delay", sources=("start", "onset")), False, is_case=False),
    ]

    assert write_observations(told, tmp_path / "new.csv") == 2
    assert list(read_observations(tmp_path / "new.csv")) == told


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("pmid,age\n1,3\n")

    with pytest.raises(ReadError, match="holds no observations"):
        list(read_observations(tmp_path / "new.csv"))

"""Whether confidence says how often values are right."""

import pytest

from litreview.evaluate import printed
from litreview.evaluate.comparison import Comparison
from litreview.evaluate.reliability import bins, brier, costs, judged, sure
from litreview.model.case import Finding

VALUES = [(0.99, True), (0.95, True), (0.93, False), (0.6, True), (0.55, False), (0.2, False)]


def test_values_stand_in_the_bin_of_their_confidence() -> None:
    found = bins(VALUES, (0.0, 0.5, 0.95, 1.0))

    assert [(each.low, each.n, each.right) for each in found] == [(0.0, 1, 0), (0.5, 3, 1), (0.95, 2, 2)]
    assert found[1].said == pytest.approx((0.93 + 0.6 + 0.55) / 3)


def test_certainty_belongs_to_the_last_bin() -> None:
    assert [each.n for each in bins([(1.0, True)], (0.0, 0.9, 1.0))] == [0, 1]


def test_the_brier_score_is_what_confidence_is_off_by() -> None:
    assert brier([(0.9, True), (0.4, False)]) == pytest.approx((0.01 + 0.16) / 2)
    assert brier([]) is None


def test_of_the_sure_values_the_right_ones_are_counted() -> None:
    assert sure(VALUES) == (2, 3)


def test_a_threshold_keeps_wrong_values_out_and_loses_right_ones() -> None:
    (cost,) = costs(VALUES, [0.6])

    assert (cost.right, cost.wrong, cost.right_lost, cost.wrong_lost) == (3, 1, 0, 2)


def test_what_a_person_decided_and_what_is_missing_says_nothing_of_the_machine() -> None:
    sure_of = Finding("age", 3, (), confidence=0.8)
    found = [
        Comparison("1", "1#1", "age", "right", finding=sure_of),
        Comparison("1", "1#2", "age", "wrong", finding=sure_of),
        Comparison("1", "1#3", "age", "right", origin="decided", finding=sure_of),
        Comparison("1", "1#4", "age", "missing"),
    ]

    assert judged(found) == ((0.8, True), (0.8, False))


def test_the_table_tells_what_was_said_and_what_was_right() -> None:
    assert [line.split() for line in printed.reliability([(0.92, True), (0.94, True)])][1:] == [
        ["0.90", "to", "0.95", "2", "0.93", "1.00", "(0.34", "to", "1.00)"]
    ]


def test_the_trade_off_is_told_for_each_threshold() -> None:
    assert [line.split() for line in printed.threshold(VALUES, [0.0, 0.6])][1:] == [
        ["0.00", "3", "3", "50.0", "0", "0"],
        ["0.60", "3", "1", "25.0", "0", "2"],
    ]

"""Measures and their intervals, and how they are printed."""

import pytest

from litreview.evaluate import printed
from litreview.evaluate.bootstrap import f1_interval
from litreview.evaluate.comparison import Comparison, Count
from litreview.evaluate.figures import eligible_share, reason_share, value_figures
from litreview.evaluate.score import ReportScore, Scores, Screened


def scores(*comparisons: Comparison, screened: tuple[Screened, ...] = ()) -> Scores:
    pmids = dict.fromkeys(comparison.pmid for comparison in comparisons)
    reports = tuple(
        ReportScore((pmid,), tuple(found for found in comparisons if found.pmid == pmid), Count(tp=1)) for pmid in pmids
    )
    return Scores(reports, screened)


RIGHT = Comparison("1", "1#1", "age", "right", "3", "3", "three", "three", rule_id="age.1", overlaps=True)
WRONG = Comparison("2", "2#1", "sex", "wrong", "male", "female", "the boy", "his mother", rule_id="sex.2")


def test_measures_follow_from_counts() -> None:
    counted = Count(tp=9, fp=1, fn=3)

    assert (counted.precision, counted.recall) == (0.9, 0.75)
    assert counted.f1 == pytest.approx(18 / 22)


def test_nothing_counted_has_no_measure() -> None:
    assert (Count().precision, Count().recall, Count().f1, Count().precision_interval) == (None, None, None, None)


def test_the_interval_of_f1_draws_reports_and_is_always_the_same() -> None:
    reports = [Count(tp=9, fp=1, fn=3), Count(tp=1, fp=5, fn=4), Count(tp=8, fn=1)]

    low, high = f1_interval(reports) or (0, 0)

    assert (low, high) == f1_interval(reports)
    assert low < Count(tp=18, fp=6, fn=8).f1 < high  # type: ignore[operator]


def test_one_report_alone_has_no_interval_of_f1() -> None:
    assert f1_interval([Count(tp=3), Count()]) is None


def test_screening_is_compared_with_the_gold() -> None:
    screened = (
        Screened("1", True, True, "", ""),
        Screened("2", False, False, "secondary", "secondary"),
        Screened("3", False, False, "secondary", "not_human"),
        Screened("4", False, True, "secondary", ""),
    )

    shares = eligible_share(scores(screened=screened)), reason_share(scores(screened=screened))

    assert [(share.n, share.of) for share in shares] == [(3, 4), (1, 3)]


def test_totals_name_no_report_and_no_value() -> None:
    text = "\n".join(printed.totals(scores(RIGHT, WRONG)))

    assert "all values" in text
    assert "male" not in text
    assert "2#1" not in text


def test_errors_show_both_quotes_and_the_rule() -> None:
    assert list(printed.errors([RIGHT, WRONG]))[1:] == [
        "sex  2  2#1",
        "  WRONG: gives female, gold has male",
        "  gold:  “the boy”",
        "  found: “his mother”",
        "  rule:  sex.2  ()",
    ]


@pytest.mark.parametrize(("sort", "first"), [("attribute", "age"), ("report", "zeal")])
def test_errors_are_sorted_as_asked(sort: str, first: str) -> None:
    wrong = [Comparison("9", "9#1", "age", "missing", "3"), Comparison("1", "1#1", "zeal", "extra", found="x")]

    lines = list(printed.errors(wrong, sort=sort))

    assert lines[1].split()[0] == first


def test_values_are_measured_over_all() -> None:
    assert value_figures(scores(RIGHT, WRONG)).count == Count(tp=1, fp=1, fn=1)

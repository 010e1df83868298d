"""Dates that lack their year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.timeline.bare_dates import UNSAID, bare_dates, completed
from litreview.model.bibliography import PartialDate

LAST = PartialDate(2019, 12, 20)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("On 2 May it wilted", "0000-05-02"),
        ("on the 2nd of May, it wilted", "0000-05-02"),
        ("on May 2nd it wilted", "0000-05-02"),
        ("on June 1st of the same year", "0000-06-01"),
        ("on 14-Feb it wilted", "0000-02-14"),
        ("in early June it wilted", "0000-06"),
        ("since August", "0000-08"),
        ("on the 13th of the same month", "0000-00-13"),
    ],
)
def test_dates_without_a_year_are_read(text, printed):
    assert [str(found) for _, _, found in bare_dates(text)] == [printed]


@pytest.mark.parametrize(
    "text",
    [
        "on 2 May 2020",
        "in June 2020",
        "it may 2 times wilt",
        "a march 3 km long",
        "In 5 of them May was hot",
        "Mar 40 mg",
        "day 12 and days 3, 5",
        "on 45 May",
    ],
)
def test_what_has_a_year_or_is_no_date_is_left_alone(text):
    assert not list(bare_dates(text))


@pytest.mark.parametrize(
    ("bare", "last", "full"),
    [
        (PartialDate(UNSAID, 1, 5), LAST, "2020-01-05"),
        (PartialDate(UNSAID, 11, 30), LAST, "2019-11-30"),
        (PartialDate(UNSAID, 3), PartialDate(2020, 5, 2), "2020-03"),
        (PartialDate(UNSAID, UNSAID, 13), PartialDate(2020, 4, 3), "2020-04-13"),
        (PartialDate(2018, 5, 1), LAST, "2018-05-01"),
    ],
    ids=["next-year", "same-year", "month", "same-month", "printed"],
)
def test_the_year_is_the_one_that_brings_a_date_nearest_to_the_last(bare, last, full):
    assert str(completed(bare, last)) == full


@pytest.mark.parametrize("last", [None, PartialDate(2019)], ids=["none", "a-year"])
def test_without_a_date_before_it_the_year_stays_unknown(last):
    assert completed(PartialDate(UNSAID, 5, 2), last) is None


def test_a_day_that_the_month_lacks_is_no_date():
    assert completed(PartialDate(UNSAID, 2, 30), LAST) is None


@given(st.integers(1, 12), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_completed_date_lies_within_a_year_of_the_last(month, last):
    full = completed(PartialDate(UNSAID, month), PartialDate(last.year, last.month, last.day))
    assert full is None or abs((full.year - last.year) * 12 + month - last.month) <= 7

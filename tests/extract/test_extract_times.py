"""Times as they are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.timeline.moments import moments
from litreview.extract.timeline.times import times


def read(text):
    return times(text, habit(text))


def days(text, *forms):
    return [time.days for time in read(text) if not forms or time.form in forms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on day +58", [58]),
        ("on day 58", [58]),
        ("at d+58", [58]),
        ("D+58", [58]),
        ("D58", [58]),
        ("the onset (+152)", [152]),
        ("on day -7", [-7]),
        ("days +30, +43, and +62", [30, 43, 62]),
        ("on days 60 and 92, respectively", [60, 92]),
        ("on day +102 and day +109", [102, 109]),
        ("followed on d+109, d+116 and d+130", [109, 116, 130]),
        ("on day 8, day 15, and day 22", [8, 15, 22]),
        ("repeated on days +254 and +268", [254, 268]),
        ("between day +55 and day +58", [55]),
        ("between day +60 and +63", [60]),
        ("on days +190 to +192 and +195 to +199", [190, 195]),
        ("from day 258 to day 272", [258]),
        ("on the 19th day of treatment", [19]),
        ("the sixth post-planting day", [6]),
        ("post-planting day 58", [58]),
        ("in week 8 of the wilt", [52]),
        ("by week 8", [56]),
        ("in weeks 1, 2, 3 and 5", [0, 7, 14, 28]),
        ("at 3 months", [91]),
        ("month 4", [122]),
    ],
)
def test_points_on_a_numbered_clock_are_read_in_days(text, expected):
    assert days(text, "point") == expected


@pytest.mark.parametrize(
    ("text", "expected", "anchor"),
    [
        ("four months after planting", 122, "planting"),
        ("1.5 years post-planting", 548, "planting"),
        ("five-years post", 1825, "post"),
        ("41 days after the first spray of florazol, it", 41, "the first spray of florazol"),
        ("Nine months after the cessation of treatment", 274, "the cessation of treatment"),
        ("ten days following the second spray", 10, "the second spray"),
        ("13 days into treatment", 13, "treatment"),
        ("6 d after spray 1", 6, "spray 1"),
        ("22 days from the first spray", 22, "the first spray"),
        ("two years and 7 months after planting", 942, "planting"),
        ("2 years 7 months after planting", 942, "planting"),
        ("a year and a half after planting", 548, "planting"),
        ("5 days before planting", -5, "planting"),
        ("the day before the third spray", -1, "the third spray"),
        ("on the day of the second spray", 0, "the second spray"),
        ("17 days after the first and three days", 17, "the first"),
        ("two weeks later", 14, None),
        ("ten weeks afterwards", 70, None),
        ("24 hours later", 1, None),
        ("half a year later", 182, None),
        ("the same day", 0, None),
        ("the next day", 1, None),
        ("the following week", 7, None),
        ("two weeks before.", -14, None),
        ("within 4 weeks", 28, None),
        ("After 24 weeks, it", 168, None),
    ],
)
def test_intervals_know_what_they_are_counted_from(text, expected, anchor):
    interval = next(time for time in read(text) if time.form == "interval")

    assert interval.days == expected
    assert (text[slice(*interval.anchor)].strip() if interval.anchor else None) == anchor


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("day 58", 0),
        ("3 weeks after planting", 3),
        ("3 months after planting", 15),
        ("3 years after planting", 180),
        ("1.5 years after planting", 90),
        ("between day 55 and day 58", 3),
        ("two to four weeks after planting", 10),
    ],
)
def test_vaguer_words_leave_more_open(text, exact):
    assert read(text)[0].exact == exact


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("On 3 March 2020 it", "2020-03-03"),
        ("on March 3, 2020", "2020-03-03"),
        ("on the 3rd of March 2020", "2020-03-03"),
        ("in March 2020", "2020-03"),
        ("in June of 2019", "2019-06"),
        ("since 2009", "2009"),
        ("2020-03-13", "2020-03-13"),
        ("13/03/2020", "2020-03-13"),
        ("03/13/2020", "2020-03-13"),
        ("03.04.2020", "2020-04-03"),
        ("03/03/2020", "2020-03-03"),
        ("03/04/2020", "2020"),
        ("03/04/2020 and 25/04/2020", "2020-04-03"),
        ("03/04/2020 and 04/25/2020", "2020-03-04"),
    ],
)
def test_calendar_dates_are_read_as_far_as_they_were_given(text, printed):
    assert str(next(time.date for time in read(text) if time.form == "date")) == printed


@pytest.mark.parametrize("text", ["31/02/2020", "45.67.2020", "version 10.2.2020.1", "room 2020"])
def test_impossible_dates_are_none(text):
    assert not [time for time in read(text) if time.form == "date"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("for 6 months", "duration"),
        ("of 14 months' follow-up", "duration"),
        ("a 5-month history", "duration"),
        ("(follow-up 13 months)", "duration"),
        ("weekly for 8 weeks", "duration"),
        ("every 2 weeks", "repeat"),
        ("at 7-day intervals", "repeat"),
        ("at intervals of 7 days", "repeat"),
        ("given 2 weeks apart", "repeat"),
        ("on two consecutive days", "repeat"),
        ("every 24 to 36 hours", "repeat"),
        ("aged 4.5 years", "age"),
        ("at 5 years of age", "age"),
        ("an 11-year-old rose", "age"),
        ("a 71-year old rose", "age"),
    ],
)
def test_durations_frequencies_and_ages_are_told_apart_from_points(text, form):
    assert [time.form for time in read(text)] == [form]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("on 3, 10 and 17 March 2021", ["2021-03-03", "2021-03-10", "2021-03-17"]),
        ("on May 4, 11, and 18, 2020", ["2020-05-04", "2020-05-11", "2020-05-18"]),
        ("on 28 February 2021, 7 March 2021 and 14 March 2021", ["2021-02-28", "2021-03-07", "2021-03-14"]),
    ],
)
def test_dates_of_a_list_are_one_series(text, printed):
    found = read(text)
    assert [str(time.date) for time in found] == printed
    assert len({time.series for time in found}) == 1
    assert found[0].series is not None


@pytest.mark.parametrize("text", ["born on 3 March 2001, he fell ill on 4 May 2020", "in March 2020"])
def test_dates_apart_are_no_series(text):
    assert {time.series for time in read(text)} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "several months2,3 later on",
        "2 mg/kg/day 3",
        "on day 5 mg",
        "once a week",
        "a day at the sea",
        "CD38+ cells",
        "IgG (3+)",
        "12 doses",
    ],
)
def test_look_alikes_are_no_times(text):
    assert not [time for time in read(text) if time.form in ("point", "interval", "date")]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("on day +159, 41 days after the first spray", [2]),
        ("Ten days following the second spray (day +264) it", [2]),
        ("on day +184 (5 weeks after diagnosis)", [2]),
        ("day +220, that is 17 days after the first and three days after the third spray", [3]),
        ("on day +113, i.e. 11 days after the first and 4 days after the second spray", [3]),
        ("in May 2018, exactly two years after planting", [2]),
        ("by day +184, following the second spray and 13 days into treatment", [2]),
        ("on day +20 and on day +30", [1, 1]),
        ("buds on day 22 and leaves on day 41", [1, 1]),
        ("on days +20, +30 and +40", [1, 1, 1]),
        ("12 days after planting it wilted; 3 days after the spray it stood", [1, 1]),
    ],
)
def test_times_that_say_the_same_moment_again_are_one(text, ways):
    assert [len(moment.ways) for moment in moments(text, times(text, Habit()))] == ways


@given(st.text())
def test_any_text_is_read_and_every_span_lies_in_it(text):
    for time in read(text):
        assert 0 <= time.start < time.end <= len(text)
        assert time.anchor is None or 0 <= time.anchor[0] <= time.anchor[1] <= len(text)


@given(st.integers(min_value=1, max_value=3000))
def test_a_printed_day_comes_back_as_that_day(day):
    assert days(f"seen on day +{day} and well") == [day]
    assert days(f"seen {day} days after planting") == [day]

"""Numbers as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.amounts.numbers import numbers


def read(text):
    return [number.value for number in numbers(text, habit(text))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a count of 55.000/μl", [55000]),
        ("a count of 1,600/μL", [1600]),
        ("61 000/mm3", [61000]),
        ("61\u202f000 units", [61000]),
        ("12'000 cells", [12000]),
        ("im Alter von 3,5 Jahren", [3.5]),
        ("10,8 g/dL", [10.8]),
        ("98·5%", [98.5]),
        ("a 3 6/12-year-old boy", [3.5]),
        ("aged 4 1/4 years", [4.25]),
        ("doses 1 6/13 and 2", [1, 6, 2]),
        ("0.125 mg", [0.125]),
        ("1,234,567 cells", [1234567]),
        ("platelets 2,38,000/cumm and 1,10,000", [238000, 110000]),
        ("9,874 ng/mL and 4,7 g/dL", [9874, 4.7]),
        ("４３ days", [43]),
        ("patients 2,4 and 5", [2, 4, 5]),
        ("from 142.000 to 5.000/μl", [142000, 5000]),
    ],
)
def test_points_commas_and_spaces_are_read_as_the_document_writes_them(text, values):
    assert read(text) == values


def test_three_digits_after_a_point_are_thousands_only_where_the_document_does_so():
    text = "the level was 1.234"

    assert numbers(text, Habit())[0].value == 1.234
    assert numbers(text, Habit(point_groups=True))[0].value == 1234


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.32 × 108 cells", 7.32e8),
        ("9 × 103/μl", 9e3),
        ("11 x 10 9 /L", 11e9),
        ("6.1 x 10E6/kg", 6.1e6),
        ("5 × 10^9/L", 5e9),
        ("5 x 10(9)/L", 5e9),
        ("5 × 10⁹/L", 5e9),
        ("3 x 10 109/L", 3e9),
        ("11x10 9 /L", 11e9),
        ("11x109/L", 11e9),
        ("5 x 1010 cells", 5e10),
        ("1.2万/µL", 1.2e4),
        ("0.04 lakh/cumm", 4e3),
        ("two million cells", 2e6),
    ],
)
def test_powers_of_ten_are_read_also_where_the_superscript_is_lost(text, value):
    assert read(text) == pytest.approx([value])


@pytest.mark.parametrize("text", ["12 × 100 mg", "3 × 10 mg", "1 × 8 mg/kg"])
def test_a_product_is_no_power_of_ten(text):
    assert all(number.power == 0 for number in numbers(text, Habit()))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("14 (2-31)", 2, 31),
        ("40–120", 40, 120),
        ("2 to 9 units", 2, 9),
        ("2–9 × 103/μl", 2000, 9000),
        ("varied from 1 to 9 × 10 9 /L", 1e9, 9e9),
        ("between 31 and 48 g/L", 31, 48),
        ("two to nine therapies", 2, 9),
    ],
)
def test_ranges_have_two_ends(text, low, high):
    found = [number for number in numbers(text, Habit()) if number.qualifier == "range"]

    assert [(number.low, number.high) for number in found] == [(low, high)]


@pytest.mark.parametrize(
    "text", ["dropped from 9 to 12 g/dL", "31 and 48 days", "patients 3, 5 to the left", "12 to 9"]
)
def test_changes_and_lists_are_no_ranges(text):
    assert not [number for number in numbers(text, Habit()) if number.qualifier == "range"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("10/10 matched", (10, 10)),
        ("9 of 10", (9, 10)),
        ("nine of ten", (9, 10)),
        ("9 out of 10 loci", (9, 10)),
        ("a titre of 1:512", (1, 512)),
    ],
)
def test_ratios_are_kept_apart_from_numbers(text, parts):
    [ratio] = numbers(text, Habit())

    assert (ratio.kind, ratio.low, ratio.high) == ("ratio", *parts)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        (">95%", ">"),
        ("≥ 12", ">"),
        ("at least 12 g/dL", ">"),
        ("more than 25 weeks", ">"),
        ("over 5 years", ">"),
        ("12 or more", ">"),
        ("<3 g/dl", "<"),
        ("less than 7", "<"),
        ("up to 10 doses", "<"),
        ("no more than 4", "<"),
        ("approximately 5", "~"),
        ("~5 months", "~"),
        ("about 40", "~"),
        ("approx. 40", "~"),
        ("almost a 40", "~"),
        ("lasted ~a 3 days", "~"),
        ("<the 40", "<"),
        ("a maximum of the (40", "<"),
        ("At Least +40", ">"),
        ("moreover 5", "="),
        ("the 5", "="),
        ("day 5", "="),
    ],
)
def test_bounds_and_estimates_are_told_apart(text, qualifier):
    assert [number.qualifier for number in numbers(text, Habit())] == [qualifier]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Twenty-five days", "word", 25),
        ("one hundred and two", "word", 102),
        ("two and a half years", "word", 2.5),
        ("one and a half years", "word", 1.5),
        ("half a year", "word", 0.5),
        ("an half week", "word", 0.5),
        ("two and an half days", "word", 2.5),
        ("a dozen visits", "word", 12),
        ("a single infusion", "word", 1),
        ("twice", "times", 2),
        ("the fourth dose", "ordinal", 4),
        ("the 4th dose", "ordinal", 4),
        ("the twenty-first day", "ordinal", 21),
    ],
)
def test_words_are_numbers_too(text, kind, value):
    [number] = numbers(text, Habit())

    assert (number.kind, number.value) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "several months2,3 later",
        "IgG 4+",
        "as shown [4-9]",
        "as shown [4, 7]",
        "c.686T>C",
        "COVID-19",
        "IL-6 and B19",
        "on 2020-03-03",
        "on 03/03/2020",
        "someone anyone",
        "(×10 9 /L)",
    ],
)
def test_digits_that_are_part_of_something_else_are_no_numbers(text):
    assert numbers(text, Habit()) == ()


@given(st.text())
def test_any_text_is_read_and_every_span_lies_in_it(text):
    for number in numbers(text, habit(text)):
        assert 0 <= number.start < number.end <= len(text)


@given(st.integers(min_value=0, max_value=9_999_999))
def test_integers_survive_a_round_trip_with_and_without_thousands_commas(value):
    assert read(f"a count of {value} here") == [value]
    assert read(f"a count of {value:,} here") == [value]


@given(st.decimals(min_value=0, max_value=999, places=2, allow_nan=False))
def test_decimals_survive_a_round_trip_in_both_conventions(value):
    assert read(f"a level of {value} g/dL") == [float(value)]
    assert read(f"a level of {value} g/dL".replace(".", ",")) == [float(value)]

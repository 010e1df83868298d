"""Amounts of measured substances in the topic's units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.amounts.units import normalise_unit, quantities, unit_in
from litreview.model.topic import Analyte

CELLS = Analyte(name="redwort", unit="10^9/L", terms=("redwort", "redwort count", "RW"), units={}, plausible=(0, 1500))
LEVEL = Analyte(
    name="bluedye",
    unit="g/dL",
    terms=("bluedye", "Bd"),
    units={"g/L": 0.1, "mmol/L": 1.61},
    plausible=(1, 25),
)
OTHERS = ("greenwort", "WBC", "LDH")


def cells(text, **options):
    found = quantities(text, CELLS, habit(text), rivals=(*OTHERS, *LEVEL.terms), **options)
    return [quantity.value for quantity in found if quantity.kind == "value"]


def level(text, **options):
    found = quantities(text, LEVEL, habit(text), rivals=(*OTHERS, *CELLS.terms), **options)
    return [quantity.value for quantity in found if quantity.kind == "value"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        *((unit, "10^9/L") for unit in ("×10 9 /L", "x109/L", "x 10(9)/L", "10⁹/l", "G/L", "Gpt/L", "K/µL", "/nl")),
        *((unit, "10^9/L") for unit in ("x10E9/l", "10^3/mm3", "10 3 /μL", "thousand/µL")),
        *((unit, "10^9/L") for unit in ("x10^9/µL", "x10^3/L")),  # no blood holds so many, or so few
        *((unit, "/µL") for unit in ("/µL", "/μl", "/mm3", "/mm 3", "/cumm", "per microliter", "cells/µL")),
        ("10^4/µL", "10^4/µL"),
        ("lakh/cumm", "10^5/µL"),
        ("T/L", "10^12/L"),
        *((unit, "g/dL") for unit in ("g/dl", "gm/dL", "g%", "g per deciliter", "g/100 ml")),
        ("g/l", "g/L"),
        ("mmol/l", "mmol/L"),
        ("furlong", "furlong"),
    ],
)
def test_every_way_to_print_a_unit_has_one_name(printed, name):
    assert normalise_unit(printed) == name


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("redwort of 14 × 10^9/L", [14]),
        ("redwort count dropped from 142.000 to 5.000/μl", [142, 5]),
        ("redwort counts of 2–9 × 103/μl", [2]),
        ("the redwort fell to 6/nl", [6]),
        ("RW 3K", [3]),
        ("redwort 11 G/L", [11]),
        ("redwort 3 x 10 109/L", [3]),
        ("redwort 61 000/mm3", [61]),
        ("redwort 1.2万/µL", [12]),
        ("redwort was 0.04 lakh/cumm and Bd 6.1 g/dL", [4]),
        ("redwort was 0.04 lakhs per microlitre and Bd 6.1 g/dL", [4]),
        ("redwort was 3×10 9 /L, which had been 141×10 9 /L before", [3, 141]),
        ("WBC 4,830/mm 3 , Bd 4.5 g/dL, redwort 7,000/mm 3", [7]),
        ("5 × 10^9/L redwort", [5]),
        ("redwort 5.000 × 10^9/L", [5]),
        ("Redwort 14,000.", [14]),
        ("the RW rose from 0 to 1600/μL", [0, 1.6]),
    ],
)
def test_counts_come_in_the_unit_of_the_topic(text, values):
    assert cells(text) == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Bd 8.6 g/dl", [8.6]),
        ("a bluedye of 48 g/L, greenwort 14%", [4.8]),
        ("bluedye was 5.1 mmol/L", [8.211]),
        ("bluedye 7 g%", [7]),
        ("bluedye (Bd) dropped from 10.8 to 5.6 g/dL over 3 days", [10.8, 5.6]),
        ("Bluedye reached 4,7 g/dL", [4.7]),
        ("Bd nadir 3.8 g/dL", [3.8]),
        ("a Bd of 5.4 (normal 12-16)", [5.4]),
    ],
)
def test_amounts_come_in_the_unit_of_the_topic(text, values):
    assert level(text) == pytest.approx(values)


@pytest.mark.parametrize(
    "text",
    [
        "redwort was normal and greenwort 310 × 10 9 /L",
        "redwort 4 units and 3 days later",
        "redwort was low. The dose was 5 mg",
        "redwort 5 g/dL",
        "three patients had redwort",
        "redwort transfusion on day 5",
        "7,000/mm 3",
    ],
)
def test_numbers_of_other_things_are_not_the_analytes(text):
    assert cells(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "redwort was given if below 10 × 10^9/L",
        "No redwort count above 12 × 10 9 /L was seen",
        "complete response (redwort above 110 × 10^9/L)",
        "the reference range of redwort is 150-400 × 10^9/L",
        "the threshold for redwort was 20 × 10^9/L",
        "a target redwort of 50 × 10^9/L",
    ],
)
def test_references_thresholds_and_bounds_are_marked(text):
    found = quantities(text, CELLS, habit(text), rivals=OTHERS)

    assert [quantity.kind for quantity in found] == ["reference"]


def test_a_cell_takes_its_unit_from_the_header():
    assert cells("3", default_unit=unit_in("RW (×10 9 /L)")) == [3]
    assert level("38", default_unit=unit_in("Bluedye (g/L)")) == [3.8]
    assert cells("3") == []


def test_implausible_amounts_are_left_out():
    assert level("Bd 86 g/dL") == []


@given(st.text())
def test_any_text_is_read_and_spans_lie_in_it(text):
    for quantity in quantities(f"redwort {text}", CELLS, Habit()):
        assert 0 <= quantity.start < quantity.end <= len(text) + 8


@given(st.integers(min_value=1, max_value=1400))
def test_one_count_is_the_same_in_every_unit(value):
    printed = [f"{value} × 10^9/L", f"{value} G/L", f"{value} × 103/µL", f"{value * 1000:,}/mm3", f"{value * 1000}/µl"]

    assert [cells(f"redwort was {words}") for words in printed] == [[value]] * len(printed)


LOOSE = CELLS.model_copy(update={"loose": ("count", "nadir")})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("redwort fell; the nadir was 7 x 10^9/L", [7]),
        ("redwort of 61 G/L, and later a count of 9 G/L", [61, 9]),
        ("redwort was low and greenwort fell; the nadir was 7 x 10^9/L", []),
        ("the count was 7 x 10^9/L", []),
    ],
)
def test_a_loose_word_means_what_was_named_last(text, values):
    found = quantities(text, LOOSE, habit(text), rivals=OTHERS)
    assert [quantity.value for quantity in found] == values


@pytest.mark.parametrize("text", ["a unit of redwort has 2 x 10^11 cells", "redwort graft of 5 x 10^6/kg"])
def test_cells_of_a_unit_or_a_graft_are_no_count(text):
    assert cells(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("bluedye was 8.1 g/dL on day 14 and 10.7 g/dL on day 56", [8.1, 10.7]),
        ("bluedye was 5.2 g/dL before dose 3 and 9.0 g/dL after it", [5.2, 9.0]),
        ("bluedye of 6.1 and 10.7 g/dL on days 14 and 56", [6.1, 10.7]),
    ],
)
def test_a_numbered_day_or_dose_shares_no_unit(text, values):
    assert level(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the lowest figure was 2,000 redwort/mm3", [2.0]),
        ("she came with 4 000 redwort/µL and fever", [4.0]),
        ("12 redwort units were given", []),
    ],
)
def test_a_unit_may_stand_behind_the_name(text, values):
    assert cells(text) == values

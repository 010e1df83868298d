"""Tables that date what happened to each patient: calendar dates, or days in a column of their own."""

import pytest
from extract_tables import lines
from extract_values import found

SERIES = "Two patients were given daratumumab for immune cytopenias after HSCT. None of them died."


def values(table, *attributes, **more):
    return found(lines(table, text=SERIES, **more), *attributes)


def test_days_follow_from_a_table_of_dates():
    table = """
    Pt | Sex/age | Date of HCT | Cytopenia | Cytopenia diagnosed (date) | First dose of daratumumab | Date of response
    1  | M/4     | 03/02/2018  | AIHA      | 14/05/2018                 | 23/08/2018                | 06/09/2018
    2  | F/7     | 10/09/2018  | ITP       | 29/12/2018                 | 14/02/2019                | -
    """
    assert values(table, "cytopenia_onset_day", "anti_cd38_start_day", "anti_cd38_delay_days", "days_to_response") == {
        "cytopenia_onset_day": ["100", "110"],
        "anti_cd38_start_day": ["201", "157"],
        "anti_cd38_delay_days": ["101", "47"],
        "days_to_response": ["14", ""],
    }


@pytest.mark.parametrize(
    ("graft", "first", "expected"),
    [
        pytest.param("03.02.18", "23.08.18", "201", id="years-of-two-figures"),
        pytest.param("3 Feb 18", "23 Aug 18", "201", id="months-in-letters"),
        pytest.param("2018-02-03", "2018-08-23", "201", id="year-first"),
        pytest.param("Feb-18", "Aug-18", "181", id="months-alone"),
    ],
)
def test_dates_are_read_as_tables_print_them(graft, first, expected):
    table = f"""
    Pt | Sex/age | Date of HSCT | Cytopenia | Daratumumab started
    1  | M/4     | {graft}      | AIHA      | {first}
    2  | F/7     | 31.12.18     | ITP       | -
    """
    assert values(table, "anti_cd38_start_day")["anti_cd38_start_day"] == [expected, ""]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        pytest.param("Reticulocytes > 30 G/L, day", "211", "21", id="behind-the-start-from-the-transplant"),
        pytest.param("Day of response", "+211", "21", id="signed"),
        pytest.param("Day of response", "21", "21", id="before-the-start-from-the-first-dose"),
        pytest.param("Response (day)", "CR (211)", "21", id="in-brackets"),
        pytest.param("Response, day after first dose", "21", "21", id="the-header-says-from-when"),
        pytest.param("Platelets > 50 G/L, day", "18", "18", id="a-count-that-is-no-engraftment"),
        pytest.param("Platelets > 20 G/L, day", "18", "", id="engraftment"),
        pytest.param("Loss of response, day", "260", "", id="the-response-is-lost"),
        pytest.param("Response to rituximab, day", "150", "", id="another-drug"),
    ],
)
def test_the_day_of_a_response_is_counted_as_the_table_says(header, cell, expected):
    table = f"""
    Pt | Sex/age at HSCT | PRCA diagnosed, day | Daratumumab started, day | {header}
    1  | M/54            | 45                  | 190                      | {cell}
    2  | F/61            | 60                  | 201                      | -
    """
    given = values(table, "cytopenia_onset_day", "anti_cd38_start_day", "days_to_response")
    assert given == {
        "cytopenia_onset_day": ["45", "60"],
        "anti_cd38_start_day": ["190", "201"],
        "days_to_response": [expected, ""],
    }


def test_a_foot_says_what_days_count_from():
    table = """
    Pt | Sex/age | Graft | Cytopenia | Daratumumab started, day after HSCT | Day of response
    1  | M/54    | BM    | AIHA      | 190                                 | 211
    2  | F/61    | BM    | AIHA      | 201                                 | 12
    """
    foot = ["Day 0, first dose of daratumumab.", "BM, bone marrow"]
    assert values(table, "days_to_response", foot=foot) == {"days_to_response": ["211", "12"]}


def test_dates_of_doses_are_counted():
    table = """
    Pt | Sex/age | Cytopenia | Dates of daratumumab infusions
    1  | M/54    | AIHA      | 01/03/2020, 08/03/2020, 15/03/2020
    2  | F/61    | AIHA      | 17/04/2020, 24/04/2020
    """
    assert values(table, "infusion_count") == {"infusion_count": ["3", "2"]}


def test_the_date_of_a_last_visit_is_no_number_of_months():
    table = """
    Pt | Sex/age | Cytopenia | First daratumumab | Last follow-up
    1  | M/54    | AIHA      | 23/08/2018        | 23/08/2019
    2  | F/61    | AIHA      | 14/02/2019        | 14/10/2019
    """
    assert values(table, "follow_up_months") == {"follow_up_months": ["12", "8"]}


def test_a_note_on_a_header_says_what_its_days_count_from():
    table = """
    Pt | Sex/age | Donor | Cytopenia (day)a | Startb | Response (day; doses)
    1  | M/4     | MSD   | AIHA (+150)      | +201   | CR (14; 2)
    2  | F/7     | none  | ITP              | 410    | CR (22; 3)
    """
    foot = [
        "aDay after transplantation. bDays after transplantation (with +), else days from diagnosis of the cytopenia."
    ]
    assert values(table, "anti_cd38_start_day", "anti_cd38_delay_days", "days_to_response", foot=foot) == {
        "anti_cd38_start_day": ["201", ""],
        "anti_cd38_delay_days": ["51", "410"],
        "days_to_response": ["14", "22"],
    }


def test_days_that_a_note_counts_from_either_of_two_events_are_nobodys():
    table = """
    Pt | Sex/age | Cytopenia | Start (day)*
    1  | M/4     | AIHA      | 201
    2  | F/7     | ITP       | 410
    """
    foot = ["* Day after transplantation or, if earlier, after diagnosis of the cytopenia."]
    assert values(table, "anti_cd38_delay_days", foot=foot) == {"anti_cd38_delay_days": ["", ""]}

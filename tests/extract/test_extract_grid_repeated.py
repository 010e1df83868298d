"""Cells that point to another person's, columns that are of one thing or another, and rows that are events."""

import pytest
from extract_tables import HB, PLT, lines, topic, vocabulary
from extract_values import found

from litreview.extract.tables.layout import grids

WORDS = topic(vocabulary("drugs", prednisone=["prednisone"], rituximab=["rituximab"]), analytes=(HB, PLT))


def cells(table, header, **more):
    """The cells of every person under a header."""
    (grid,) = grids(lines(table, **more), WORDS)
    return [next((entry.words for entry in person.entries if entry.header == header), "") for person in grid.people]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("ditto", "prednisone, rituximab", id="ditto"),
        pytest.param("〃", "prednisone, rituximab", id="a-mark"),
        pytest.param("same as above", "prednisone, rituximab", id="in-words"),
        pytest.param("as patient 1", "prednisone, rituximab", id="by-label"),
        pytest.param("ditto + bortezomib", "prednisone, rituximab + bortezomib", id="and-more"),
        pytest.param("same regimen as patient 1", "prednisone, rituximab", id="by-label-in-more-words"),
        pytest.param("same donor", "same donor", id="another-thing"),
        pytest.param("as patient 9", "as patient 9", id="nobody"),
        pytest.param("-", "-", id="a-dash-repeats-nothing"),
    ],
)
def test_a_cell_may_point_to_another_persons(printed, expected):
    table = f"""
    Patient | Sex | Earlier treatment
    1       | M   | prednisone, rituximab
    2       | F   | {printed}
    """
    assert cells(table, "Earlier treatment") == ["prednisone, rituximab", expected]


def test_ditto_means_the_column_before_where_columns_are_patients():
    table = """
    Parameter         | Patient 1  | Patient 2 | Patient 3
    Earlier treatment | prednisone | ditto     | rituximab
    """
    assert cells(table, "Earlier treatment") == ["prednisone", "prednisone", "rituximab"]


def test_what_a_cell_adds_is_shown_at_its_own_place():
    document = lines(
        """
        Patient | Sex | Earlier treatment
        1       | M   | prednisone
        2       | F   | ditto + rituximab
        """
    )
    (grid,) = grids(document, WORDS)
    entry = grid.people[1].entries[-1]
    shown = [
        document[entry.at(entry.words.index(word), entry.words.index(word) + len(word))]
        for word in entry.words.split(" + ")
    ]
    assert shown == ["prednisone", "rituximab"]


SERIES = "Two patients were given daratumumab for immune cytopenias after HSCT."


def test_events_of_a_patient_a_row_each_are_dated_and_told():
    table = """
    Patient    | Event                  | Day after HSCT | Hb, g/dL | Remarks
    1 (F, 6 y) | AIHA diagnosed         | 88             | 5.4      | IVIG, prednisolone
               | Rituximab              | 102            | 6.1      | no response
               | Daratumumab, 1st dose  | 140            | 6.5      | 16 mg/kg, six doses in total
               | Response               | 158            | 10.2     | PR
    2 (M, 9 y) | AIHA diagnosed         | 61             | 5.0      | prednisolone
               | Daratumumab, 1st dose  | 99             | 6.0      | 16 mg/kg, four doses
    """
    names = (
        "age_years sex cytopenia_type cytopenia_onset_day anti_cd38_start_day infusion_count response days_to_response"
    )
    assert found(lines(table, text=SERIES), *names.split(), "prior_therapies") == {
        "age_years": ["6", "9"],
        "sex": ["female", "male"],
        "cytopenia_type": ["AIHA", "AIHA"],
        "cytopenia_onset_day": ["88", "61"],
        "anti_cd38_start_day": ["140", "99"],
        "infusion_count": ["6", "4"],
        "response": ["PR", ""],
        "days_to_response": ["18", ""],
        "prior_therapies": ["IVIG; corticosteroids; rituximab", "corticosteroids"],
    }


def test_a_table_of_one_patients_events_is_of_the_patient_whom_its_caption_names():
    table = """
    Day  | Event             | Hb, g/dL
    0    | HSCT              | 9.0
    +41  | PRCA diagnosed    | 6.1
    +150 | First daratumumab | 6.4
    +171 | Response          | 8.8
    """
    given = lines(table, caption="Patient 1 (52-year-old man)", text="Our patient was given daratumumab.")
    names = ("age_years", "sex", "cytopenia_type", "cytopenia_onset_day", "anti_cd38_start_day", "days_to_response")
    assert found(given, *names) == dict(zip(names, (["52"], ["male"], ["PRCA"], ["41"], ["150"], ["21"]), strict=True))


def test_one_thing_or_another_is_told_by_the_kind_of_cytopenia():
    table = """
    Patient | Age/sex | Cytopenia | Nadir Hb (g/L) or platelets (×10^9/L)
    1       | 38/F    | AIHA      | 51
    2       | 24/M    | ITP       | 4
    3       | 68/M    | Evans     | 47 / 6
    4       | 44/M    | AIN       | 0.1
    """
    text = "Four patients were given daratumumab for immune cytopenias after HSCT."
    assert found(lines(table, text=text), "baseline_hemoglobin_g_dl", "baseline_platelets_1e9_l") == {
        "baseline_hemoglobin_g_dl": ["5.1", "", "4.7", ""],
        "baseline_platelets_1e9_l": ["", "4", "6", ""],
    }


def test_follow_up_from_the_transplant_is_turned_to_the_first_dose():
    table = """
    Patient | Age/sex | Cytopenia | Daratumumab start, day | Status (follow-up from HCT)
    1       | 38/F    | AIHA      | +205                   | Alive (31 mo)
    2       | 61/M    | AIHA      | +309                   | Dead, sepsis (day +333)
    """
    assert found(lines(table, text=SERIES), "follow_up_months") == {"follow_up_months": ["24.2", "0.8"]}


def test_a_number_of_doses_counts_no_patients():
    table = """
    ID | Sex/age | Cytopenia | Drug | Drug
       |         |           | n    | Route
    C1 | m/12    | AIHA      | 4    | IV
    C2 | f/3     | ITP       | 6    | SC
    """
    (grid,) = grids(lines(table, heads=2), WORDS)
    assert [person.label for person in grid.people] == ["C1", "C2"]

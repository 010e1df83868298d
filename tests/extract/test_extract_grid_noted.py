"""What a table's caption and foot say of the treatment of all its patients, and figures under a unit alone."""

import pytest
from extract_tables import lines
from extract_values import found

SERIES = "Two patients had daratumumab for immune cytopenias after HSCT."
TABLE = """
Patient | Age/sex | Cytopenia | Doses of daratumumab | Status at last FU (months)
1       | 38/F    | AIHA      | 4                    | Alive, CR (31)
2       | 61/M    | AIHA      | 6                    | Dead, sepsis (2)
"""


@pytest.mark.parametrize(
    ("note", "route", "dose"),
    [
        pytest.param("Treatment with daratumumab (16 mg/kg, intravenous in all).", "IV", "16", id="in-brackets"),
        pytest.param(
            "CR, complete response. Daratumumab was given at 16 mg/kg i.v. weekly.", "IV", "16", id="a-sentence"
        ),
        pytest.param("Daratumumab was given i.v. at 16 mg/kg except in patient 2.", "", "", id="not-in-all"),
        pytest.param("Rituximab was given at 10 mg/kg i.v. in all.", "", "", id="another-drug"),
        pytest.param("Dara, daratumumab; IV, intravenous.", "", "", id="a-legend"),
    ],
)
@pytest.mark.parametrize("place", ["caption", "foot"])
def test_caption_and_foot_tell_of_all_patients_of_the_table(place, note, route, dose):
    given = lines(TABLE, text=SERIES, **({"caption": note} if place == "caption" else {"foot": [note]}))
    assert found(given, "route", "dose_mg_per_kg") == {"route": [route, route], "dose_mg_per_kg": [dose, dose]}


def test_a_figure_stands_under_its_unit_alone():
    assert found(lines(TABLE, text=SERIES), "follow_up_months", "vital_status") == {
        "follow_up_months": ["31", "2"],
        "vital_status": ["alive", "dead"],
    }

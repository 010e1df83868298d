"""What is told of some of several patients, without saying of whom, is nobody's own."""

import pytest
from extract_values import found, results

FIVE = "Five patients (#1 to #5) with AIHA after HSCT were treated with daratumumab. "
NOBODY = {"adverse_events": ["", "", "", "", ""]}
ALL = {"adverse_events": ["infection"] * 5}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Infections occurred in two patients and hypogammaglobulinemia in two.", NOBODY),
        ("Adverse events were infusion reactions in three and infections in two.", NOBODY),
        ("Infection was seen in 2/5 and hypogammaglobulinemia in 1/5.", NOBODY),
        ("Two had infections and one neutropenia.", NOBODY),
        ("There were two infections and one infusion reaction.", NOBODY),
        ("Two of them developed infections, the others remained well.", NOBODY),
        ("Infections were seen in four of the five patients.", NOBODY),
        ("All five had infections, two of them with hypogammaglobulinemia.", ALL),
        ("Infections occurred in all five patients within two weeks.", ALL),
        ("All five had infections in the first two months.", ALL),
        ("All five had infections in 2 and 3 weeks.", ALL),
    ],
)
def test_what_some_had_is_nobodys_and_what_all_had_is_everybodys(words: str, expected: dict[str, list[str]]) -> None:
    assert found(results(FIVE + words), "adverse_events") == expected


def test_a_label_is_no_count() -> None:
    given = results(FIVE + "Infections were seen in patients 2 and 3, and an infusion reaction in 1.")

    assert found(given, "adverse_events")["adverse_events"][1:3] == ["infection", "infection"]


def test_the_last_of_several_labels_is_no_count() -> None:
    given = results(FIVE + "Patients 4, 5 and 2 had infections.")

    assert found(given, "adverse_events")["adverse_events"] == ["", "infection", "", "infection", "infection"]


def test_one_patients_own_count_stays_his() -> None:
    given = results("A 40-year-old man with AIHA was given daratumumab. There were two infections.")

    assert found(given, "adverse_events") == {"adverse_events": ["infection"]}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("IgG fell in patients 2 and 3, both of whom had infections.", ["", "infection", "infection", "", ""]),
        ("IgG fell in patient 2 and in patient 4, none of whom had infections.", ["", "", "", "", ""]),
        ("Patient 1 was given IgG, patients 2 and 4 had infections.", ["", "infection", "", "infection", ""]),
    ],
)
def test_both_of_whom_are_all_who_were_named(words: str, expected: list[str]) -> None:
    assert found(results(FIVE + words), "adverse_events")["adverse_events"] == expected

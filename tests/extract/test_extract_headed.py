"""Headings that name patients: by a phrase, by several labels, by lettered twins; and numbers that are sections'."""

import pytest
from extract_told import assignments, document, sexes, told, whose

from litreview.readers.sections import vocabulary


@pytest.mark.parametrize(
    "heading",
    [
        "A 9-year-old boy with aplastic anemia",
        "The girl with Hurler syndrome",
        "Patients 1 and 2",
        "Cases 3-5",
        "Twin A",
        "Other patients",
        "Remaining cases",
    ],
)
def test_a_heading_that_names_patients_makes_a_case_section(heading):
    assert vocabulary().kind(heading) == "case"


@pytest.mark.parametrize("heading", ["A woman's choice of treatment", "A man-made problem", "The girls", "A new drug"])
def test_other_headings_with_a_person_in_them_do_not(heading):
    assert vocabulary().kind(heading) == "other"


def test_a_heading_brings_up_the_patient_of_its_section():
    given = document(
        ("case", "A 9-year-old boy with aplastic anemia", "He was grafted in 2019. Rituximab failed."),
        ("case", "A girl with Hurler syndrome", "She was grafted in 2020. Sirolimus failed. Folate was given."),
        ("discussion", "Discussion", "The boy had a lasting response."),
    )
    answer = told(given)
    assert sexes(answer) == ["male", "female"]
    for words, whom in (("Rituximab", {0}), ("Folate", {1}), ("lasting", {0})):
        assert whose(given, answer, words) == whom


def test_the_introduction_below_a_heading_is_the_one_in_the_heading():
    given = document(
        ("case", "A child with SCID", "This 2-year-old girl was pale. Rituximab failed."),
        ("case", "An adolescent with AML", "This 16-year-old boy had bruises. Sirolimus failed."),
    )
    assert sexes(told(given)) == ["female", "male"]


def test_all_below_a_heading_on_some_are_those():
    given = document(
        ("case", "Patients 1 and 2", "Patient 1, a boy, bled. Patient 2, a girl, was pale. Both had failed rituximab."),
        ("case", "Patient 3", "A man of 40 years was jaundiced. Folate was given."),
    )
    expected = [("bled", {0}), ("was pale", {1}), ("failed rituximab", {0, 1}), ("Folate", {2})]
    assert assignments(given, expected) == expected


def test_twins_may_have_letters():
    given = document(
        (
            "case",
            "Case report",
            "Twin A was grafted early. He had AIHA. Twin B was grafted late. Folate was given to him.",
        ),
    )
    expected = [("had AIHA", {0}), ("Folate", {1})]
    assert assignments(given, expected) == expected


def test_a_section_in_which_somebody_else_comes_up_is_not_one_patients_own():
    given = document(
        ("case", "Patient 1", "A 34-year-old woman had AML. Rituximab failed."),
        (
            "case",
            "Other patients",
            "Patient 2, a 54-year-old man, had MDS. Folate failed. Patient 3, a girl, had ALL. Sirolimus failed.",
        ),
    )
    expected = [("Rituximab", {0}), ("Folate", {1}), ("Sirolimus", {2})]
    assert assignments(given, expected) == expected


ONE = [
    ("case", "1. A woman with lymphoma", "A 54-year-old woman with lymphoma was pale."),
    ("other", "2. Treatment and course", "She was given folate. Hemoglobin rose."),
    ("other", "3. What others saw", "In a 60-year-old woman no response was seen [4]."),
]
FIVE = [
    ("other", "1. A fast response", "A 34-year-old woman with AML was pale. Folate was given."),
    ("other", "2. A late response", "A 45-year-old man with MDS bled. Platelets rose."),
    ("other", "3. No response", "A 28-year-old woman with SAA was pale. No reticulocytes were seen."),
]


def test_numbers_before_headings_are_patients_where_each_part_brings_up_somebody():
    assert len(told(document(*ONE)).subjects) == 1
    given = document(*FIVE)
    expected = [("Folate", {0}), ("Platelets rose", {1}), ("No reticulocytes", {2})]
    assert assignments(given, expected) == expected


def test_an_earlier_patient_of_ours_in_an_introduction_is_no_case():
    given = document(
        ("introduction", "Introduction", "We previously reported a 45-year-old man who recovered [1]. He is well."),
        ("case", "Case", "A 63-year-old woman was pale. Folate was given."),
        ("discussion", "Discussion", "Our first patient had got two doses."),
    )
    answer = told(given)
    assert sexes(answer) == ["female"]
    assert whose(given, answer, "two doses") == set()

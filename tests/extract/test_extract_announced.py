"""Reports on one patient: the same patient years later, other papers' patients, donors, families, unusual headings."""

import pytest
from extract_told import case, document, sexes, told, whose

from litreview.readers.sections import vocabulary

ONE = {
    "older at a new paragraph": [
        ("case", "Case report", "A 4-year-old boy with SCID was grafted from his mother."),
        ("case", "Case report", "A 9-year-old boy now, he came back with pallor."),
    ],
    "older, announced by the title": [
        ("title", "", "Late haemolysis in a girl"),
        ("results", "Results", "A 6-year-old girl had bruises."),
        ("results", "Results", "A 13-year-old girl with jaundice, she was seen again."),
    ],
    "age and sex in place of a noun": [
        ("case", "Case", "61/F, known to have SLE, came with gum bleeding. Pt was pale.")
    ],
    "a donor told of as a man": [
        ("case", "Case", "A boy was diagnosed at birth."),
        ("case", "Case", "An unrelated 24-year-old male donated marrow. The child engrafted."),
    ],
    "picked out of a cohort": [
        ("methods", "Patients and Methods", "Of 90 recipients one, a 10-year-old girl with SAA, bled."),
        ("results", "Results", "The girl's platelets were low. She recovered."),
    ],
}


@pytest.mark.parametrize("parts", ONE.values(), ids=ONE.keys())
def test_one_patient_stays_one(parts):
    assert len(told(document(*parts)).subjects) == 1


def test_patients_of_two_ages_stay_two_where_the_report_announces_several():
    given = document(
        ("title", "", "Late haemolysis in two girls"),
        ("case", "Cases", "A 6-year-old girl had bruises."),
        ("case", "Cases", "A 13-year-old girl had jaundice."),
    )
    assert sexes(told(given)) == ["female", "female"]


def test_a_younger_person_of_the_same_sex_is_somebody_else():
    given = document(
        ("case", "Case report", "A 44-year-old man had jaundice."),
        ("case", "Case report", "A 19-year-old man had bruises."),
    )
    assert len(told(given).subjects) == 2


def test_a_sentence_that_goes_on_with_another_paper_tells_of_its_patients():
    words = "Ames et al. treated two boys. The first, a 5-year-old, died; the second recovered. Our patient is a girl."
    given = document(("other", "", words))
    answer = told(given)
    assert sexes(answer) == ["female"]
    assert whose(given, answer, "a 5-year-old, died") == set()


def test_our_own_first_and_second_patient_are_told_of():
    given = document(
        ("other", "", "Ames et al. treated a boy. We saw two girls. The first died, the second recovered.")
    )
    assert len(told(given).subjects) == 2


def test_the_index_patient_is_not_the_sister_spoken_of_last():
    given = case(
        "The index patient, a 12-year-old girl, was pale. Her elder sister, aged 17, had bruises too. "
        "The index patient was given sirolimus."
    )
    answer = told(given)
    assert whose(given, answer, "was given sirolimus") == {0}


def test_a_part_with_a_heading_of_its_own_goes_on_with_the_only_patient():
    given = document(
        ("case", "Case report", "A 40-year-old woman was pale."),
        ("other", "Second episode", "One year later the same woman was jaundiced. Folate was given."),
    )
    assert whose(given, told(given), "Folate was given") == {0}


@pytest.mark.parametrize("heading", ["Review of the literature", "Literature review", "Previously reported cases"])
def test_patients_of_the_literature_have_a_part_of_their_own(heading):
    assert vocabulary().kind(heading) == "discussion"

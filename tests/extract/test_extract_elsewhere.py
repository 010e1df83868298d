"""Other papers' patients in discussions and letters: told of for sentences on end, and never taken for ours."""

from dataclasses import replace

import pytest
from extract_told import document, sexes, told, whose

from litreview.model.document import Section
from litreview.readers.sections import vocabulary

CASE = ("case", "Case report", "A 54-year-old woman bled. Prednisone failed.")
LETTER = ("other", "", "A 54-year-old woman bled. Prednisone failed. She is well.")

DISCUSSIONS = {
    "the patients of a paper, by turns": (
        "Ames et al. first treated three children. The first patient, a 7-month-old boy, responded after four doses. "
        "The second patient, a 12-year-old girl, died.",
        ("responded after four doses", "died"),
    ),
    "one of a paper's patients": (
        "To date, 14 patients have been published. A 20-year-old woman relapsed after six months.",
        ("relapsed after six months",),
    ),
    "one patient of a paper, by pronoun": (
        "A similar case was reported by Oduya et al. Their patient was a man. He needed immunoglobulin for a year.",
        ("needed immunoglobulin",),
    ),
    "one patient of a paper, only compared with ours": (
        "The girl reported by Ames et al. was grafted from her mother. In contrast to our case, she had bortezomib. "
        "She was in remission on day 14.",
        ("had bortezomib", "remission on day 14"),
    ),
    "this patient of somebody else": (
        "Chapuy used it in a patient with PRCA. This 72-year-old man had failed rituximab. "
        "After one dose, the patient's reticulocytes rose and he was transfused no more.",
        ("had failed rituximab", "reticulocytes rose", "transfused no more"),
    ),
    "patients of a series": (
        "In a recent series, 19 of 1574 patients had AIHA [4]. A child and a man in this series died of it.",
        ("died of it",),
    ),
    "the first patient ever treated": (
        "The first patient treated with daratumumab was a woman [1]. She received six doses.",
        ("received six doses",),
    ),
    "since reported": ("Two other patients have since been reported. The man died.", ("died",)),
}


@pytest.mark.parametrize(("words", "theirs"), DISCUSSIONS.values(), ids=DISCUSSIONS.keys())
@pytest.mark.parametrize("own", [CASE, LETTER], ids=["headed", "letter"])
@pytest.mark.parametrize("place", ["before", "behind"])
def test_what_is_told_of_other_papers_patients_is_not_told_of_ours(words, theirs, own, place):
    kind = "other" if own is LETTER else "introduction" if place == "before" else "discussion"
    parts = [own, (kind, "" if own is LETTER else "Discussion", words)]
    given = document(*(parts if place == "behind" else reversed(parts)))
    answer = told(given)
    assert sexes(answer) == ["female"]
    assert {one: whose(given, answer, one) for one in theirs} == {one: set() for one in theirs}
    assert whose(given, answer, "Prednisone failed.") == {0}


HOME = {
    "called ours": "Ames et al. treated a girl. She died. Our patient relapsed early.",
    "we": "Ames et al. treated a girl. We treated this woman again. She relapsed early.",
    "unlike another": "Ames et al. treated a girl. Unlike this girl, our patient relapsed early.",
    "after several": "Ames et al. treated nine patients. In this patient the disease relapsed early.",
    "in the next paragraph": "In this patient the disease relapsed early.",
}


@pytest.mark.parametrize("words", HOME.values(), ids=HOME.keys())
def test_a_discussion_comes_back_to_our_patient(words):
    given = document(CASE, ("discussion", "Discussion", words))
    assert whose(given, told(given), "relapsed early") == {0}


def test_a_course_goes_on_after_a_sentence_on_a_protocol():
    given = document(
        (
            "case",
            "Case",
            "A girl was grafted. The regimen was reported by Ames et al. in a boy. She engrafted on day 14.",
        )
    )
    assert whose(given, told(given), "engrafted on day 14") == {0}


LETTERS = {
    "general words before": "A child with ALPS or a boy with a FAS mutation may first present with anemia.",
    "a donor's sentence in the story": "The donor had mild thrombocytopenia and recovered.",
    "another hospital's patient behind": "One patient, a 67-year-old man, had a myocardial infarction [7].",
}


@pytest.mark.parametrize("words", LETTERS.values(), ids=LETTERS.keys())
def test_a_letter_on_one_patient_stays_with_that_patient(words):
    given = document(
        ("title", "", "Relief of haemolysis"),
        ("abstract", "Abstract", "We report a woman with haemolysis."),
        ("other", "", words if "behind" not in words and "donor" not in words else "To the Editor:"),
        ("other", "", f"A 54-year-old woman bled. {words if 'donor' in words else ''} Prednisone failed."),
        ("other", "", words if "infarction" in words else "It works."),
    )
    answer = told(given)
    assert sexes(answer) == ["female"]
    assert whose(given, answer, "Prednisone failed.") == {0}
    assert "infarction" not in words or whose(given, answer, "had a myocardial infarction") == set()


def test_a_structured_abstract_leaves_the_text_behind_it_a_letter():
    given = document(
        ("case", "Abstract/Patient concerns", "A woman was pale."),
        ("other", "", "A 54-year-old woman bled. Prednisone failed. Rituximab was given."),
    )
    abstract = Section("abstract", given.sections[0].span, ("Abstract",))
    given = replace(given, sections=(abstract, *given.sections))
    assert whose(given, told(given), "Rituximab was given.") == {0}


def test_a_patient_may_stand_below_a_heading_on_methods():
    assert vocabulary().kind("Patient and methods") == "case"
    assert vocabulary().kind("Patients and methods") == "methods"
    assert vocabulary().kind("Patient perspective") == "discussion"


TWO = {
    "a letter on two": [
        ("title", "", "Relief of haemolysis"),
        ("other", "", "A 54-year-old woman bled. Prednisone failed. She is well."),
        ("other", "", "A 31-year-old man bled. Rituximab failed. He is well."),
        ("other", "", "Ames et al. treated a girl. She died."),
    ],
    "two in a letter whose abstract tells of one": [
        ("abstract", "Abstract", "A 54-year-old woman recovered at once."),
        ("other", "", "A 54-year-old woman bled. She had prednisone. She is well."),
        ("other", "", "A 31-year-old man bled. He had prednisone. He is well."),
    ],
    "two of whom the abstract tells of one": [
        ("abstract", "Abstract", "A 54-year-old woman recovered at once."),
        ("case", "Cases", "A 54-year-old woman bled. She is well."),
        ("case", "Cases", "A 31-year-old man bled. He is well."),
    ],
    "two called ours in a discussion": [
        ("case", "Cases", "A 54-year-old woman bled. She is well."),
        ("case", "Cases", "A 31-year-old man bled. He is well."),
        ("discussion", "Discussion", "Ames treated a boy. Our first patient responded, our second patient did not."),
    ],
    "two in a letter that cites in their paragraphs": [
        ("other", "", "We report two patients."),
        ("other", "", "A 54-year-old woman bled [1]. She is well."),
        ("other", "", "A 31-year-old man bled. He is well."),
    ],
}


@pytest.mark.parametrize("parts", TWO.values(), ids=TWO.keys())
def test_two_patients_stay_two(parts):
    assert sexes(told(document(*parts))) == ["female", "male"]


def test_the_drug_given_to_one_of_two_siblings_makes_no_patient_of_the_other():
    given = document(
        ("title", "", "Two siblings with LRBA deficiency: daratumumab in one of them"),
        ("abstract", "Abstract", "We report a girl. Her brother has mild disease."),
        ("case", "Case", "The 10-year-old girl bled. Her brother, aged 14 years, had bled once. She had daratumumab."),
    )
    assert sexes(told(given)) == ["female"]


def test_the_patient_of_a_letter_may_never_be_introduced():
    course = "The patient, 67 years of age, bled. He was pale. He had steroids. His count fell. He died. He is missed."
    given = document(("other", "", course), ("other", "", "A lady whom we saw did not bleed. She had myeloma."))
    answer = told(given)
    assert sexes(answer) == ["male"]
    assert whose(given, answer, "He died.") == {0}
    assert whose(given, answer, "did not bleed") == set()


def test_a_slip_of_the_pen_makes_nobody_else():
    given = document(("case", "Case", "A 31-year-old woman bled. He was pale. She had steroids. Her count fell."))
    answer = told(given)
    assert sexes(answer) == ["female"]
    assert whose(given, answer, "He was pale.") == {0}


def test_the_man_is_not_the_woman_of_the_report():
    given = document(("case", "Case", "A 31-year-old woman bled. Steroids failed. The man recovered."))
    assert whose(given, told(given), "The man recovered.") == set()


@pytest.mark.parametrize(
    "other", ["Another patient, a 39-year-old woman,", "A similar patient whom I saw", "A further case"]
)
def test_somebody_else_may_come_up_within_the_course(other):
    given = document(("case", "Case", f"A 50-year-old man bled. {other} had a lymphoma. He recovered."))
    answer = told(given)
    assert sexes(answer) == ["male"]
    assert whose(given, answer, "had a lymphoma") == set()
    assert whose(given, answer, "He recovered.") == {0}


def test_a_letter_whose_patient_is_known_brings_up_others_behind_other_papers():
    words = "To date, 14 patients have been published. A 61-year-old woman died of sepsis."
    given = document(LETTER, ("other", "", words))
    answer = told(given)
    assert sexes(answer) == ["female"]
    assert whose(given, answer, "died of sepsis") == set()


def test_a_letter_may_come_to_its_patient_behind_other_papers():
    words = "To date, 14 patients have been published. A 61-year-old woman bled. She is well."
    given = document(("other", "", words))
    assert whose(given, told(given), "She is well.") == {0}

"""Patients announced by their number and known afterwards by sex, age, turn, name or work alone."""

import pytest
from extract_told import assignments, case, document, roles, sexes, told, whose

LETTER = (
    ("other", "", "We would like to describe two elderly patients [1]. We describe two elderly patients."),
    ("other", "", "The man, then 66 years old, was pale. Rituximab failed."),
    ("other", "", "The woman, aged 71, was jaundiced. With her sirolimus failed. Folate was given."),
    ("other", "", "The regimen was the same in both: 1800 mg. In the man haemoglobin rose. In the woman it did not."),
    ("other", "", "Brunn mentions an 80-year-old man who had no response [2]."),
)


def test_the_man_and_the_woman_are_the_two_who_were_announced():
    given = document(*LETTER)
    assert sexes(told(given)) == ["male", "female"]
    expected = [
        ("Rituximab", {0}),
        ("sirolimus", {1}),
        ("Folate", {1}),
        ("1800 mg", {0, 1}),
        ("haemoglobin rose", {0}),
        ("it did not", {1}),
        ("no response", set()),
    ]
    assert assignments(given, expected) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Two patients with ITP are reported. The younger, 34 years old, bled. Folate was given. The older, 67 "
            "years old, was pale. The older one died.",
            [("Folate", {0}), ("died", {1})],
        ),
        (
            "Mrs. D., 58 years old, was pale. Folate was given. Mr. L., aged 71, bled. Rituximab failed. "
            "Mrs. D. is well.",
            [("Folate", {0}), ("Rituximab", {1}), ("is well", {0})],
        ),
        (
            "Three adults were treated. The first patient, a 61-year-old librarian, was pale. The second patient was a "
            "44-year-old man. He bled. The third, a retired teacher of 78, died. Folate was of no use.",
            [("was pale", {0}), ("He bled", {1}), ("Folate", {2})],
        ),
        (
            "We report two women. The first was a 41-year-old nurse. The second, a 29-year-old teacher, bled. In the "
            "nurse, folate helped.",
            [("bled", {1}), ("folate helped", {0})],
        ),
        (
            "A 29-year-old woman was pale and a 34-year-old woman bled. The first was given four doses and the second "
            "two.",
            [("four doses", {0}), ("two.", {1})],
        ),
    ],
)
def test_patients_are_told_apart_by_turn_name_or_work(words, expected):
    given = case(words)
    assert assignments(given, expected) == expected


OTHER = [
    ("title", "", "Folate in two women with anaemia"),
    ("case", "Cases", "An engineering student of 22 years bled. Rituximab failed. Four doses were given in all."),
    ("case", "Cases", "The other patient, a homemaker, was pale. Sirolimus failed. In the student folate had helped."),
    ("discussion", "Discussion", "In the homemaker it did not. We know of other patients."),
]


def test_the_other_patient_is_the_second_of_two():
    expected = [
        ("Rituximab", {0}),
        ("Four doses", {0}),
        ("Sirolimus", {1}),
        ("folate had helped", {0}),
        ("it did not", {1}),
        ("other patients", set()),
    ]
    assert assignments(document(*OTHER), expected) == expected


SIBLINGS = (
    "We report a brother and a sister who were both given daratumumab. An elder sister died at 4 years. Sibling A. The "
    "index case, a boy, was pale at 11 years. Rituximab failed. Sibling B. The younger sister bled. Sirolimus failed. "
    "Their brother is healthy."
)


def test_siblings_with_letters_are_told_from_one_who_died_and_one_who_is_healthy():
    given = case(SIBLINGS)
    answer = told(given)
    assert [whose(given, answer, words) for words in ("Rituximab", "Sirolimus")] == [{0}, {1}]
    assert ("relative", "An elder sister died at 4 years.") in roles(given, answer)


def test_a_brother_transplanted_from_a_matched_donor_is_no_donor():
    given = case(
        "We describe two siblings who were treated with daratumumab. The sister had ITP. The brother had AIHA after "
        "transplantation from a matched unrelated donor. Rituximab failed."
    )
    answer = told(given)
    assert sexes(answer) == ["female", "male"]
    assert whose(given, answer, "Rituximab") == {1}


def test_relatives_who_do_not_carry_the_variant_are_nobody():
    given = case("The youngest child, a 6-year-old girl, does not carry the variant. A 9-year-old boy was pale.")
    assert sexes(told(given)) == ["male"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Patients A, B and C were children. In A, folate helped; in B from the first day; in C there was no "
            "effect. C was then given sirolimus.",
            [("folate", {0}), ("from the first", {1}), ("there was no", {2}), ("sirolimus", {2})],
        ),
        (
            "Patient 1, a boy, bled. Patient 2, his cousin, was pale. Folate was given. They had failed rituximab.",
            [("Folate", {1}), ("failed rituximab", set())],
        ),
        ("P1, a boy, and P2, a girl, bled. They had failed rituximab.", [("failed rituximab", {0, 1})]),
        (
            "Patient 1 bled. Infections occurred in patients (nos. 3 and 2). Patient 2 and patient 3 died.",
            [("Infections", {1, 2})],
        ),
        (
            "We saw two sisters. A 16-year-old girl was pale. Her 13-year-old sister bled. Each received daratumumab. "
            "The elder responded completely, the younger partially. The elder has been well.",
            [("partially.", {1}), ("been well", {0})],
        ),
    ],
)
def test_letters_kin_and_turns_point_at_patients(words, expected):
    assert assignments(case(words), expected) == expected


def test_the_first_of_two_arguments_is_nobody():
    given = document(
        ("case", "Cases", "Patient 1, a woman, was pale. Patient 2, a man, bled."),
        ("discussion", "Discussion", "There are two arguments. The first is a practical one. Folate is cheap."),
    )
    answer = told(given)
    assert [whose(given, answer, words) for words in ("a practical", "Folate")] == [set(), set()]


def test_newborn_twins_are_not_the_patients():
    given = case(
        "A 34-year-old woman, pregnant with twins, bled. Twin A had icterus and twin B was well. She had folate."
    )
    answer = told(given)
    assert sexes(answer) == ["female"]
    assert whose(given, answer, "icterus") == set()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Both bled, but only the first required folate.", [("folate", {0})]),
        ("Both patients bled, but only the second required folate.", [("bled", {0, 1}), ("folate", {1})]),
        ("Folate was given, save in patient 2 who had rituximab (1 g, weekly).", [("Folate", {0}), ("rituximab", {1})]),
        ("Folate was kept in all patients except patient 2, who had never had it.", [("Folate", {0}), ("never", {1})]),
        ("Folate was kept in patient 1 and in patient 2 sirolimus was added.", [("Folate", {0}), ("sirolimus", {1})]),
    ],
)
def test_what_is_told_of_one_of_two_is_not_told_of_both(words, expected):
    given = case(f"Patient 1, a woman, was pale. Patient 2, a man, was jaundiced. {words}")
    assert assignments(given, expected) == expected


@pytest.mark.parametrize("headings", [("Mr. K.", "Mrs. T."), ("The boy", "The girl"), ("A boy with ALD", "A girl")])
def test_headings_call_patients(headings):
    parts = zip(headings, ("He was pale. Rituximab failed.", "She bled. Sirolimus failed."), strict=True)
    given = document(*(("case", heading, words) for heading, words in parts))
    expected = [("Rituximab", {0}), ("Sirolimus", {1})]
    assert assignments(given, expected) == expected


def test_the_man_of_a_report_on_one_woman_is_nobody_new():
    given = document(
        (
            "case",
            "Case",
            "A 60-year-old woman was pale. The man who sold her the herbs could not be found. She recovered.",
        )
    )
    assert sexes(told(given)) == ["female"]


def test_what_is_told_of_a_person_of_the_other_sex_is_not_carried_on():
    given = case("We saw a 5-year-old girl and two boys. A boy was pale. The girl bled. She had folate.")
    answer = told(given)
    assert whose(given, answer, "She had folate") <= {0}


def test_a_newborn_of_the_patient_is_told_of_apart():
    given = case("A 31-year-old woman was pregnant. The newborn boy was pale. He received folate. The mother bled.")
    assert ("relative", "He received folate.") in roles(given, told(given))

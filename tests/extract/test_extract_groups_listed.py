"""Groups whose members stand in brackets behind a count, and what is told once of all patients of a series."""

import pytest
from extract_told import document, told, whose
from extract_values import found, results

SIX = (
    "Patient 1 was 38, patient 2 was 61, patient 3 was 24, patient 4 was 55, patient 5 was 68 "
    "and patient 6 was 44 years old."
)


def whom(sentence, words):
    given = document(("results", "Results", SIX), ("results", "Results", sentence))
    return {index + 1 for index in whose(given, told(given), words)}


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        pytest.param(
            "Four patients had AIHA (1, 3, 4 and 6), one ITP (2) and one PRCA (5).",
            "AIHA",
            {1, 3, 4, 6},
            id="behind-the-value",
        ),
        pytest.param(
            "Four patients had AIHA (1, 3, 4 and 6), one ITP (2) and one PRCA (5).", "ITP", {2}, id="one-among-lists"
        ),
        pytest.param(
            "Four patients had AIHA (1, 3, 4 and 6), one ITP (2) and one PRCA (5).", "PRCA", {5}, id="the-last"
        ),
        pytest.param("Two patients (1 and 6) had an infusion reaction.", "reaction", {1, 6}, id="behind-the-noun"),
        pytest.param("Fever occurred in three (P2, P3 and P5).", "Fever", {2, 3, 5}, id="with-a-letter"),
        pytest.param("Fever occurred in one patient (4).", "Fever", {4}, id="one-alone"),
        pytest.param("Two studies (1 and 6) had shown fever.", "fever", set(), id="studies"),
        pytest.param("Patient 2 died. All others are alive.", "alive", {1, 3, 4, 5, 6}, id="all-others"),
        pytest.param(
            "All six had failed steroids; patients 3 and 4 also sirolimus.", "steroids", {1, 2, 3, 4, 5, 6}, id="all"
        ),
        pytest.param(
            "All six had failed steroids; patients 3 and 4 also sirolimus.", "sirolimus", {3, 4}, id="some-more"
        ),
        pytest.param("Patient 2 died. The rest of the vial was discarded.", "discarded", {2}, id="the-rest-of-a-thing"),
    ],
)
def test_a_list_in_brackets_behind_its_count_names_patients(sentence, words, expected):
    assert whom(sentence, words) == expected


def test_a_label_in_brackets_is_no_count_of_cells():
    given = results(SIX, "Daratumumab was given. Four patients had AIHA (1, 3, 4 and 6), one ITP (2) and one PRCA (5).")
    assert set(found(given, "baseline_platelets_1e9_l")["baseline_platelets_1e9_l"]) == {""}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Daratumumab was given subcutaneously at a flat dose of 1800 mg.", "SC", id="given"),
        pytest.param("Daratumumab was always infused intravenously.", "IV", id="infused"),
        pytest.param("The route was intravenous.", "IV", id="route"),
        pytest.param("Daratumumab may be given subcutaneously.", "", id="possible"),
    ],
)
def test_a_regimen_told_once_is_that_of_every_patient(sentence, expected):
    given = results(
        f"Two women were given daratumumab for AIHA. {sentence}", "Patient 1 was 38, patient 2 was 61 years old."
    )
    assert set(found(given, "route")["route"]) == {expected}


def test_a_regimen_told_in_one_patients_own_part_is_that_patients():
    given = results(
        "Patient 1 was 38 years old and had AIHA. Daratumumab was given subcutaneously.",
        "Patient 2 was 61 years old and had AIHA. Daratumumab was given intravenously.",
    )
    assert found(given, "route") == {"route": ["SC", "IV"]}


@pytest.mark.parametrize(
    "sentence",
    [
        "Two children, one with ITP and one with AIHA after grafting, had two and four doses, respectively.",
        "We treated two children, one with ITP and the other with AIHA after grafting.",
        "Two patients (one with ITP, one with AIHA after grafting) received the drug.",
    ],
)
def test_what_one_and_another_had_is_shared_out_in_the_order_of_telling(sentence):
    given = document(("abstract", "Abstract", f"{sentence} The first recovered; the second relapsed."))

    assert {words: whose(given, told(given), words) for words in ("ITP", "AIHA", "grafting")} == {
        "ITP": {0},
        "AIHA": {1},
        "grafting": {1},
    }


def test_only_the_first_is_a_patient_and_not_a_dose():
    assert whom("Only the first required replacement.", "replacement") == {1}

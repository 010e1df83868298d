"""Responders as a group are those of whom a response was told; where that is open, the words are nobody's."""

import pytest
from extract_values import found, results

THREE = (
    "Three patients were given daratumumab for AIHA after HSCT. Patient 1, a woman of 34 years, responded completely. "
    "Patient 2, a man of 19 years, reached a partial response. Patient 3, a man of 52 years, did not respond. "
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Neither of the two responders relapsed.", ["no", "no", ""]),
        ("None of the responders relapsed.", ["no", "no", ""]),
        ("Both responders relapsed within a year.", ["yes", "yes", ""]),
        ("One of the responders relapsed.", ["", "", ""]),
        ("The three responders never relapsed.", ["", "", ""]),
    ],
)
def test_responders_are_those_who_responded(words: str, expected: list[str]) -> None:
    assert found(results(THREE + words), "relapse")["relapse"] == expected


def test_each_responder_has_a_share_of_a_list() -> None:
    given = results(THREE + "Neither responder relapsed, after a follow-up of 14 and 9 months, respectively.")

    assert found(given, "follow_up_months")["follow_up_months"] == ["14", "9", ""]


def test_the_non_responder_is_the_one_who_did_not_respond() -> None:
    given = results(THREE + "The non-responder died of sepsis.")

    assert found(given, "vital_status")["vital_status"] == ["", "", "dead"]


def test_who_is_no_responder_is_named_and_no_group() -> None:
    given = results(THREE + "Patient 3 died in week 8 and so is no responder.")

    assert found(given, "vital_status")["vital_status"] == ["", "", "dead"]


def test_a_clause_on_responders_nobody_knows_is_not_the_next_patients() -> None:
    given = results(
        "Three patients were given daratumumab for AIHA after HSCT: patient 1, a woman of 34 years, patient 2, a man "
        "of 19 years, and patient 3, a man of 52 years. Two complete responders are well, while patient 2 relapsed."
    )

    assert found(given, "response")["response"][1] != "CR"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Patients 1 and 2 relapsed at 7 and 9 months.", ["213", "274", ""]),
        ("Patients 1 and 2 were seen at 7 and 9 months after they had relapsed.", ["", "", ""]),
    ],
)
def test_what_happens_once_is_shared_out_in_order(words: str, expected: list[str]) -> None:
    assert found(results(THREE + words), "relapse_day")["relapse_day"] == expected


def test_those_left_over_are_told_from_those_named_before() -> None:
    given = results(THREE + "Patient 3 died of sepsis, all others are alive.")

    assert found(given, "vital_status")["vital_status"] == ["alive", "alive", "dead"]


@pytest.mark.parametrize(
    "words", ["was given subcutaneously in all three, once a week.", "was injected subcutaneously to all."]
)
def test_what_is_given_in_all_is_everybodys(words: str) -> None:
    given = results(THREE + f"Daratumumab {words}")

    assert found(given, "route")["route"] == ["SC", "SC", "SC"]


def test_the_others_of_one_patients_infusions_are_no_patients() -> None:
    given = results(
        "A man of 57 years was given daratumumab for AIHA after HSCT. Rigors an hour into the first infusion subsided "
        "when it was slowed; the others were uneventful."
    )

    assert found(given, "adverse_events")["adverse_events"] == ["infusion reaction"]

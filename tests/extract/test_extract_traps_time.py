"""Ways of writing that mislead about when something was: abstract against body, days of several patients."""

import pytest
from extract_values import cases, found, results, with_abstract

ONSET, START, DELAY = "cytopenia_onset_day", "anti_cd38_start_day", "anti_cd38_delay_days"


def check(given, expected):
    assert found(given, *expected) == expected


TWICE_TOLD = [
    pytest.param(
        with_abstract(
            "A boy developed AIHA on day +63 after HSCT and was given daratumumab.",
            "A 9-year-old boy was transplanted for SAA. On day +60 he was pale, and AIHA was diagnosed. Daratumumab "
            "was given on day +100.",
        ),
        {ONSET: ["60"], START: ["100"]},
        id="onset",
    ),
    pytest.param(
        with_abstract(
            "We report a woman with PRCA, treated with daratumumab from day +210 after HSCT.",
            "A 39-year-old woman was transplanted for MDS. PRCA was diagnosed. Daratumumab was begun on day +201.",
        ),
        {START: ["201"]},
        id="start",
    ),
    pytest.param(
        with_abstract(
            "A man developed PRCA 3 months after HSCT. Daratumumab was started on day +190.",
            "A 52-year-old man was transplanted for MDS. PRCA was diagnosed on day +88. On day +188, daratumumab was "
            "started.",
        ),
        {ONSET: ["88"], START: ["188"], DELAY: ["100"]},
        id="months against days",
    ),
    pytest.param(
        with_abstract(
            "AIHA was diagnosed on day +63 and treated with daratumumab from day +110.",
            "A 9-year-old boy underwent HSCT for SAA. AIHA was diagnosed on day +60. From day +100, daratumumab was "
            "given.",
            ("discussion", "Discussion", "In our patient, AIHA began 63 days after HSCT."),
        ),
        {ONSET: ["60"], START: ["100"]},
        id="discussion on the abstract's side",
    ),
    pytest.param(
        with_abstract(
            "A man developed AIHA on day +63 after HSCT and was given daratumumab.",
            "A 52-year-old man was transplanted for MDS. AIHA was diagnosed. Daratumumab was given.",
        ),
        {ONSET: ["63"], START: [""]},
        id="look-alike: only the abstract tells",
    ),
]


@pytest.mark.parametrize(("given", "expected"), TWICE_TOLD)
def test_the_body_wins_where_the_abstract_gives_another_day(given, expected):
    check(given, expected)


SHARED_OUT = [
    pytest.param(
        results(
            "Patients 1 and 2 were transplanted for WAS. They developed AIHA and ITP on days +60 and +92, "
            "respectively. Daratumumab was given to both."
        ),
        {ONSET: ["60", "92"], "cytopenia_type": ["AIHA", "AIT"]},
        id="names and days",
    ),
    pytest.param(
        cases(
            "P1 and P2 underwent HSCT on 3 March 2020 and 4 May 2021, respectively. AIHA was diagnosed on 2 May 2020 "
            "in P1 and on 3 July 2021 in P2."
        ),
        {ONSET: ["60", "60"]},
        id="dates",
    ),
    pytest.param(
        results(
            "After HSCT, P1 had ITP on day +33 and P2 on day +47. Daratumumab was started in P1 on day +60 and in P2 "
            "on day +90."
        ),
        {ONSET: ["33", "47"], START: ["60", "90"], "cytopenia_type": ["AIT", "AIT"]},
        id="a verb left out",
    ),
    pytest.param(
        results(
            "Patient 1 was transplanted for WAS and developed AIHA and ITP on days +60 and +92, respectively. "
            "Patient 2 was well. Both received daratumumab."
        ),
        {ONSET: ["60", ""], "cytopenia_type": ["ES", ""]},
        id="look-alike: two lineages of one",
    ),
]


@pytest.mark.parametrize(("given", "expected"), SHARED_OUT)
def test_days_of_several_patients_go_each_to_its_own(given, expected):
    check(given, expected)

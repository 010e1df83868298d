"""Grades by published criteria: as far as what is reported allows."""

import pytest

from litreview.model.analysis import Criteria, Duration, Proportion, TimeTo
from litreview.pool.curve import Span
from litreview.pool.grade import Grade, grade, graded, ungraded
from litreview.pool.meta import Arm
from litreview.pool.printed import text
from litreview.pool.shares import ALL, SEVERAL, TOGETHER, shares
from litreview.pool.summary import summary
from litreview.pool.times import times
from litreview.rules import load

REVIEW, INTERNATIONAL = load("anti_cd38_cytopenia").criteria
AIT = {"cytopenia_type": "AIT"}
AIHA = {"cytopenia_type": "AIHA"}


@pytest.mark.parametrize(
    ("patient", "value"),
    [
        pytest.param(
            {"transfusion_independent": "yes", "response": "NR"}, "R", id="free of transfusions, whatever is said"
        ),
        pytest.param({"transfusion_independent": "no", "response": "PR"}, "PR", id="fewer transfusions"),
        pytest.param({"transfusion_independent": "no", "response": "NR"}, "NR", id="none"),
        pytest.param({"response": "CR"}, "", id="nothing told of transfusions"),
        pytest.param({"transfusion_independent": "no"}, "", id="still transfused, and nothing told of the response"),
    ],
)
def test_the_review_scores_freedom_from_transfusions(patient: dict[str, object], value: str) -> None:
    assert grade(patient, REVIEW).value == value


@pytest.mark.parametrize(
    ("patient", "value"),
    [
        pytest.param(AIT | {"best_platelets_1e9_l": 192.0}, "CR", id="platelets above 100"),
        pytest.param(AIT | {"best_platelets_1e9_l": 100.0}, "CR", id="platelets above 100, kept as 100"),
        pytest.param(AIT | {"count_normalised": "yes"}, "CR", id="platelets said to be normal"),
        pytest.param(AIT | {"best_platelets_1e9_l": 30.0, "baseline_platelets_1e9_l": 15.0}, "R", id="twice as many"),
        pytest.param(
            AIT | {"best_platelets_1e9_l": 55.0, "baseline_platelets_1e9_l": 28.0}, "", id="not twice as many"
        ),
        pytest.param(AIT | {"best_platelets_1e9_l": 55.0}, "", id="nothing to compare with"),
        pytest.param(AIT | {"best_platelets_1e9_l": 8.0, "response": "NR"}, "NR", id="few, and no response told"),
        pytest.param(AIT | {"best_platelets_1e9_l": 8.0, "response": "CR"}, "", id="few early on, and a response told"),
        pytest.param(
            AIHA | {"best_hemoglobin_g_dl": 12.4, "transfusion_independent": "yes"}, "CR", id="12 without blood"
        ),
        pytest.param(AIHA | {"best_hemoglobin_g_dl": 12.4}, "", id="12, and nothing told of transfusions"),
        pytest.param(
            AIHA | {"best_hemoglobin_g_dl": 12.4, "transfusion_independent": "no", "baseline_hemoglobin_g_dl": 5.0},
            "R",
            id="12 with blood",
        ),
        pytest.param(
            AIHA | {"best_hemoglobin_g_dl": 10.0, "baseline_hemoglobin_g_dl": 8.0}, "R", id="10 and a rise of 2"
        ),
        pytest.param(AIHA | {"best_hemoglobin_g_dl": 10.0, "baseline_hemoglobin_g_dl": 8.1}, "", id="a rise of less"),
        pytest.param(
            AIT | {"best_platelets_1e9_l": 192.0, "rescue_therapy": "yes", "rescue_day": 43},
            "NR",
            id="rescue after 6 weeks",
        ),
        pytest.param(
            AIT | {"best_platelets_1e9_l": 192.0, "rescue_therapy": "yes", "rescue_day": 42},
            "CR",
            id="rescue by 6 weeks",
        ),
        pytest.param(AIT | {"best_platelets_1e9_l": 192.0, "rescue_therapy": "yes"}, "", id="rescue on a day not told"),
        pytest.param(
            AIT | {"response": "PR", "rescue_therapy": "yes", "relapse_day": 149},
            "NR",
            id="rescue without a day after a relapse later than 6 weeks",
        ),
        pytest.param(
            AIT | {"best_platelets_1e9_l": 192.0, "rescue_therapy": "yes", "rescue_day": 30, "relapse_day": 149},
            "CR",
            id="rescue by 6 weeks, relapse later",
        ),
        pytest.param(
            AIT | {"best_platelets_1e9_l": 192.0, "rescue_therapy": "yes", "relapse_day": 20},
            "",
            id="rescue without a day after an early relapse",
        ),
        pytest.param(
            AIHA | {"response": "NR", "transfusion_independent": "no"}, "NR", id="no response, still transfused"
        ),
        pytest.param(AIHA | {"response": "NR"}, "", id="no response, neither count nor transfusions told"),
        pytest.param({"cytopenia_type": "PRCA", "best_hemoglobin_g_dl": 14.0}, "", id="not for pure red cell aplasia"),
        pytest.param(AIHA | {"aiha_subtype": "cold", "best_hemoglobin_g_dl": 14.0}, "", id="not for cold antibodies"),
    ],
)
def test_the_international_criteria_are_applied_where_the_data_allow(patient: dict[str, object], value: str) -> None:
    assert grade(patient, INTERNATIONAL).value == value


def test_what_would_have_decided_is_named() -> None:
    assert grade(AIT | {"best_platelets_1e9_l": 55.0}, INTERNATIONAL) == Grade(
        "", ("baseline_platelets_1e9_l",), "no platelet count before treatment told"
    )


def test_who_is_not_graded_is_named_with_what_is_missing() -> None:
    patients = [
        AIT | {"patient_id": "graded", "best_platelets_1e9_l": 192.0},
        AIT | {"patient_id": "untold"},
        AIHA | {"patient_id": "low", "best_hemoglobin_g_dl": 8.9, "response": "PR"},
        {"patient_id": "other", "cytopenia_type": "PRCA"},
    ]

    assert ungraded(patients, [INTERNATIONAL]) == {
        "response_international": {
            "untold": "no platelet count after treatment told",
            "low": "the best count told is below the limits, which by itself shows no failure",
        }
    }


def test_the_summary_says_below_the_grades_what_is_missing_for_the_others() -> None:
    patients = [AIT | {"patient_id": "untold", "case_ids": "r1-1"}]

    lines = list(text(summary(patients, load("anti_cd38_cytopenia"))))

    head = lines.index("Response by international criteria (N = 0; not reported in 1)")
    assert lines[head + 1] == "  not gradable: no platelet count after treatment told (r1-1)"


def test_later_criteria_may_use_the_grade_of_earlier_ones() -> None:
    first = {
        "name": "first",
        "title": "",
        "source": "",
        "levels": [{"value": "A", "needs": [{"attribute": "n", "above": "2"}]}],
    }
    second = first | {"name": "second", "levels": [{"value": "B", "needs": [{"attribute": "first", "values": ["A"]}]}]}
    both = [Criteria.model_validate(each) for each in (first, second)]

    assert graded([{"n": 3}, {"n": 2}], both) == (
        {"n": 3, "first": "A", "second": "B"},
        {"n": 2, "first": None, "second": None},
    )


PATIENTS = (
    {"patient_id": "a", "well": "yes", "days": 10, "kind": "red"},
    {"patient_id": "b", "well": "no", "months": 2.0, "kind": "red"},
    {"patient_id": "c", "well": "no", "kind": "blue"},
    {"patient_id": "d", "well": None, "days": 30, "kind": "blue"},
    {"patient_id": "e", "well": "yes", "days": 4, "kind": "blue"},
)


def test_patients_without_the_event_are_watched_as_long_as_is_told_and_others_are_named_as_missing() -> None:
    wanted = TimeTo.model_validate(
        {
            "title": "Time to being well",
            "unit": "days",
            "event": [{"attribute": "well", "values": ["yes"]}],
            "at": [{"of": "days"}],
            "until": [{"of": "days"}, {"of": "months", "times": 30}],
        }
    )

    (curve,) = times(PATIENTS, [wanted])

    assert curve.spans == (Span("a", 10, True), Span("b", 60, False), Span("e", 4, True))
    assert curve.missing == ("c", "d")
    assert (curve.estimate.patients, curve.estimate.events, curve.estimate.median) == (3, 2, 10)


def test_a_time_is_had_less_other_attributes_where_all_are_told() -> None:
    wanted = TimeTo(title="", unit="", event=(), at=(Duration(of="last", less=("first",)),), until=())

    (curve,) = times([{"patient_id": "a", "last": 9, "first": 4}, {"patient_id": "b", "last": 9}], [wanted])

    assert curve.spans == (Span("a", 5, True),)


def test_a_share_over_reports_is_given_without_single_patients_with_possible_ones_together_and_by_group() -> None:
    reports = {"a": "r1", "b": "r1", "c": "r2", "d": "r2", "e": "r3"}
    wanted = Proportion(title="Well", attribute="well", value="yes", by=("kind",))

    found = shares(
        PATIENTS, [wanted], reports=reports, together=[each for each in PATIENTS if each["patient_id"] != "b"]
    )

    assert [(each.among, each.group, each.arms) for each in found] == [
        (ALL, "", (Arm("r1", 1, 2), Arm("r2", 0, 1), Arm("r3", 1, 1))),
        (SEVERAL, "", (Arm("r1", 1, 2),)),
        (TOGETHER, "", (Arm("r1", 1, 1), Arm("r2", 0, 1), Arm("r3", 1, 1))),
        (ALL, "blue", (Arm("r2", 0, 1), Arm("r3", 1, 1))),
        (ALL, "red", (Arm("r1", 1, 2),)),
    ]

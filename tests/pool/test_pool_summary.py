"""The pooled summary."""

import pytest

from litreview.model.clock import Clock
from litreview.model.eligibility import Eligibility
from litreview.model.proportion import wilson
from litreview.model.topic import Attribute, SummaryLine, Topic
from litreview.pool import Share, Spread, Summary, summary
from litreview.pool.printed import COLUMNS, rows, text

PATIENTS = (
    {"patient_id": "p1", "age": 4.0, "kind": "red", "drugs": "a; b", "well": "yes", "days": 10},
    {"patient_id": "p2", "age": 40.0, "kind": "red", "drugs": "b", "well": "no", "days": 30},
    {"patient_id": "p3", "age": 18.0, "kind": "blue", "drugs": None, "well": None, "days": None},
    {"patient_id": "p4", "age": None, "kind": "green", "drugs": "c", "well": "yes", "days": 100},
)


def topic(*lines: dict[str, object]) -> Topic:
    kind = {"name": "kind", "type": "category", "definition": "", "vocabulary": ("green", "blue", "red")}
    return Topic(
        name="toy",
        title="Toys",
        question="?",
        version="1",
        clock=Clock(index="operation", start="treatment"),
        events=(),
        eligibility=Eligibility(question="?", case_needs=(), exclusions=()),
        attributes=(Attribute.model_validate(kind | {"rules": (), "examples": ()}),),
        summary=tuple(SummaryLine.model_validate({"title": "Line", **line}) for line in lines),
    )


def pooled(*lines: dict[str, object], patients: tuple[dict[str, object], ...] = PATIENTS) -> Summary:
    return summary(patients, topic(*lines), reports=3)


def shares(line: dict[str, object]) -> list[tuple[str, int, int]]:
    return [(share.value, share.n, share.of) for share in pooled(line).lines[0].shares]


def test_counts_go_from_the_most_frequent_then_by_the_vocabulary() -> None:
    assert shares({"attribute": "kind", "how": "counts"}) == [("red", 2, 4), ("green", 1, 4), ("blue", 1, 4)]


def test_items_of_a_list_are_counted_among_those_with_any() -> None:
    assert shares({"attribute": "drugs", "how": "counts"}) == [("b", 2, 3), ("a", 1, 3), ("c", 1, 3)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param({"attribute": "well", "value": "yes"}, (2, 3), id="of those with the attribute reported"),
        pytest.param({"attribute": "kind", "value": "red|blue"}, (3, 4), id="several values"),
        pytest.param({"attribute": "drugs", "value": "b"}, (2, 3), id="an item of a list"),
        pytest.param({"attribute": "drugs"}, (3, 4), id="reported at all, of all"),
        pytest.param({"attribute": "age", "at_least": 18}, (2, 3), id="at least"),
        pytest.param({"attribute": "age", "at_least": 4, "below": 18}, (1, 3), id="within limits"),
        pytest.param({"attribute": "well", "value": "yes", "where": {"kind": "red|green"}}, (2, 3), id="where"),
        pytest.param({"attribute": "well", "value": "yes", "excluding": {"kind": "red"}}, (1, 1), id="excluding"),
        pytest.param({"attribute": "well", "value": "yes", "excluding": {"drugs": "b"}}, (1, 1), id="without an item"),
    ],
)
def test_shares_rest_on_the_patients_for_whom_it_is_reported(
    line: dict[str, object], expected: tuple[int, int]
) -> None:
    assert [(n, of) for _, n, of in shares(line | {"how": "share"})] == [expected]


def test_a_range_gives_median_minimum_and_maximum_and_says_what_is_missing() -> None:
    line = pooled({"attribute": "days", "how": "range"}).lines[0]

    assert line.spread == Spread(30, 10, 100, 20, 65)
    assert (line.reported, line.asked, line.missing) == (3, 4, 1)


def test_limits_choose_the_patients_of_a_range() -> None:
    line = pooled({"attribute": "age", "how": "range", "below": 18}).lines[0]

    assert line.spread == Spread(4, 4, 4, 4, 4)
    assert (line.reported, line.missing) == (1, 0)


def test_a_line_by_another_attribute_is_given_for_each_of_its_values() -> None:
    lines = pooled({"attribute": "well", "how": "share", "value": "yes", "by": "kind"}).lines

    assert [(line.group, line.shares[0].n, line.shares[0].of) for line in lines] == [
        ("red", 1, 2),
        ("green", 1, 1),
        ("blue", 0, 0),
    ]


def test_a_share_of_nobody_has_no_interval() -> None:
    assert pooled({"attribute": "well", "how": "share", "value": "yes"}, patients=()).lines[0].shares == (
        Share("yes", 0, 0, None),
    )


@pytest.mark.parametrize(("n", "of", "low", "high"), [(0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1.0)])
def test_intervals_are_wilsons(n: int, of: int, low: float, high: float) -> None:
    assert wilson(n, of) == pytest.approx((low, high), abs=0.001)


def test_the_text_says_what_every_figure_rests_on() -> None:
    lines = (
        {"attribute": "drugs", "how": "counts", "title": "Drugs"},
        {"attribute": "days", "how": "range", "title": "Days"},
        {"attribute": "well", "how": "share", "value": "yes", "title": "Well"},
        {"attribute": "nothing", "how": "range", "title": "Unheard"},
    )

    assert list(text(pooled(*lines)))[3:] == [
        "Drugs (N = 3; not reported in 1)",
        "  b  2/3 (67 %, 21 to 94)",
        "  a  1/3 (33 %, 6 to 79)",
        "  c  1/3 (33 %, 6 to 79)",
        "Days: median 30 (range 10 to 100; N = 3; not reported in 1)",
        "Well: 2/3 (67 %, 21 to 94); not reported in 1",
        "Unheard: not reported in any of 4",
    ]


def test_the_text_begins_with_patients_and_reports() -> None:
    assert next(iter(text(pooled()))) == "Toys: 4 unique patients from 3 reports"


def test_every_figure_names_the_cases_it_counts_and_those_it_could_not() -> None:
    patients = tuple(
        patient | {"case_ids": f"{patient['patient_id']}-1; {patient['patient_id']}-2"} for patient in PATIENTS
    )
    lines = ({"attribute": "well", "how": "share", "value": "yes"}, {"attribute": "days", "how": "range"})

    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows(pooled(*lines, patients=patients))]

    assert [(row["cases"], row["cases_untold"]) for row in found] == [
        ("p1-1; p1-2; p4-1; p4-2", "p3-1; p3-2"),
        ("p1-1; p1-2; p2-1; p2-2; p4-1; p4-2", "p3-1; p3-2"),
    ]


def test_the_warning_and_what_was_left_out_stand_above_the_figures() -> None:
    loaded = topic().model_copy(update={"warning": "Mind\n who is published."})

    found = summary(PATIENTS, loaded, reports=3, notes=("Left out: 1 patient of 1 retracted report",))

    assert list(text(found))[1:3] == ["Mind who is published.", "Left out: 1 patient of 1 retracted report"]


def test_rows_have_a_cell_for_every_column() -> None:
    lines = (
        {"attribute": "drugs", "how": "counts"},
        {"attribute": "days", "how": "range"},
        {"attribute": "well", "how": "share", "value": "yes"},
    )

    made = list(rows(pooled(*lines)))

    assert len(made) == 3 + 1 + 1
    assert {len(row) for row in made} == {len(COLUMNS)}

"""Printed figures beside those computed again."""

import pytest

from litreview.model.baseline import Baseline, BaselineOf, Contradiction, Statement
from litreview.model.clock import Clock
from litreview.model.eligibility import Eligibility
from litreview.model.topic import Topic
from litreview.pool.compare import COLUMNS, Comparison, compare, rows, text

TOY = Topic(
    name="toy",
    title="Toys",
    question="?",
    version="1",
    clock=Clock(index="operation", start="treatment"),
    events=(),
    eligibility=Eligibility(question="?", case_needs=(), exclusions=()),
)
KNOWN = (
    {"patient_id": "p1", "case_ids": "c1", "kind": "red", "days": 60, "well": "yes", "drugs": "a; b; c"},
    {"patient_id": "p2", "case_ids": "c2; c3", "kind": "blue", "days": 126, "well": None, "drugs": "b"},
)


def compared(*statements: dict[str, object], of: int = 4) -> Comparison:
    made = tuple(
        Statement.model_validate({"statement": "s", "population": "all", "quantity": "q", **each})
        for each in statements
    )
    given = Baseline(BaselineOf(source="Toys", review="Toymaker 2020", patients=of), (), (), made, ())
    return compare(KNOWN, given, TOY)


@pytest.mark.parametrize(
    ("statement", "recomputed", "available", "verdict"),
    [
        pytest.param({"figure": "patients", "printed": "4"}, "2", 2, "open", id="patients known"),
        pytest.param(
            {"figure": "n", "attribute": "kind", "value": "red", "printed": "1"}, "1", 2, "same", id="as many"
        ),
        pytest.param({"figure": "n", "attribute": "kind", "value": "red", "printed": "3"}, "1", 2, "open", id="fewer"),
        pytest.param(
            {"figure": "n", "attribute": "kind", "value": "red", "printed": "4"},
            "1",
            2,
            "contradicts",
            id="too few left",
        ),
        pytest.param(
            {"figure": "n", "attribute": "kind", "value": "red", "printed": "0"}, "1", 2, "contradicts", id="too many"
        ),
        pytest.param(
            {"figure": "n", "attribute": "days", "at_least": 100, "printed": "1"}, "1", 2, "same", id="in limits"
        ),
        pytest.param({"figure": "told", "attribute": "well", "printed": "2"}, "1", 1, "open", id="told of"),
        pytest.param(
            {"figure": "minimum", "attribute": "days", "printed": "50"}, "60", 2, "open", id="a lower one may come"
        ),
        pytest.param(
            {"figure": "minimum", "attribute": "days", "printed": "63"}, "60", 2, "contradicts", id="below the lowest"
        ),
        pytest.param(
            {"figure": "maximum", "attribute": "days", "printed": "100"},
            "126",
            2,
            "contradicts",
            id="above the highest",
        ),
        pytest.param({"figure": "maximum", "attribute": "days", "printed": "126"}, "126", 2, "same", id="the highest"),
        pytest.param({"figure": "median", "attribute": "days", "printed": "90"}, "93", 2, "open", id="median"),
        pytest.param(
            {"figure": "values", "attribute": "days", "printed": "60; 126"}, "60; 126", 2, "same", id="values"
        ),
        pytest.param({"figure": "most", "attribute": "drugs", "printed": "b; a; c"}, "b; a; c", 2, "same", id="most"),
        pytest.param({"figure": "minimum", "attribute": "age", "printed": "3"}, "", 0, "open", id="nothing known"),
        pytest.param({"printed": "7"}, "", 0, "not computed", id="no attribute"),
        pytest.param(
            {"figure": "minimum", "attribute": "days", "where": {"kind": "blue"}, "printed": "126"},
            "126",
            1,
            "same",
            id="of some",
        ),
    ],
)
def test_a_figure_is_judged_by_what_missing_patients_could_still_change(
    statement: dict[str, object], recomputed: str, available: int, verdict: str
) -> None:
    (found,) = compared(statement).compared

    assert (found.recomputed, found.available, found.of, found.verdict) == (recomputed, available, 4, verdict)


def test_with_all_patients_known_another_figure_contradicts() -> None:
    (found,) = compared({"figure": "median", "attribute": "days", "printed": "90"}, of=2).compared

    assert found.verdict == "contradicts"


def test_printed_figures_that_do_not_add_up_are_named() -> None:
    parts = [{"printed": n, "adds_up": "donors"} for n in ("1", "2")] + [
        {"printed": n, "adds_up": "kinds"} for n in ("3", "1")
    ]

    assert compared(*parts).sums == ("donors sum to 3 of 4",)


def test_every_row_links_to_the_cases_that_it_counts() -> None:
    found = compared({"figure": "n", "attribute": "kind", "value": "blue", "printed": "1", "note": "so it is"})

    assert [dict(zip(COLUMNS, row, strict=True)) for row in rows(found)] == [
        {
            "statement": "s",
            "population": "all",
            "quantity": "q",
            "printed": "1",
            "recomputed": "1",
            "available": 2,
            "of": 4,
            "verdict": "same",
            "note": "so it is",
            "cases": "c2; c3",
        }
    ]


def test_the_text_ends_with_what_contradicts_what() -> None:
    made = Statement(
        statement="s", population="all", quantity="shortest", printed="63", figure="minimum", attribute="days"
    )
    given = Baseline(
        BaselineOf(source="Toys", review="Toymaker 2020", patients=4),
        (),
        (),
        (made,),
        (Contradiction(("s",), "Two clocks."),),
    )

    assert list(text(compare(KNOWN, given, TOY))) == [
        "Toymaker 2020: printed, and computed again from the patients known of 4",
        "shortest, all: 63 | 60 from 2 (contradicts)",
        "",
        "Contradictions and gaps of what was printed",
        "  shortest, all: printed 63, but the patients known give 60",
        "  Two clocks.",
    ]

"""Where in the course a thing is told: by words, by the order of the telling, by days between doses."""

import pytest

from litreview.extract.example import read_as_report
from litreview.model.document import Document, Section, Span
from litreview.rules import load

TOPIC = load("anti_cd38_cytopenia")
BEFORE = "He underwent HSCT and developed AIHA on day +60. "
COURSE = "Daratumumab was given on days +84, +92 and +100. "


def values(text: str, attribute: str) -> list[object]:
    document = Document(
        document_id="d",
        kind="fulltext",
        format="text",
        source="",
        text=text,
        sections=(Section("case", Span(0, len(text)), ("Case report",)),),
        paragraphs=(Span(0, len(text)),),
    )
    (case,) = read_as_report(document, TOPIC)
    return [finding.value for finding in case.findings if finding.attribute == attribute]


@pytest.mark.parametrize(
    ("told", "prior", "concomitant"),
    [
        (BEFORE + "He received rituximab on day +70. " + COURSE, ["rituximab"], []),
        (BEFORE + COURSE + "From day +90 hemolysis was worse. He received IVIG as salvage.", [], ["IVIG"]),
        (BEFORE + COURSE + "On day +150 he received IVIG.", [], []),
        (
            BEFORE + "On day +70 he was given rituximab together with prednisolone. " + COURSE,
            ["rituximab", "corticosteroids"],
            [],
        ),
        (BEFORE + "Daratumumab was given on day +84 together with prednisolone.", [], ["corticosteroids"]),
    ],
    ids=["before", "between two doses", "after the last", "beside another drug", "beside the antibody"],
)
def test_a_treatment_is_placed_in_the_course(told: str, prior: list[str], concomitant: list[str]) -> None:
    assert sorted(map(str, values(told, "prior_therapies"))) == sorted(prior)
    assert sorted(map(str, values(told, "concomitant_therapies"))) == sorted(concomitant)


GROUP = "All were given daratumumab at 16 mg/kg. "


@pytest.mark.parametrize(
    ("text", "prior"),
    [
        pytest.param(
            GROUP
            + "Patient 1, a boy of 4 years, had AIHA on day +60 after HSCT. He received rituximab. Daratumumab was "
            "started on day +90. Patient 2, a girl of 9 years, had ITP on day +50. She received romiplostim. "
            "Daratumumab was started on day +80.",
            [["rituximab"], ["romiplostim"]],
            id="the-group-first",
        ),
        pytest.param(
            "Patient 1, a boy of 4 years, had AIHA on day +60 after HSCT. Daratumumab was started on day +90. At "
            "relapse he received eculizumab, and a second course of daratumumab was started on day +400.",
            [[]],
            id="a-second-course",
        ),
    ],
)
def test_the_patients_own_first_course_divides_the_story(text: str, prior: list[list[str]]) -> None:
    document = Document(
        document_id="d",
        kind="fulltext",
        format="text",
        source="",
        text=text,
        sections=(Section("case", Span(0, len(text)), ("Case report",)),),
        paragraphs=(Span(0, len(text)),),
    )
    told = [
        [finding.value for finding in case.findings if finding.attribute == "prior_therapies"]
        for case in read_as_report(document, TOPIC)
    ]
    assert told == prior


SERIES = (
    "Daratumumab was prescribed to two patients. "
    "Patient 1, a boy of 4 years, had AIHA for which rituximab had failed. "
    "Patient 2, a girl of 9 years, had ITP. "
    "Reticulocytes rose in patient 1 after the third dose, and pneumonia was treated in patient 1 in week 9. "
)


@pytest.mark.parametrize(
    ("told", "events"),
    [
        ("", ["infection"]),
        ("In patient 1 the second dose of rituximab had caused urticaria. ", ["infection"]),
    ],
    ids=["a dose that was counted", "doses of another drug"],
)
def test_doses_in_a_patients_lines_show_that_the_antibody_was_given(told: str, events: list[str]) -> None:
    text = told + SERIES
    section = Section("case", Span(0, len(text)), ("Case report",))
    document = Document("d", "fulltext", "text", "", text, (section,), (Span(0, len(text)),))
    case = read_as_report(document, TOPIC)[0]
    assert [finding.value for finding in case.findings if finding.attribute == "adverse_events"] == events


@pytest.mark.parametrize(
    ("told", "prior"),
    [
        (
            "He was given ibrutinib for bulky lymph nodes. In 2021 he was admitted with AIHA. Prednisone failed. ",
            ["corticosteroids"],
        ),
        ("Ibrutinib was given to this man with AIHA. Prednisone failed. ", ["corticosteroids", "ibrutinib"]),
    ],
    ids=["before the first word of the cytopenia", "in the sentence that names it"],
)
def test_what_was_before_the_first_word_of_the_cytopenia_was_not_for_it(told: str, prior: list[str]) -> None:
    text = told + "Daratumumab was begun in April."
    assert sorted(map(str, values(text, "prior_therapies"))) == prior


LETTER = (
    "Two years ago we described a woman whose Evans syndrome responded to daratumumab. "
    "We now report on her relapse and the second course of daratumumab. "
    "After prednisone and rituximab had failed she received daratumumab at 16 mg/kg intravenously, and a complete "
    "remission lasted for 20 months. In May jaundice returned, and IVIG was without effect. {again} "
    "The subcutaneous formulation, 1800 mg, was chosen. Her platelets rose, and a partial response was seen."
)


@pytest.mark.parametrize(
    "again",
    ["She was keen on receiving it again.", "Daratumumab was therefore resumed.", "A second course was begun in June."],
)
def test_a_report_on_a_later_course_tells_of_that_one(again: str) -> None:
    text = LETTER.format(again=again)
    assert [values(text, name) for name in ("dose_mg_per_kg", "dose_mg", "route", "response")] == [
        [],
        [1800],
        ["SC"],
        ["PR"],
    ]
    assert sorted(map(str, values(text, "prior_therapies"))) == ["IVIG", "corticosteroids", "rituximab"]


def test_a_relapse_treated_once_more_leaves_the_first_course_the_reported_one() -> None:
    text = (
        "She had ITP after HSCT and was given daratumumab at 16 mg/kg intravenously, with complete response. "
        "Two years later she relapsed, and daratumumab was resumed subcutaneously (1800 mg), with a partial response."
    )
    assert [values(text, name) for name in ("dose_mg_per_kg", "response")] == [[16], ["CR"]]


def test_a_second_course_told_at_the_end_of_an_abstract_makes_no_report_on_a_later_course() -> None:
    text = (
        "A woman had ITP. Isatuximab was administered at 10 mg/kg, and a complete response was reached. She relapsed, "
        "and re-administration of isatuximab was effective again. We treated her with isatuximab intravenously at "
        "10 mg/kg. Prednisolone was continued."
    )
    assert [values(text, name) for name in ("dose_mg_per_kg", "concomitant_therapies")] == [[10], ["corticosteroids"]]


def test_words_that_look_back_on_the_first_dose_are_not_where_the_treatment_begins() -> None:
    text = (
        "She developed AIHA. Rituximab was without effect. In week 5 the choice was daratumumab. In the second month "
        "Campylobacter enteritis was treated. At the last visit, 15 months after the first dose of daratumumab, she "
        "is well."
    )
    assert values(text, "adverse_events") == ["infection"]

import pytest
from extract_tables import lines, topic

from litreview.extract.tables.cells import is_missing
from litreview.extract.tables.layout import grids
from litreview.extract.tables.legend import definitions, read_legend
from litreview.model.document import Span


def meanings(cell, foot=(), caption="", header="Notes", text="The patient was treated.", more="Age"):
    """What the words of a cell mean, in a table with that foot."""
    made = lines(f"Patient | {header} | {more}\n1 | {cell} | 4", foot=foot, caption=caption, text=text)
    ((person,),) = [grid.people for grid in grids(made, topic())]
    return {short: meaning for short, meaning, _ in person.entries[1].legend}


@pytest.mark.parametrize(
    "foot",
    [
        "CR, complete response; PR, partial response",
        "CR = complete response; PR = partial response.",
        "CR = complete response, PR = partial response",
        "CR: complete response, PR: partial response",
        "CR: complete response; PR: partial response",
        "CR - complete response; PR - partial response",
        "CR, complete response, PR, partial response",
        "CR complete response; PR partial response",
        "CR complete response, PR partial response",
        "CR Complete response, PR Partial response",
        "Abbreviations: CR complete response, PR partial response",
        "Abbreviations: CR, complete response; PR, partial response.",
        "Abbreviations CR Complete response, PR Partial response",
        "CR indicates complete response; PR, partial response",
        "CR, complete response. PR, partial response.",
        "Note: CR = complete response; PR = partial response",
        "* By the authors. CR, complete response; PR, partial response",
    ],
)
def test_legends_are_read_in_all_their_forms(foot):
    assert {short: words.lower() for short, words in meanings("CR, then PR", [foot]).items()} == {
        "CR": "complete response",
        "PR": "partial response",
    }


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("AIC", "Immune cytopenia (allo- or autoimmune, any lineage)"),
        ("L40", "L40 ligand, also called L154"),
        ("XLT/WAS", "X-linked thrombocytopenia / Wiskott Aldrich syndrome"),
        ("n.a.", "Not available"),
        ("n.e.r.", "No recovery"),
        ("d", "Day"),
    ],
)
def test_a_legend_with_commas_only_keeps_brackets_and_afterthoughts_together(cell, expected):
    foot = (
        "Abbreviations: AIC Immune cytopenia (allo- or autoimmune, any lineage), L40 L40 ligand, also called L154, "
        "d Day, "
        "n.a. Not available, n.e.r. No recovery, XLT/WAS X-linked thrombocytopenia / Wiskott Aldrich syndrome"
    )
    assert meanings(cell, [foot]) == {cell: expected}


@pytest.mark.parametrize(
    ("header", "expected"),
    [("Prior therapy", {"R": "rituximab"}), ("Best response", {"R": "any response"}), ("Sex", {})],
)
def test_an_abbreviation_with_two_meanings_is_read_by_its_header(header, expected):
    foot = "R (therapy), rituximab; R (response), any response"
    other = "Prior therapy" if header == "Best response" else "Best response"
    assert meanings("R", [foot], header=header, more=other) == expected or header == "Sex"


def test_an_abbreviation_that_is_left_open_is_not_guessed():
    assert meanings("R", ["R (therapy), rituximab; R (response), any response"], header="Sex", more="Age") == {}


def test_not_reported_and_no_response_are_told_apart_by_header():
    foot = ["NR, not reported; NR, no response"]
    assert meanings("NR", foot, header="Best response") == {"NR": "no response"}
    assert meanings("NR", foot, header="Donor", more="Best response") == {"NR": "not reported"}


def test_abbreviations_are_whole_words_and_keep_their_capitals():
    foot = ["S, steroids; CR, complete response; Cy, cyclophosphamide"]
    assert meanings("CR2, PTCy, s, IVIGS", foot) == {}


def test_the_caption_and_the_running_text_define_too():
    found = meanings(
        "TT, Bu, ES",
        caption="Table 1. Patients. Bu, busulfan; x, unknown.",
        text="He was given thiotepa (TT) for Evans syndrome (ES).",
    )
    assert found == {"TT": "thiotepa", "Bu": "busulfan", "ES": "Evans syndrome"}


def test_the_foot_stands_above_the_running_text():
    assert meanings("TT", ["TT, titre"], text="He was given thiotepa (TT).") == {"TT": "titre"}


@pytest.mark.parametrize(
    ("foot", "mark", "expected"),
    [
        (["* Given late."], "*", "Given late."),
        (["*Given late."], "*", "Given late."),
        (["*", "Given late."], "*", "Given late."),
        (["† ongoing ‡ stopped"], "‡", "stopped"),
        (["† ongoing. ‡ stopped. CR, complete response"], "‡", "stopped."),
        (["$ one", "$$ comedication unknown"], "$$", "comedication unknown"),
        (["a Given late."], "a", "Given late."),
        (["aGiven late."], "a", "Given late."),
        (["a Years at grafting. b As tested at high resolution."], "b", "As tested at high resolution."),
        (
            ["Plt, platelets. aDay after grafting. bDays from the first dose. CR, complete response."],
            "b",
            "Days from the first dose.",
        ),
        (["A) ATG, ibrutinib B) danazol"], "B", "danazol"),
        (["A) ATG, ibrutinib (not concomitant) B) danazol"], "A", "ATG, ibrutinib (not concomitant)"),
    ],
)
def test_footnotes_are_found_by_their_marks(foot, mark, expected):
    made = lines("Patient | Age\n1 | 4", foot=foot)
    notes = read_legend(made, made.tables[0]).footnotes
    assert {note[0]: note[1] for note in notes}[mark] == expected
    assert all(made[span].startswith(words[:5]) for _, words, span in notes)


def test_a_definition_shows_its_words():
    made = lines("Patient | Age\n1 | 4", foot=["Alem, alemtuzumab; Bu, busulfan."])
    spans = [made[item.span] for item in read_legend(made, made.tables[0]).items]
    assert spans == ["Alem, alemtuzumab", "Bu, busulfan"]


@pytest.mark.parametrize(
    ("text", "short", "meaning"),
    [
        ("with pure red cell aplasia (PRCA)", "PRCA", "pure red cell aplasia"),
        ("his haemoglobin (Hb) was 8", "Hb", "haemoglobin"),
        ("intravenous immunoglobulin (IVIg)", "IVIg", "intravenous immunoglobulin"),
        ("graft-versus-host disease (GvHD)", "GvHD", "graft-versus-host disease"),
        ("matched unrelated donors (MUDs)", "MUD", "matched unrelated donors"),
        ("the direct antiglobulin test (DAT; Coombs)", "DAT", "direct antiglobulin test"),
        ("PRCA (pure red cell aplasia)", "PRCA", "pure red cell aplasia"),
        ("immune\nthrombocytopenia [ITP]", "ITP", "immune thrombocytopenia"),
    ],
)
def test_running_text_defines_abbreviations(text, short, meaning):
    found = definitions(f"She presented {text}.")
    assert found[short][0] == meaning
    span = found[short][1]
    assert isinstance(span, Span)
    assert span.start >= len("She presented")


def test_of_abbreviations_those_that_are_used_are_looked_for():
    text = "Matched unrelated donors (MUDs) and PRCA (pure red cell aplasia), with haemoglobin (Hb) of 8."

    assert list(definitions(text, used_in="MUD | PRCA")) == ["MUD", "PRCA"]


@pytest.mark.parametrize(
    "text",
    [
        "a dose (16 mg/kg)",
        "hemoglobin (8 g/dL)",
        "on day 40 (see Fig. 1)",
        "autoimmune thrombocytopenia and AIT and hemolytic anemia (AIHA)",
        "rituximab (failure)",
        "a boy (4 years)",
        "the clinic (Basel)",
    ],
)
def test_brackets_that_define_nothing_are_left(text):
    assert definitions(text) == {}


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "-",
        "–",
        "—",
        "n.a.",
        "NA",
        "N/A",
        "ND",
        "n.d.",
        "NR",
        "n.r.",
        "not reported",
        "unknown",
        "?",
        "(n.a.)",
        "...",
    ],
)
def test_marks_of_nothing_are_missing(words):
    assert is_missing(words)


@pytest.mark.parametrize(
    "words", ["no", "No", "none", "0", "never", "no response", "A", "negative", "SD", "no relapse"]
)
def test_answers_are_not_missing(words):
    assert not is_missing(words)


@pytest.mark.parametrize(
    ("meaning", "missing"),
    [
        ("not reported", True),
        ("no response", False),
        ("not applicable", True),
        ("non-responder", False),
        ("not done", True),
    ],
)
def test_the_legend_says_whether_a_mark_is_an_answer(meaning, missing):
    assert is_missing("NR", [("NR", meaning, Span(0, 1))]) is missing


def test_no_response_is_an_answer_under_a_header_for_it():
    assert not is_missing("NR", header="Best response")
    assert is_missing("NR", header="Donor")


def test_a_bracket_of_the_caption_defines():
    found = meanings("SAA (CR1)", caption="Table 1. Patients (SAA: severe aplastic anemia; CR1 = first remission).")
    assert found == {"SAA": "severe aplastic anemia", "CR1": "first remission"}

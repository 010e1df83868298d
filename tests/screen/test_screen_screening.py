"""What screening says of invented reports, by the words of the shipped topic."""

import pytest

from litreview.model.bibliography import Record
from litreview.model.case import Case, Finding
from litreview.model.document import Document, Section, Span
from litreview.model.eligibility import Exclusion
from litreview.rules import load
from litreview.screen import screen


@pytest.fixture(scope="module")
def topic():
    return load("anti_cd38_cytopenia")


def case(source="own", **values):
    findings = tuple(Finding(attribute, value, ()) for attribute, value in values.items())
    return Case(label="patient 1", index=1, source=source, findings=findings)


TREATED = case(anti_cd38_agent="daratumumab", cytopenia_type="AIHA")

APPROVED = (
    "Daratumumab is approved for patients with multiple myeloma. We gave it to a 9-year-old boy whose autoimmune "
    "hemolytic anemia after haploidentical transplantation was refractory to rituximab; he has been well since."
)
NO_COUNTS_CASES = [
    pytest.param("Daratumumab rescues a boy with refractory hemolysis", APPROVED, id="approval-for-myeloma-is-told"),
    pytest.param("Cold agglutinin disease cured by isatuximab", "", id="title-only"),
    pytest.param("Severe red cell aplasia after ABO-mismatched transplantation", "", id="title-without-the-drug"),
    pytest.param(
        "An anti-CD38 antibody in Evans syndrome: report of three cases",
        "We report three adults with refractory Evans syndrome. All received felzartamab; two had a complete response.",
        id="a-few-patients-together",
    ),
    pytest.param(
        "Isatuximab after allografting for plasma cell leukemia",
        "A 61-year-old woman transplanted from her brother for plasma cell leukemia had pure red cell aplasia "
        "resistant to darbepoetin, which resolved with isatuximab. Her malignancy stayed in remission.",
        id="transplanted-for-a-plasma-cell-disease",
    ),
]


@pytest.mark.parametrize(("title", "abstract"), NO_COUNTS_CASES)
def test_report_on_treated_patients_is_eligible_even_where_no_case_was_extracted(title, abstract, topic):
    verdict = screen(Record(title=title, abstract=abstract), (), (), topic)

    assert (verdict.eligible, verdict.reason) == (True, "")
    assert "look at the full text" in verdict.explanation


OTHERS = [
    pytest.param(
        "Hemolysis on the ward",
        "An elderly man with multiple myeloma was started on daratumumab. After the second dose he developed "
        "autoimmune hemolytic anemia, which responded to prednisone; the antibody was not resumed.",
        "not_cytopenia",
        id="hemolysis-as-a-harm-in-myeloma",
    ),
    pytest.param(
        "Isatuximab-induced immune thrombocytopenia",
        "We saw a fall of platelets to 4 x 10^9/L after the first infusion. It did not recur without the drug.",
        "not_cytopenia",
        id="cytopenia-brought-about-by-the-antibody",
    ),
    pytest.param(
        "Final analysis of the BRAMBLE trial",
        "Four hundred patients with newly diagnosed multiple myeloma were randomized to daratumumab or not. Grade 3 "
        "thrombocytopenia and neutropenia were commoner with the antibody; one patient had immune hemolysis.",
        "not_cytopenia",
        id="myeloma-trial-without-the-disease-in-its-title",
    ),
    pytest.param(
        "Daratumumab lowers anti-HLA antibodies before a second graft",
        "A sensitised woman received four infusions before haploidentical transplantation. Thrombocytopenia after the "
        "conditioning needed transfusions until day 20.",
        "not_cytopenia",
        id="desensitisation-with-thrombocytopenia-of-the-conditioning",
    ),
    pytest.param(
        "Anti-CD38 antibody for relapse of T-lymphoblastic leukaemia after transplantation",
        "A 12-year-old received daratumumab for leukaemia. Febrile neutropenia and thrombocytopenia occurred.",
        "not_cytopenia",
        id="leukemia-treated",
    ),
    pytest.param(
        "Anti-CD38 treatment in immune-mediated thrombotic thrombocytopenic purpura",
        "Two women with anti-ADAMTS13 antibodies and thrombocytopenia were given daratumumab; activity recovered.",
        "not_cytopenia",
        id="another-thrombocytopenia",
    ),
    pytest.param(
        "Long-lived plasma cells in cold agglutinin disease",
        "A 70-year-old man improved under bendamustine; an application for daratumumab had been made.",
        "not_given",
        id="applied-for-but-not-given",
    ),
    pytest.param(
        "Daratumumab for refractory immune thrombocytopenia: a phase 2 trial",
        "Twenty-one adults received weekly daratumumab. The overall response rate was 48% after a median of 4 weeks.",
        "aggregate_only",
        id="group-without-a-single-patient",
    ),
    pytest.param(
        "Treating posttransplant autoimmune cytopenias in 2024",
        "In this review we summarize what is known of daratumumab in refractory autoimmune hemolytic anemia.",
        "secondary",
        id="review-that-is-not-indexed-as-one",
    ),
    pytest.param(
        "Autoimmune cytopenias after transplantation: consensus recommendations of a working party",
        "Daratumumab may be used for refractory autoimmune hemolytic anemia in children over 2 years of age.",
        "protocol_or_guideline",
        id="guideline-that-is-not-indexed-as-one",
    ),
    pytest.param(
        "Isatuximab in warm autoimmune hemolytic anemia: study protocol for a randomized trial",
        "Sixty adults will be enrolled.",
        "protocol_or_guideline",
        id="protocol",
    ),
    pytest.param(
        "CD38 antibodies end immune thrombocytopenia in a passive transfer model",
        "C57BL/6 mice received anti-platelet serum and then daratumumab. At 8 weeks old they were killed.",
        "not_human",
        id="animals-that-are-not-indexed-as-such",
    ),
    pytest.param(
        "Erratum: Daratumumab in a boy with Evans syndrome",
        "The name of the second author was misspelt.",
        "not_a_report",
        id="erratum",
    ),
    pytest.param(
        "Comment on: Daratumumab in a boy with Evans syndrome",
        "We read with interest the report on refractory Evans syndrome treated with daratumumab.",
        "not_a_report",
        id="comment",
    ),
    pytest.param(
        "RETRACTED: Daratumumab in a boy with Evans syndrome",
        "A 9-year-old boy had refractory Evans syndrome.",
        "retracted",
        id="retracted-by-its-title",
    ),
]


@pytest.mark.parametrize(("title", "abstract", "reason"), OTHERS)
def test_report_without_treated_patients_is_left_out_with_its_reason(title, abstract, reason, topic):
    verdict = screen(Record(title=title, abstract=abstract), (), (), topic)

    assert (verdict.eligible, verdict.reason) == (False, reason)


ABSOLUTE = [param for param in OTHERS if param.values[2] in ("retracted", "protocol_or_guideline", "not_human")]
HARMS = OTHERS[:3]


@pytest.mark.parametrize(("title", "abstract", "reason"), [*ABSOLUTE, *HARMS])
def test_some_exclusions_overrule_a_case_that_was_extracted(title, abstract, reason, topic):
    verdict = screen(Record(title=title, abstract=abstract), (), (TREATED,), topic)

    assert (verdict.eligible, verdict.reason) == (False, reason)


@pytest.mark.parametrize(("title", "abstract", "reason"), [p for p in OTHERS if p.values[2] == "aggregate_only"])
def test_an_own_case_makes_a_report_eligible_where_words_alone_would_not(title, abstract, reason, topic):
    verdict = screen(Record(title=title, abstract=abstract), (), (TREATED,), topic)

    assert verdict.eligible
    assert verdict.explanation == "1 of 1 own cases with anti_cd38_agent and cytopenia_type: patient 1"


WITHDRAWN = "A 70-year-old man improved before daratumumab could be started; the first infusion was cancelled."


APPLIED_FOR = "A 70-year-old man improved under bendamustine; an application for daratumumab had been made."


@pytest.mark.parametrize("abstract", [WITHDRAWN, APPLIED_FOR], ids=["taken-back", "applied-for"])
def test_an_antibody_that_is_never_said_to_be_given_overrules_one_patient_who_seems_to_have_got_it(abstract, topic):
    verdict = screen(Record(title="Cold agglutinin disease", abstract=abstract), (), (TREATED,), topic)

    assert (verdict.eligible, verdict.reason) == (False, "not_given")


@pytest.mark.parametrize("abstract", [WITHDRAWN, APPLIED_FOR], ids=["taken-back", "applied-for"])
def test_two_patients_who_seem_to_have_got_it_are_not_overruled(abstract, topic):
    record = Record(title="Cold agglutinin disease", abstract=abstract)

    assert screen(record, (), (TREATED, TREATED), topic).eligible


def test_a_second_patient_or_words_of_a_dose_keep_the_report(topic):
    cold = Record(title="Cold agglutinin disease", abstract=WITHDRAWN)
    given = Record(title=cold.title, abstract=f"{WITHDRAWN} It was given a year later: he received four doses.")

    assert screen(cold, (), (TREATED, TREATED), topic).eligible
    assert screen(given, (), (TREATED,), topic).eligible


@pytest.mark.parametrize(
    "incomplete",
    [
        pytest.param(case(source="cited", anti_cd38_agent="daratumumab", cytopenia_type="AIHA"), id="cited-patient"),
        pytest.param(case(cytopenia_type="AIHA"), id="antibody-not-given"),
        pytest.param(case(anti_cd38_agent="daratumumab"), id="no-cytopenia"),
    ],
)
def test_cited_and_incomplete_cases_do_not_count(incomplete, topic):
    record = Record(title="Daratumumab for kidney rejection", abstract="DSA fell in a 40-year-old man.")

    assert screen(record, (), (incomplete,), topic).reason == "not_cytopenia"


def test_case_report_with_a_review_of_the_literature_is_eligible(topic):
    record = Record(
        title="Daratumumab for autoimmune neutropenia: case report and review of the literature",
        abstract="A 5-year-old girl had refractory autoimmune neutropenia. We review the literature on daratumumab.",
        publication_types=("Case Reports", "Review"),
    )

    assert screen(record, (), (TREATED,), topic).eligible
    assert screen(record, (), (), topic).eligible


def test_first_reason_in_the_topics_order_is_given(topic):
    record = Record(
        title="RETRACTED: Daratumumab in mice with autoimmune hemolytic anemia: a systematic review",
        publication_types=("Systematic Review",),
        mesh_terms=("Animals", "Mice"),
        status="retracted",
    )

    assert screen(record, (), (TREATED,), topic).reason == "retracted"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        pytest.param(Record(title="X", status="retracted"), "(status: retracted)", id="status"),
        pytest.param(
            Record(title="X", publication_types=("practice guideline",)),
            "(publication type: practice guideline)",
            id="type",
        ),
        pytest.param(Record(title="X", mesh_terms=("Animals",)), "(MeSH: Animals)", id="mesh"),
        pytest.param(Record(title="Reply to Doe"), '("Reply")', id="words"),
    ],
)
def test_explanation_ends_with_what_decided(record, words, topic):
    assert screen(record, (), (), topic).explanation.endswith(words)


def test_abstract_of_a_document_stands_in_for_a_record_without_one(topic):
    text = "A short note\nWe present no patients of our own."
    document = Document(
        document_id="d",
        kind="fulltext",
        format="text",
        source="note.txt",
        text=text,
        sections=(Section("abstract", Span(13, len(text)), ("Abstract",)),),
    )

    assert screen(Record(title="A short note"), (document,), (), topic).reason == "secondary"


def test_every_case_must_match_for_an_exclusion_by_cases(topic):
    exclusion = Exclusion(reason="elsewhere", definition="Not here.", every_case={"primary_disease": "gout"})
    narrow = topic.model_copy(
        update={
            "eligibility": topic.eligibility.model_copy(update={"exclusions": (exclusion,)}),
            "rules_hash": "narrow",
        }
    )
    gout, other = case(primary_disease="gout"), case(primary_disease="rickets")

    assert screen(Record(title="X"), (), (gout, gout), narrow).reason == "elsewhere"
    assert screen(Record(title="X"), (), (gout, other), narrow).eligible
    assert screen(Record(title="X"), (), (), narrow).eligible

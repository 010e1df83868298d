"""Screening of studies that count use of the antibody: reports to a database, claims, registers, surveys."""

import pytest

from litreview.model.bibliography import Record
from litreview.model.case import Case, Finding
from litreview.rules import load
from litreview.screen import screen


@pytest.fixture(scope="module")
def topic():
    return load("anti_cd38_cytopenia")


COUNTED = [
    pytest.param(
        "Off-label prescribing of CD38 antibodies: an analysis of a spontaneous reporting system",
        "Among 8,114 individual case safety reports on daratumumab, 97 named an immune cytopenia as the indication. "
        "Infections were reported disproportionately often (reporting odds ratio 1.9).",
        id="safety-reports-with-the-indication",
    ),
    pytest.param(
        "Daratumumab outside myeloma in VigiBase",
        "We searched VigiBase for unlicensed use. Most reports concerned patients with multiple myeloma; in 41, "
        "daratumumab was used for autoimmune hemolytic anemia or immune thrombocytopenia.",
        id="vigibase-mostly-myeloma",
    ),
    pytest.param(
        "Infusion reactions with daratumumab in FAERS by reason for use",
        "Reports to FAERS were grouped by indication: multiple myeloma, amyloidosis, and autoimmune cytopenias.",
        id="faers-by-indication",
    ),
    pytest.param(
        "Costs of rescue treatment after transplantation",
        "French health insurance claims from 2016 to 2022 were searched. Of 312 recipients treated for autoimmune "
        "hemolytic anemia, 19 were dispensed daratumumab.",
        id="claims",
    ),
    pytest.param(
        "How do European centers manage posttransplant cytopenias?",
        "A questionnaire was sent to 120 centers. For refractory autoimmune hemolytic anemia 44% of respondents used "
        "rituximab next and 12% daratumumab.",
        id="questionnaire",
    ),
    pytest.param(
        "Practice in second-line treatment: a survey",
        "Physicians were surveyed on treatment of Evans syndrome. Daratumumab had been used by 9 of 75.",
        id="survey-of-physicians",
    ),
    pytest.param(
        "Monoclonal antibodies in pediatric hematology: a nationwide register study",
        "Between 2015 and 2021, 23 prescriptions of daratumumab were for immune cytopenia and 4 for leukemia.",
        id="prescriptions-in-a-register",
    ),
    pytest.param(
        "Drug utilization of plasma cell directed agents",
        "Electronic health records of 61 hospitals were screened. Isatuximab or daratumumab was given to 30 patients "
        "with refractory immune thrombocytopenia.",
        id="electronic-records",
    ),
    pytest.param(
        "Safety of daratumumab beyond plasma cell disorders",
        "Post-marketing surveillance reports were counted. By indication, cytopenias (n = 38) came third, with 1.8 "
        "infections per report; hypogammaglobulinemia was the commonest event.",
        id="indication-without-the-word-immune",
    ),
    pytest.param(
        "Treatment of immune cytopenias with daratumumab: reports to a safety database",
        "Of 55 reports, 20 described hypogammaglobulinemia.",
        id="treatment-with-the-antibody-in-the-title",
    ),
    pytest.param(
        "Rescue treatment after transplantation in Japan",
        "The incidence of autoimmune hemolytic anemia after transplantation was 3.1% in a nationwide inpatient "
        "database; 14 of 220 patients received daratumumab.",
        id="incidence-after-transplantation",
    ),
    pytest.param(
        "Signals of disproportionate reporting for CD38 antibodies",
        "In EudraVigilance, off-label use included autoimmune cytopenia (n = 52). Signals were found for infection "
        "and for hemolytic anemia (reporting odds ratio 3.2) after daratumumab.",
        id="use-counted-beside-a-signal",
    ),
    pytest.param(
        "Individual funding requests for costly antibodies",
        "Of 96 funding requests for daratumumab, 11 were for Evans syndrome; nine were granted.",
        id="funding-requests",
    ),
]


@pytest.mark.parametrize(("title", "abstract"), COUNTED)
def test_study_that_only_counts_use_for_an_immune_cytopenia_is_aggregate(title, abstract, topic):
    verdict = screen(Record(title=title, abstract=abstract), (), (), topic)

    assert (verdict.eligible, verdict.reason) == (False, "aggregate_only")


NOT_COUNTED = [
    pytest.param(
        "Hematologic signals for CD38 antibodies",
        "FAERS was searched for reports with multiple myeloma as the indication. Hemolytic anemia and thrombocytopenia "
        "were signals for daratumumab (reporting odds ratios 2.2 and 1.7).",
        id="signals-in-myeloma",
    ),
    pytest.param(
        "Hematologic harms of CD38 antibodies: a disproportionality analysis",
        "FAERS was searched for daratumumab in multiple myeloma. There was a signal for autoimmune hemolytic anemia "
        "(ROR 3.1) and for immune thrombocytopenia.",
        id="signal-for-the-cytopenia",
    ),
    pytest.param(
        "Autoimmune hemolytic anemia with daratumumab: reports to EudraVigilance",
        "We retrieved 22 suspected reactions in patients treated for myeloma.",
        id="cytopenia-as-suspected-reaction",
    ),
    pytest.param(
        "Claims-based survival with daratumumab",
        "In Medicare claims 2,140 patients with multiple myeloma received daratumumab; 8% had neutropenia.",
        id="claims-in-myeloma",
    ),
    pytest.param(
        "A survey of blood banks on daratumumab interference",
        "Respondents of 88 laboratories used dithiothreitol to remove interference with antibody screening.",
        id="survey-on-a-laboratory-method",
    ),
    pytest.param(
        "Registry of antibody-mediated rejection",
        "The national registry held 14 kidney recipients given daratumumab for rejection.",
        id="registry-of-rejection",
    ),
    pytest.param(
        "Real-world database of amyloidosis",
        "Daratumumab was given to 402 patients with AL amyloidosis of a hospital database; cytopenias were frequent.",
        id="database-of-amyloidosis",
    ),
]


@pytest.mark.parametrize(("title", "abstract"), NOT_COUNTED)
def test_study_that_counts_something_else_is_not_about_the_cytopenia(title, abstract, topic):
    verdict = screen(Record(title=title, abstract=abstract), (), (), topic)

    assert (verdict.eligible, verdict.reason) == (False, "not_cytopenia")


OWN_PATIENTS = [
    pytest.param(
        "Daratumumab for refractory autoimmune hemolytic anemia in a transplant registry patient",
        "A 7-year-old girl of our national registry was treated with daratumumab and became transfusion independent.",
        id="one-patient-of-a-registry",
    ),
    pytest.param(
        "Isatuximab for pure red cell aplasia",
        "Our hospital database was searched. We report two patients with refractory pure red cell aplasia treated "
        "with isatuximab; both responded.",
        id="two-patients-found-in-a-database",
    ),
]


@pytest.mark.parametrize(("title", "abstract"), OWN_PATIENTS)
def test_patients_told_one_by_one_count_wherever_they_were_found(title, abstract, topic):
    assert screen(Record(title=title, abstract=abstract), (), (), topic).eligible


def test_a_questionnaire_is_aggregate_whatever_was_taken_for_a_patient(topic):
    record = Record(
        title="Management of Evans syndrome",
        abstract="Of 75 respondents to a questionnaire 9 had used daratumumab for Evans syndrome.",
    )

    assert screen(record, (), (_case(),), topic).reason == "aggregate_only"


def test_patients_found_in_medical_records_count_where_cases_were_extracted(topic):
    record = Record(
        title="CD38 antibodies for immune cytopenia at one center",
        abstract="Electronic medical records were searched. Eleven patients received daratumumab for Evans syndrome.",
    )

    assert screen(record, (), (_case(),), topic).eligible


def _case():
    values = {"anti_cd38_agent": "daratumumab", "cytopenia_type": "ES"}
    findings = tuple(Finding(attribute, value, ()) for attribute, value in values.items())
    return Case(label="patient 1", index=1, source="own", findings=findings)

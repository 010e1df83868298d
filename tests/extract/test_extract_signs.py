"""Signs: what is seen of a value beside its rule, and what its tellings say against each other."""

from dataclasses import replace

import pytest
from extract_told import document, topic

from litreview.extract import extract, reconcile
from litreview.extract.example import example_document, read_as_report
from litreview.extract.tellings import alike
from litreview.model.case import Case, Finding, Value
from litreview.model.confidence import SIGNS
from litreview.model.topic import Example

GIRL = "A 6-year-old girl with AIHA was given daratumumab."
TABLE = "Patient | Age, y / Sex\nPatient 1 | 7 / F\nPatient 2 | 40 / M"


def read(attribute: str, text: str, table: str = "") -> Finding:
    """The first finding of an attribute."""
    given, _ = example_document(Example(text=text, table=table, expect=""))
    cases = read_as_report(given, topic())
    return next(found for case in cases for found in case.findings if found.attribute == attribute)


@pytest.mark.parametrize(
    ("attribute", "text", "table", "sign"),
    [
        ("age_years", "", TABLE, "in a table"),
        ("age_years", "", TABLE, "one of several patients"),
        ("age_years", "Patient 1 was a 7-year-old girl.", TABLE, "table and text agree"),
        ("age_years", "A 6-year-old girl was treated. The patient, aged 6 years, went home.", "", "in two places"),
        ("age_years", "A 6-year-old girl was treated. The patient, aged 6 years, went home.", "", "two rules agree"),
        (
            "age_years",
            "A 6-year-old girl was treated. The patient, aged 7, went home.",
            "",
            "another value is as strong",
        ),
        ("age_years", "Of the boys, patients 1 and 2 were 4 and 9 years old, respectively.", "", "shared out"),
        (
            "dose_mg_per_kg",
            "Patient 1 was a boy. Patient 2 was a girl. Both patients received daratumumab 16 mg/kg.",
            "",
            "said of several patients",
        ),
        ("donor_chimerism_percent", "A 6-year-old girl had a donor chimerism of >95%.", "", "not exact"),
        ("cytopenia_onset_day", "A 6-year-old girl developed AIHA four months after HSCT.", "", "day not exact"),
    ],
    ids=lambda given: given[:24],
)
def test_a_value_bears_the_signs_of_how_it_is_told(attribute: str, text: str, table: str, sign: str) -> None:
    assert sign in read(attribute, text, table).signs


@pytest.mark.parametrize(
    ("attribute", "text"),
    [
        ("age_years", "A 6-year-old girl was treated."),
        ("cytopenia_onset_day", "A 6-year-old girl developed AIHA on day +58 after HSCT."),
        ("dose_mg_per_kg", "A 6-year-old girl was given daratumumab 16 mg/kg."),
    ],
)
def test_what_is_told_once_of_one_patient_bears_no_sign(attribute: str, text: str) -> None:
    assert read(attribute, text).signs == ()


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("title", "in the title"),
        ("abstract", "in the abstract"),
        ("methods", "in the methods"),
        ("discussion", "away from the case"),
        ("other", "in an unnamed part"),
    ],
)
def test_the_part_a_value_stands_in_is_a_sign(kind: str, sign: str) -> None:
    told = document(("case", "", "A girl with AIHA was given daratumumab."), (kind, "", "The girl was 6 years of age."))
    (case,) = extract(told, topic())

    assert sign in next(found for found in case.findings if found.attribute == "age_years").signs


def test_every_sign_that_is_given_is_known() -> None:
    texts = (GIRL, "A 6-year-old girl had AIHA four months after HSCT and a donor chimerism of >95%. She was aged 6.")
    parts = [document((kind, "", text)) for kind in ("title", "abstract", "case", "methods", "other") for text in texts]

    told = {sign for given in parts for case in extract(given, topic()) for f in case.findings for sign in f.signs}

    assert told <= SIGNS.keys()


def test_abstract_and_text_that_disagree_are_a_doubt_and_the_text_is_believed() -> None:
    given = document(
        ("abstract", "", "A 63-year-old man with AIHA."), ("case", "", "The man, aged 60 years, had AIHA.")
    )
    (case,) = extract(given, topic())
    age = next(found for found in case.findings if found.attribute == "age_years")

    assert any("abstract says 63" in doubt and "text says 60" in doubt for doubt in age.doubts)


def test_tellings_that_agree_are_a_sign_and_no_doubt() -> None:
    given = document(
        ("abstract", "", "A 63-year-old man with AIHA."), ("case", "", "The man, aged 63 years, had AIHA.")
    )
    (case,) = extract(given, topic())
    age = next(found for found in case.findings if found.attribute == "age_years")

    assert ("abstract and text agree" in age.signs, age.doubts) == (True, ())


def report(abstract: str, text: str) -> Case:
    """A report of two documents, as it is reconciled."""
    record = replace(document(("abstract", "Abstract", abstract)), document_id="a", kind="abstract")
    paper = replace(document(("case", "Case report", text)), document_id="f")
    (case,) = reconcile([(given, extract(given, topic())) for given in (record, paper)], topic())
    return case


def found(case: Case, attribute: str) -> Finding:
    return next(finding for finding in case.findings if finding.attribute == attribute)


def test_two_documents_that_disagree_are_a_doubt_that_costs_confidence() -> None:
    disagreeing = report(
        "A 63-year-old man with AIHA was given daratumumab.", "A 60-year-old man with AIHA was given daratumumab."
    )
    agreeing = report(
        "A 60-year-old man with AIHA was given daratumumab.", "A 60-year-old man with AIHA was given daratumumab."
    )

    assert found(disagreeing, "age_years").value == 60
    assert found(disagreeing, "age_years").doubts == ("tellings disagree: text says 60, abstract says 63",)
    assert found(agreeing, "age_years").doubts == ()
    assert found(disagreeing, "age_years").confidence < found(agreeing, "age_years").confidence


SERIES = "Patient 1 was a 60-year-old man with AIHA who was given daratumumab. Patient 2 was a 34-year-old woman {}"


@pytest.mark.parametrize(
    ("told", "cases"),
    [
        ("in whom daratumumab 16 mg/kg was begun.", 2),
        ("with AIHA who was given rituximab; she recovered.", 1),
        ("who had given blood.", 1),
    ],
    ids=["the condition is told of the first alone", "the drug is not hers", "nothing is told of her"],
)
def test_of_a_series_one_patient_may_lack_what_all_share(told: str, cases: int) -> None:
    given = replace(document(("case", "Case report", SERIES.format(told))), document_id="f")

    assert len(reconcile([(given, extract(given, topic()))], topic())) == cases


def test_two_documents_that_agree_are_two_places() -> None:
    case = report(
        "A 60-year-old man with AIHA was given daratumumab.", "A 60-year-old man with AIHA was given daratumumab."
    )

    assert {"in two places", "abstract and text agree"} <= set(found(case, "sex").signs)


def test_the_abstract_in_the_full_text_and_in_the_record_is_one_place() -> None:
    words = "A 60-year-old man with AIHA was given daratumumab."
    record = replace(document(("abstract", "Abstract", words)), document_id="a", kind="abstract")
    paper = replace(document(("abstract", "Abstract", words), ("case", "Case", "He went home.")), document_id="f")
    (case,) = reconcile([(given, extract(given, topic())) for given in (record, paper)], topic())

    assert "in two places" not in found(case, "age_years").signs


@pytest.mark.parametrize(
    ("attribute", "one", "other", "same"),
    [
        ("age_years", 41.0, 41.3, True),
        ("age_years", 63.0, 60.0, False),
        ("response", "R", "CR", True),
        ("response", "NR", "CR", False),
        ("donor_type", "FD", "HAPLO", True),
        ("donor_type", "UD", "HAPLO", False),
        ("primary_disease", "anemia", "sickle cell anemia", True),
        ("primary_disease", "sickle cell anemia", "thalassemia", False),
    ],
)
def test_rounded_and_coarser_values_are_no_disagreement(attribute: str, one: Value, other: Value, same: bool) -> None:
    assert alike(one, other, topic().attribute(attribute)) is same
    assert alike(other, one, topic().attribute(attribute)) is same

"""What headings say."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import pytest

from litreview.errors import ReadError
from litreview.model.heading import bare
from litreview.readers.sections import load, vocabulary


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Case report", "case"), ("CASE PRESENTATIONS", "case"), ("2. Case description", "case"), ("2 | CASE", "case"),
        ("Patient A", "case"), ("Case 1: a late relapse", "case"), ("Case #2", "case"), ("UPN 305", "case"), ("P1", "case"),
        ("Our patient", "case"), ("Patients", "case"), ("Clinical course", "case"), ("Report of two cases", "case"),
        ("PATIENT CONCERNS", "case"), ("Fallbericht", "case"), ("Case history and treatment", "case"), ("Case Series", "case"),
        ("Patients and methods", "methods"), ("Materials and Methods", "methods"), ("II. Methods", "methods"),
        ("Statistical analysis", "methods"), ("Introduction", "introduction"), ("1 Background", "introduction"),
        ("OBJECTIVE", "introduction"), ("Rationale", "introduction"), ("Results and discussion", "results"),
        ("Discussion and conclusions", "discussion"), ("Conclusion", "discussion"), ("Lessons", "discussion"),
        ("Review of literature", "discussion"), ("Review of the literature", "discussion"), ("Literature review", "discussion"),
        ("Abstract", "abstract"), ("References", "back"), ("Acknowledgements", "back"), ("Conflict of interest", "back"),
        ("Authors’ contributions", "back"), ("Data availability statement", "back"), ("Ethics approval and consent", "back"),
        ("Supplementary materials", "back"), ("Funding", "back"), ("Biology of the antigen", "other"),
        ("Day", "other"), ("Platelets", "other"), ("Patient characteristics", "case"), ("", "other"),
    ],
)  # fmt: skip
def test_a_heading_names_its_kind(heading, kind):
    assert vocabulary().kind(heading) == kind


@pytest.mark.parametrize(
    ("heading", "parent", "kind"),
    [
        ("Treatment", "case", "case"),
        ("Laboratory work", "case", "case"),
        ("Patients", "methods", "methods"),
        ("Patient 2", "methods", "case"),
        ("Patient 2", "results", "case"),
        ("Discussion", "case", "discussion"),
        ("Chimerism", "results", "results"),
        ("Ethical approval", "methods", "back"),
        ("Availability", "abstract", "abstract"),
        ("Results", "abstract", "results"),
        ("Patient 2", "back", "back"),
    ],
)
def test_a_subsection_takes_its_kind_from_its_words_or_its_parent(heading, parent, kind):
    assert vocabulary().kind(heading, parent=parent) == kind


@pytest.mark.parametrize(("sec_type", "kind"), [("cases", "case"), ("materials|methods", "methods"), ("odd", "other")])
def test_the_sec_type_counts_where_the_heading_says_nothing(sec_type, kind):
    assert vocabulary().kind("Something of ours", sec_type) == kind
    assert vocabulary().kind("Discussion", sec_type) == "discussion"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("2.1 Case", "Case"),
        ("IV. Results", "Results"),
        ("3 | DISCUSSION", "DISCUSSION"),
        ("Case:", "Case"),
        ("I think", "I think"),
    ],
)
def test_numbering_is_no_part_of_a_heading(printed, words):
    assert bare(printed) == words


@pytest.mark.parametrize(
    "text",
    ["", "kinds: {}", "labels: []\nanywhere: []\nkinds: {nonsense: {types: [], headings: []}}", "labels: ['(']\nanywhere: []\nkinds: {}", "a: [", "labels: []\nanywhere: []\nkinds: {case: {types: []}}"],
    ids=["empty", "parts missing", "unknown kind", "bad pattern", "bad yaml", "no headings"],
)  # fmt: skip
def test_a_vocabulary_that_cannot_be_used_is_named(text):
    with pytest.raises(ReadError, match=r"mine\.yaml"):
        load(text, "mine.yaml")

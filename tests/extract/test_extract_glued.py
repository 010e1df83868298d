"""Citation numbers glued to a word are read over, amounts and patients' numbers are not."""

import pytest
from extract_told import case, topic

from litreview.extract import extract
from litreview.extract.parse import parse


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Rituximab9 had failed.", "Rituximab  had failed."),
        ("Rituximab9,10 had failed.", "Rituximab     had failed."),
        ("Treosulfan12 was given.", "Treosulfan   was given."),
        ("rituximab8–10, bortezomib11 and daratumumab12.", "rituximab    , bortezomib   and daratumumab  ."),
    ],
)
def test_a_citation_number_behind_a_concept_is_read_over(printed, read):
    assert parse(case(printed), topic()).document.text == read


@pytest.mark.parametrize(
    "printed",
    [
        "Rituximab375 mg/m2 was given.",
        "Prednisolone20 mg was given.",
        "Rituximab 9 and CD38 were named.",
        "Patient1 had hemoglobin8 and platelets12.",
        "Fludarabine2.5 and rituximab10% were printed.",
        "IVIG1 and HSCT2 have capitals only.",
        "Infusion3 was split.",
    ],
)
def test_amounts_and_numbers_of_something_stay(printed):
    assert parse(case(printed), topic()).document.text == printed


def test_evidence_quotes_what_is_printed():
    given = case("A girl had AIHA. Daratumumab12 was started on day +150 after HSCT.")

    (found,) = extract(given, topic())

    quotes = {words.quote for finding in found.findings for words in finding.evidence}
    assert "Daratumumab12 was started on day +150 after HSCT" in quotes
    assert all(words.quote == given[words.span] for finding in found.findings for words in finding.evidence)

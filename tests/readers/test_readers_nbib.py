"""NBIB."""

from litreview.model.bibliography import Problem
from litreview.readers import read_bytes

NBIB = """
PMID- 8001
DP  - 2019 Dec-2020 Jan
LR  - 20210304
TI  - [A title that
      runs on].
AB  - BACKGROUND: One. CASE REPORT: A man. CONCLUSIONS: Well.
AU  - Doe A
AU  - Roe BC
CN  - The Group
LA  - ger
PT  - Case Reports
PT  - Journal Article
MH  - Anemia/*therapy
AID - S1(20)2 [pii]
AID - 10.5555/Abc.1 [doi]
PMC - PMC44
PST - aheadofprint
EIN - J Fict. 2021;1:2. PMID: 8002

TI  - Nameless
"""


def test_a_record_is_read_with_its_labelled_abstract():
    (record, document), _ = read_bytes(NBIB.encode(), "export.txt")
    assert (record.pmid, record.pmcid, record.doi, record.title) == (
        "8001",
        "PMC44",
        "10.5555/abc.1",
        "A title that runs on",
    )
    assert (record.authors, str(record.published), str(record.revised)) == (
        ("Doe A", "Roe BC", "The Group"),
        "2019-12",
        "2021-03-04",
    )
    assert (record.publication_types, record.mesh_terms) == (("Case Reports", "Journal Article"), ("Anemia",))
    assert (record.status, record.related[0].kind, record.related[0].pmid) == ("corrected", "ErratumIn", "8002")
    assert [(section.kind, section.title) for section in document.sections][2:] == [
        ("introduction", "BACKGROUND"),
        ("case", "CASE REPORT"),
        ("discussion", "CONCLUSIONS"),
    ]


def test_a_record_with_a_title_alone_is_still_a_record():
    _, (record, _) = read_bytes(NBIB.encode(), "export.txt")
    assert (record.pmid, record.title) == (None, "Nameless")


def test_a_record_with_nothing_to_go_by_is_a_problem():
    _, found = read_bytes(b"PMID- 1\nTI  - A\n\nAU  - Doe A\n", "export.nbib")
    assert isinstance(found, Problem)
    assert found.subject == "export.nbib: record 2"

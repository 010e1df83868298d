"""RIS as databases and reference managers save it."""

import pytest

from litreview.model.bibliography import Problem
from litreview.readers import read_bytes

REFERENCE = """TY  - JOUR
ID  - 7
T1  - A bite in the garden
A1  - Adder, Viktor B.
A1  - Boa, C.
JO  - J Venoms
PY  - 2020/03/01/
VL  - 3
IS  - 2
SP  - 10
EP  - 12
DO  - https://doi.org/10.5555/A
N2  - A man was bitten
 and went home.
KW  - snake
KW  - bite
UR  - https://pubmed.ncbi.nlm.nih.gov/8001/
ER  -

"""


def test_a_reference_is_read_with_its_abstract(read_one):
    record, document = read_one(REFERENCE)
    assert (record.title, record.authors, record.journal) == (
        "A bite in the garden",
        ("Adder, Viktor B.", "Boa C"),
        "J Venoms",
    )
    assert (str(record.published), record.volume, record.issue, record.pages) == ("2020-03-01", "3", "2", "10-12")
    assert (record.doi, record.pmid, record.keywords) == ("10.5555/a", "8001", ("snake", "bite"))
    assert (document.kind, document.format) == ("abstract", "ris")
    assert document.text == "A bite in the garden\n\nA man was bitten and went home."


def test_a_reference_without_an_abstract_is_a_record_without_a_document(read_one):
    record, document = read_one("TY  - JOUR\nTI  - A bite\nER  - \n")
    assert (record.title, document) == ("A bite", None)


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("TI  - B", "title", "B"),
        ("AU  - Doe J\nAU  - Roe, B. C.", "authors", ("Doe J", "Roe BC")),
        ("T2  - J Fict", "journal", "J Fict"),
        ("JF  - Journal of Fiction\nJA  - J Fict", "journal", "Journal of Fiction"),
        ("Y1  - 2019//", "year", 2019),
        ("C3  - PUBMED 8002", "pmid", "8002"),
        ("AN  - 8003\nDP  - PubMed", "pmid", "8003"),
        ("AN  - 8003\nDP  - Embase", "pmid", None),
        ("M3  - Conference Abstract", "publication_types", ("Conference Abstract",)),
        ("M3  - doi: 10.5555/b", "doi", "10.5555/b"),
        ("SP  - S12", "pages", "S12"),
    ],
    ids=lambda value: value.partition("  ")[0] if isinstance(value, str) else "",
)
def test_each_source_has_its_tags(read_one, lines, field, value):
    title = "" if "TI  -" in lines else "TI  - A\n"
    record, _ = read_one(f"TY  - JOUR\n{title}{lines}\nER  - \n")
    assert getattr(record, field) == value


def test_a_meeting_abstract_says_so(read_one):
    record, _ = read_one("TY  - ABST\nTI  - A bite\nER  - \n")
    assert record.publication_types == ("Meeting Abstract",)


def test_references_are_kept_apart_where_an_end_is_missing():
    found = list(read_bytes(b"TY  - JOUR\nTI  - A\n\nTY  - JOUR\nTI  - B\nER  -\nTY  - JOUR\r\nTI  - C", "library.ris"))
    assert [record.title for record, _ in found] == ["A", "B", "C"]


def test_words_above_the_first_reference_are_passed_over(read_one):
    record, _ = read_one("Provider: Somebody\nContent: text/plain\n\nTY  - JOUR\nTI  - A\nER  - \n")
    assert record.title == "A"


def test_a_reference_with_nothing_to_go_by_is_a_problem():
    _, found = read_bytes(REFERENCE.encode() + b"TY  - JOUR\nPY  - 2020\nER  - \n", "library.ris")
    assert isinstance(found, Problem)
    assert found.subject == "library.ris: record 2"

import pytest

from litreview.serve.links import outside, page


def test_a_record_leads_to_pubmed_pmc_and_its_doi():
    assert outside("123", "PMC9", "10.5555/a(b)c") == (
        ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ("PMC", "https://pmc.ncbi.nlm.nih.gov/articles/PMC9/"),
        ("DOI", "https://doi.org/10.5555/a(b)c"),
    )


@pytest.mark.parametrize(
    ("pmid", "pmcid", "doi"),
    [
        ("1 onclick=x", "PMC", "javascript:alert(1)"),
        ("", "", ""),
        (None, None, None),
        ("../1", "PMC9/..", "http://10.1/x"),
    ],
    ids=["hostile", "empty", "none", "paths"],
)
def test_what_is_no_identifier_leads_nowhere(pmid, pmcid, doi):
    assert outside(pmid, pmcid, doi) == ()


def test_a_doi_cannot_leave_its_address():
    ((_, address),) = outside(None, None, '10.5555/x"><script>')
    assert address == "https://doi.org/10.5555/x%22%3E%3Cscript%3E"


def test_an_id_is_written_so_that_it_stays_one_part_of_the_address():
    assert page("/review", "case", "a/b c", "a-x") == "/review/-/case/a~2Fb+c#a-x"

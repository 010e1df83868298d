"""BibTeX, with its abbreviations, braces and accents."""

from litreview.model.bibliography import Problem
from litreview.readers import read_bytes

LIBRARY = r"""% saved by hand
@string{jv = "J Venoms"}
@article{adder2020,
  title = {A bite of {V}ipera \& what it cost},
  author = {M{\"u}ller, J{\"o}rg and Jane B. Doe and Roe, C. D.},
  journal = jv, year = 2020, volume = 3, number = {2}, pages = {10--12},
  doi = {10.5555/A}, abstract = {A man was bitten.}, keywords = {snake, bite}
}
@comment{nothing of interest}
@inproceedings{boa2019, title = {On boas}, booktitle = {Proceedings of a meeting}, year = {2019}, pmid = {8001}}
"""


def test_an_entry_is_read_with_its_abstract():
    (record, document), _ = read_bytes(LIBRARY.encode(), "library.bib")
    assert record.title == "A bite of Vipera & what it cost"
    assert record.authors == ("Müller, Jörg", "Doe, Jane B.", "Roe CD")
    assert (record.journal, record.year, record.volume, record.issue) == ("J Venoms", 2020, "3", "2")
    assert record.pages in ("10-12", "10–12")
    assert (record.doi, record.keywords, record.publication_types) == ("10.5555/a", ("snake", "bite"), ("article",))
    assert document.text.endswith("A man was bitten.")


def test_an_entry_without_an_abstract_is_a_record_without_a_document():
    _, (record, document) = read_bytes(LIBRARY.encode(), "library.bib")
    assert (record.title, record.journal, record.pmid) == ("On boas", "Proceedings of a meeting", "8001")
    assert document is None


def test_entries_that_share_a_key_are_all_read():
    found = list(read_bytes(rb"@article{a, title={One \"u}} @article{a, title={Two \"u}}", "library.bib"))
    assert [record.title for record, _ in found] == ["One ü", "Two ü"]


def test_a_field_that_stands_twice_spoils_nothing():
    ((record, _),) = read_bytes(b'@article{a, title="One", note={x}, note={y}}', "library.bib")
    assert record.title == "One"


def test_an_entry_that_does_not_end_is_a_problem_and_the_others_are_read():
    first, second = read_bytes(b"@article{a, title={One}}\n@article{b, title={Two}, year=2020\n", "library.bib")
    assert first[0].title == "One"
    assert isinstance(second, Problem)
    assert (second.subject, second.sentence) == ("library.bib: record 2", "the entry cannot be read")


def test_a_long_library_is_read_in_pieces_that_know_the_abbreviations():
    entries = "".join(f"@article{{k{n}, title={{Title {n}}}, journal=jv}}\n" for n in range(1203))
    found = list(read_bytes(f'@string{{jv="J Venoms"}}\n{entries}'.encode(), "library.bib"))
    assert [record.title for record, _ in found] == [f"Title {n}" for n in range(1203)]
    assert {record.journal for record, _ in found} == {"J Venoms"}

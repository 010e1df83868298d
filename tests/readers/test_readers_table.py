"""Bibliographies in rows, by the headers of those who export them."""

import gzip

import pytest

from litreview.errors import ReadError
from litreview.model.bibliography import Problem
from litreview.readers import read_bytes, read_entries, recognised
from litreview.readers.entries import authors

# ruff: noqa: E501 - a header reads best on one line
EXPORTS = {
    "PubMed": (
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
        '8001,A bite.,"Adder V, Boa CD.",J Fict. 2020 Mar;3(2):10-12. doi: 10.5555/A.,Adder V,J Fict,2020,2020/03/01,PMC1,,10.5555/A\n'
    ),
    "Embase": (
        "Title,Author names,Source title,Publication year,Volume,Issue,First page,Last page,Medline PMID,DOI,Publication type\n"
        "A bite.,Adder V.; Boa C.D.,J Fict,2020,3,2,10,12,8001,10.5555/A,Article\n"
    ),
    "Web of Science, tab-delimited": (
        "PT\tAU\tTI\tSO\tDT\tPY\tVL\tIS\tBP\tEP\tDI\tPM\tUT\n"
        "J\tAdder, V; Boa, CD\tA bite.\tJ Fict\tArticle\t2020\t3\t2\t10\t12\t10.5555/A\t8001\tWOS:1\n"
    ),
    "Web of Science, Excel": (
        "Publication Type;Authors;Article Title;Source Title;Publication Year;Volume;Issue;Start Page;End Page;DOI;Pubmed Id\n"
        'J;"Adder, V; Boa, CD";A bite.;J Fict;2020;3;2;10;12;10.5555/A;8001\n'
    ),
    "Scopus": (
        "Authors,Author full names,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,DOI,PubMed ID,EID\n"
        '"Adder, V.; Boa, C.D.","Adder, Viktor (1); Boa, Clara D. (2)",A bite.,2020,J Fict,3,2,,10,12,10.5555/A,8001,2-s2.0-1\n'
    ),
    "Ovid": "UI,TI,AU,JN,YR,VO,IP,PG,DO,PM\n99,A bite.,Adder V; Boa CD,J Fict,2020,3,2,10-12,10.5555/A,8001\n",
    "Cochrane": (
        "Cochrane ID,Author(s),Title,Source,Year,Issue,Volume,Pages,DOI,PubMed ID\n"
        'CN-1,"Adder V, Boa CD",A bite.,J Fict,2020,2,3,10-12,10.5555/A,8001\n'
    ),
    "Zotero": (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","Pages","Issue","Volume","DOI","PMID"\n'
        '"AB12","journalArticle","2020","Adder, V.; Boa, C. D.","A bite.","J Fict","10-12","2","3","10.5555/A","8001"\n'
    ),
    "EndNote": (
        "Reference Type\tAuthor\tYear\tTitle\tJournal\tVolume\tIssue\tPages\tDOI\tPMID\n"
        "Journal Article\tAdder, V.; Boa, C. D.\t2020\tA bite.\tJ Fict\t3\t2\t10-12\t10.5555/A\t8001\n"
    ),
    "de-duplication sets": (
        '"ID","title","year","author","pages","volume","number","ENTRYTYPE","journal","doi","pmid"\n'
        '"id_1","A bite.",2020,"Adder, V. and Boa, C. D.","10-12",3,2,"article","J Fict","10.5555/A",8001\n'
    ),
}


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_a_row_is_a_record_whoever_exported_it(read_one, export):
    record, document = read_one(export, "export")
    assert (record.title, record.authors, record.journal) == ("A bite.", ("Adder V", "Boa CD"), "J Fict")
    assert (record.year, record.volume, record.issue, record.pages) == (2020, "3", "2", "10-12")
    assert (record.doi, record.pmid, document) == ("10.5555/a", "8001", None)


def test_an_abstract_makes_a_document(read_one):
    _, document = read_one("Title,Abstract,Year\nA bite,A man was bitten.,2020\n")
    assert (document.kind, document.format) == ("abstract", "csv")


@pytest.mark.parametrize("missing", ["", "UNKNOWN", "NaN", "[No abstract available]"])
def test_what_says_only_that_it_is_missing_is_left_out(read_one, missing):
    record, document = read_one(f"Title,Abstract,Volume,Year\nA bite,{missing},{missing},2020\n")
    assert (record.abstract, record.volume, document) == ("", "", None)


def test_a_row_may_hold_line_breaks_and_another_alphabet(read_one):
    record, _ = read_one(
        'Title,Authors,Year\n"A bite\nin two lines","Müller, J.; Ångström, Å.",2020\n'.encode("cp1252")
    )
    assert (record.title, record.authors) == ("A bite in two lines", ("Müller J", "Ångström Å"))


def test_a_row_with_nothing_to_go_by_is_a_problem_here_and_a_record_of_its_place_there(tmp_path):
    path = tmp_path / "library.csv"
    path.write_text("ID,Title,Year,Journal\na,A bite,2020,J\nb,,2020,J\n")
    _, found = read_bytes(path.read_bytes(), "library.csv")
    assert isinstance(found, Problem)
    assert [name for name, _ in read_entries(path)] == ["a", "b"]


def test_a_packed_table_is_looked_into(tmp_path):
    path = tmp_path / "library.csv.gz"
    path.write_bytes(gzip.compress(EXPORTS["Zotero"].encode()))
    assert [name for name, _ in read_entries(path)] == ["AB12"]


def test_what_was_recognised_is_told_column_by_column(tmp_path):
    path = tmp_path / "library.csv"
    path.write_text("Key,Title,Year,Shelf,Page start\n1,A,2020,top,3\n")
    assert recognised(path) == "CSV with id, title, year, first page; not used: Shelf"
    path.write_text("TY  - JOUR\nTI  - A\nER  - \n")
    assert recognised(path) == "RIS"
    note = tmp_path / "note.txt"
    note.write_text("A note about a patient.")
    assert recognised(note) == ""


def test_a_table_without_titles_is_refused(tmp_path):
    path = tmp_path / "library.csv"
    path.write_text("Name,Age\nAda,3\n")
    with pytest.raises(ReadError, match=r"library\.csv: the table has no column title"):
        list(read_entries(path))


def test_a_cut_off_gzip_is_told(tmp_path):
    path = tmp_path / "library.csv.gz"
    path.write_bytes(gzip.compress(EXPORTS["Zotero"].encode() * 3000, compresslevel=0)[:-40_000])
    with pytest.raises(ReadError, match="cut off"):
        list(read_entries(path))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Doe J; Roe BC", ("Doe J", "Roe BC")),
        ("Doe, J. and Roe, B. C.", ("Doe J", "Roe BC")),
        ("Doe J, Roe BC", ("Doe J", "Roe BC")),
        ("Doe J., Roe B.C.", ("Doe J", "Roe BC")),
        ("Doe, J., Roe, B.", ("Doe J", "Roe B")),
        ("Doe, John", ("Doe, John",)),
        ("Doe, John; Roe, Berta C.", ("Doe, John", "Roe, Berta C.")),
        ("The Viper Group", ("The Viper Group",)),
        ("UNKNOWN", ()),
    ],
)
def test_authors_are_told_apart(text, names):
    assert authors(text) == names

"""Formats told from content, and what is refused with a word of advice."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import gzip
import io
import zipfile

import pytest

from litreview.errors import ReadError
from litreview.model.bibliography import Problem
from litreview.readers import READERS, read_bytes, read_path, sniff

ARTICLE = b"<article article-type='case-report'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>Words.</p></body></article>"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<?xml version='1.0'?>\n<!DOCTYPE PubmedArticleSet PUBLIC 'a' 'b'>\n<PubmedArticleSet>", "pubmed"),
        (b"<PubmedArticle>", "pubmed"),
        (b"<?xml version='1.0'?><!-- made today --><pmc-articleset>", "jats"),
        (b"<!DOCTYPE article [<!ENTITY a 'b>'> ]><article article-type='x'>", "jats"),
        (b"<OAI-PMH><record><article><front><article-meta>", "jats"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"  <HTML><body>", "html"),
        (b"<article><h1>Page</h1>", "html"),
        (b'{"paper_id": "PMC1"', "cord19"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\nPMID- 123\nOWN - NLM\n", "nbib"),
        (b"TY  - JOUR\nTI  - x\n", "ris"),
        (b"% made by x\n@article{doe2020,\n", "bibtex"),
        (b"PMID,Title,Authors\n1,a,b\n", "csv"),
        (b'"Title";"Year"\n', "csv"),
        (b"A note about a patient.", "text"),
        (b"[1] is what the note says.", "text"),
        ("\ufeff<PubmedArticleSet>".encode(), "pubmed"),
        ("<?xml version='1.0' encoding='UTF-16'?><PubmedArticleSet>".encode("utf-16"), "pubmed"),
        ("Eine Notiz: 5 µg".encode("latin-1"), "text"),
        (gzip.compress(b"<PubmedArticleSet>", mtime=0), "pubmed"),
    ],
)
def test_a_format_is_told_from_content(head, kind):
    assert sniff(head, "misleading.docx" if kind != "pdf" else "x.txt") == kind
    assert kind in READERS


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, "x" * 50)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (archive("word/document.xml"), "Word"),
        (archive("a.txt"), "zip"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Word"),
        (b"{\\rtf1 text}", "rich text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (bytes(range(32)) * 50, "not text"),
        (b"<html><head><title>PmFetch response</title></head><body><pre>Pubmed-entry ::= {", "ASN.1"),
        (b"<eSearchResult><Count>0</Count></eSearchResult>", "eSearchResult"),
        (b"<eFetchResult><ERROR>x</ERROR></eFetchResult>", "eFetchResult"),
        (b"<TEI><text/></TEI>", "TEI"),
        (b'{"error": "API rate limit exceeded"}', "CORD-19"),
        (b"PMID,Title\n1,\x00\x01\x02\x03\x04\x05", "not text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_named_with_what_to_do(data, what):
    with pytest.raises(ReadError, match=what) as refused:
        list(read_bytes(data, "given.file"))
    assert refused.value.message.startswith("given.file: ")
    assert refused.value.hint


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("paper.xml", "no markup"),
        ("paper.NXML", "no markup"),
        ("paper.xml.gz", "no markup"),
        ("paper.PDF", "does not begin as one"),
    ],
)
def test_words_are_no_xml_and_no_pdf_whatever_their_name_promises(name, told):
    with pytest.raises(ReadError, match=told) as refused:
        list(read_bytes(b"A boy had anemia.\n", name))
    assert "name it .txt" in refused.value.hint


@pytest.mark.parametrize(
    "data",
    [b"TY  - JOUR\nTI  - x\nER  - \n", b"@article{a, title={x}}", b"Title,Year\nx,2020\n"],
    ids=["ris", "bibtex", "csv"],
)
def test_a_bibliography_is_read_whatever_its_file_is_called(data):
    ((record, document),) = read_bytes(data, "refs.x")
    assert (record.title, document) == ("x", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_note_reads_the_same_in_any_encoding(read_one, encoding):
    _, document = read_one("A note\n\nThe dose was 5 µg for the boy.\n".encode(encoding))
    assert document.text.endswith("5 µg for the boy.")


def test_utf_16_xml_is_read(read_one, jats):
    _, document = read_one(("<?xml version='1.0' encoding='UTF-16'?>" + jats("<p>5 µg.</p>")).encode("utf-16"))
    assert "5 µg." in document.text


def test_gzip_is_looked_through_whatever_the_name(tmp_path):
    path = tmp_path / "article.xml"
    path.write_bytes(gzip.compress(ARTICLE, mtime=0))
    ((record, document),) = read_path(path)
    assert (record.title, document.source) == ("T", "article.xml")


def test_gzip_cut_off_is_told(pubmed):
    one = pubmed()[len("<PubmedArticleSet>") : -len("</PubmedArticleSet>")]
    data = gzip.compress(f"<PubmedArticleSet>{one * 2000}".encode(), compresslevel=0)
    items = list(read_bytes(data[:-5000], "cut.xml.gz"))
    assert isinstance(items[-1], Problem)
    assert items[0][0].pmid == "7001"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ReadError, match=r"none\.xml"):
        list(read_path(tmp_path / "none.xml"))


@pytest.mark.parametrize("kind", ["pubmed", "jats", "cord19", "html", "text", "pdf", "csv"])
def test_every_reader_names_a_file_that_is_not_of_its_format(kind):
    with pytest.raises(ReadError, match=r"given\.file"):
        list(READERS[kind](io.BytesIO(b"\x00\x01" * 50), "given.file"))


def test_a_text_that_is_longer_than_any_report_is_a_problem_of_its_own(monkeypatch):
    monkeypatch.setattr("litreview.readers.LONGEST", 60)
    (short,) = read_bytes(b"A title of some length\n\nWe treated one patient.", "short.txt")
    (long,) = read_bytes(b"We treated one patient, who recovered within weeks. " * 3, "long.txt")
    assert not isinstance(short, Problem)
    assert (long.subject, long.hint) == ("long.txt", "add the part that tells of patients")
    assert long.sentence.endswith("characters, which is longer than any report")


@pytest.mark.parametrize("text", ["[]", "1\n2\n3", "...", "x"])
def test_a_text_without_a_word_is_refused(text):
    with pytest.raises(ReadError, match=r"note\.txt: the file has no words"):
        list(read_bytes(text.encode(), "note.txt"))

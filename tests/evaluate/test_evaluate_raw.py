"""Raw files read by another route."""

from pathlib import Path

import pytest

from litreview.evaluate.raw import raw_texts

QUOTE = "a platelet count of 5 x 10^9/L in the well-known girl"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Seen: a platelet\ncount of 5 x 10^9/L in the well-\nknown girl."),
        ("a.txt", "\ufeffSeen: a platelet count of 5 × 10^9/L in the well\u2010known girl.".replace("×", "x")),
        ("a.html", "<!doctype html><html><p>a <b>platelet</b> count of 5 x 10^9/L in the well-known girl</p></html>"),
        ("a.json", '{"body_text": [{"text": "a platelet count of 5 x 10^9/L in the well-known girl"}]}'),
        (
            "a.xml",
            "<?xml version='1.0'?><article><front><article-id pub-id-type='pmcid'>PMC7</article-id></front>"
            "<body><p>a platelet <i>count</i> of 5 x 10^9/L in the well-known girl</p></body></article>",
        ),
    ],
    ids=["lines and hyphens", "byte order mark", "HTML", "JSON", "JATS"],
)
def test_a_quote_is_found_whatever_the_file(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    (text,) = raw_texts(path)

    assert text.holds(QUOTE)
    assert not text.holds("a platelet count of 6")
    assert name in text.names


def test_reports_in_one_file_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "pubmed.xml"
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Abstract>{word}</Abstract>"
        "<CommentsCorrectionsList><CommentsCorrections><PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList>"
        "</MedlineCitation></PubmedArticle>"
        for pmid, word in (("1", "girl"), ("2", "boy"))
    )
    path.write_text(f"<PubmedArticleSet>{articles}</PubmedArticleSet>")

    first, second = raw_texts(path)

    assert ("1" in first.names, "2" in first.names, "9" in first.names) == (True, False, False)
    assert (first.holds("girl"), second.holds("girl")) == (True, False)


def test_an_entity_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    path = tmp_path / "a.xml"
    path.write_text(
        f"<!DOCTYPE article [<!ENTITY x SYSTEM 'file://{tmp_path}/secret'>]><article><front/><p>so &x; it</p></article>"
    )

    assert not any(text.holds("secret words") for text in raw_texts(path))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ...", b"<broken", b"{broken"], ids=["empty", "PDF", "XML", "JSON"])
def test_what_cannot_be_read_so_holds_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)

    assert not any(text.holds("girl") for text in raw_texts(path))


def test_a_caption_in_the_middle_of_a_sentence_is_stepped_over_in_printed_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("After a total of four doses the\n\nFig. 1 Counts over time\n girl's platelet count rose rapidly.")

    (text,) = raw_texts(path)

    assert text.holds("After a total of four doses the girl's platelet count rose")
    assert not text.holds("After a total of four doses the boy's platelet count rose")
    assert not text.holds("After a total of five doses the girl's platelet count rose")

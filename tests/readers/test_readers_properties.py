"""What holds for any document of any format."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import html
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from litreview import resources
from litreview.errors import ReadError
from litreview.model.bibliography import Problem, Record
from litreview.model.document import Document
from litreview.readers import read_bytes, read_path
from litreview.readers.builder import document_id
from litreview.readers.identifiers import doi, initials, pmcid, pmid
from litreview.readers.item import Item
from litreview.readers.table_grid import RawCell, place

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
blocks = st.lists(st.tuples(st.sampled_from(["p", "h", "table", "fig", "list"]), words), max_size=12)
CORPUS = sorted((resources.corpus_dir() / "pmc").glob("*.xml")) + sorted((resources.corpus_dir() / "other").iterdir())
SAMPLES = sorted((Path(__file__).parents[3] / "shared" / "jats_samples").glob("*.nxml"))


def check(document: Document) -> None:
    """Spans lie in the text, sections nest, paragraphs follow one another and keep out of tables."""
    size = len(document.text)
    spans = [*document.paragraphs, *(section.span for section in document.sections)]
    spans += [
        span for table in document.tables for span in (table.span, *(cell.span for cell in table.cells), *table.foot)
    ]
    assert all(0 <= span.start <= span.end <= size for span in spans)
    assert all(document[span].strip() == document[span] != "" for span in document.paragraphs)
    for earlier, later in zip(document.paragraphs, document.paragraphs[1:], strict=False):
        assert earlier.end < later.start
    for section in document.sections:
        for other in document.sections:
            assert section.span in other.span or other.span in section.span or not section.span.overlaps(other.span)
    for table in document.tables:
        assert all(cell.span in table.span for cell in table.cells)
        assert not any(paragraph.overlaps(table.span) for paragraph in document.paragraphs)
        places = [(c.row + y, c.column + x) for c in table.cells for y in range(c.rowspan) for x in range(c.colspan)]
        assert len(places) == len(set(places)) or any(c.rowspan > 1 for c in table.cells)
    assert document.document_id == document_id(document.kind, document.text)


def read_or_nothing(data: bytes) -> list[Item]:
    """The items of a file; a file that is refused, which any other error is not, has none."""
    try:
        return list(read_bytes(data, "any.file"))
    except ReadError:
        return []


def jats(parts: list[tuple[str, str]]) -> bytes:
    made = {
        "p": "<p>{}</p>",
        "h": "</sec><sec><title>{}</title>",
        "table": "<table-wrap><caption><p>{0}</p></caption><table><tr><td>{0}</td><td/></tr></table></table-wrap>",
        "fig": "<fig><label>Fig. 1</label><caption><p>{}</p></caption></fig>",
        "list": "<list><list-item><p>{}</p></list-item></list>",
    }
    body = "".join(made[kind].format(html.escape(text)) for kind, text in parts)
    front = "<front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front>"
    return f"<article article-type='x'>{front}<body><sec>{body}</sec></body></article>".encode()


@given(blocks)
def test_any_jats_keeps_its_spans_and_reads_twice_alike(parts):
    items = list(read_bytes(jats(parts), "any.xml"))
    assert items == list(read_bytes(jats(parts), "any.xml"))
    for item in items:
        if not isinstance(item, Problem) and item[1]:
            check(item[1])


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=600))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_is_read_or_refused(text):
    for item in (items := read_or_nothing(text.encode())):
        if not isinstance(item, Problem) and item[1]:
            check(item[1])
    assert items == read_or_nothing(text.encode())


lines = st.lists(
    st.sampled_from(["", "Case report", "Table 1 Counts", "Patient 1", " torn line of text", "Page 2 of 3", "a  b   c", "x" * 50,
                     "The patient was well.", "and so on until the", "trans-", "plant came.", "*", "Day   Hb   Plt", "1    2    3", "\f", "References"]),
    max_size=40,
)  # fmt: skip


@given(lines)
def test_any_order_of_lines_makes_a_sound_document(rows):
    for item in read_or_nothing("\n".join(rows).encode()):
        assert not isinstance(item, Problem)
        check(item[1])


@settings(deadline=None)  # a format's module is imported with its first file
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    assert all(isinstance(item, (tuple, Problem)) for item in read_or_nothing(data))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["TY  - JOUR\nTI  - ", "@article{a, title={", "Title,Year\n"]), st.text(max_size=200))
def test_a_bibliography_of_any_words_is_read_or_refused(start, words):
    for item in read_or_nothing((start + words).encode("utf-8", "replace")):
        assert isinstance(item, Problem) or isinstance(item[0], Record)


@given(
    st.lists(st.lists(st.builds(RawCell, st.just("x"), st.integers(0, 4), st.integers(0, 4)), max_size=5), max_size=5)
)
def test_every_cell_gets_a_place_of_its_own(rows):
    placed = place(rows)
    assert len(placed) == sum(map(len, rows))
    assert len({(cell.row, cell.column) for cell in placed}) == len(placed)


def squashed(text: str) -> str:
    return re.sub(r"[\s\u2000-\u200b\u2060\ufeff]+", "", text)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_documents_of_the_corpus_are_sound(path):
    for item in read_path(path):
        assert not isinstance(item, Problem)
        check(item[1])


@pytest.mark.parametrize(
    "path", [path for path in CORPUS if path.suffix == ".xml"] + SAMPLES, ids=lambda path: path.name
)
def test_every_word_of_a_document_is_in_the_file_when_read_another_way(path):
    raw = squashed("".join(etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True)).getroot().itertext()))
    for item in read_path(path):
        assert not isinstance(item, Problem)
        document = item[1]
        assert document is not None
        spans = [*document.paragraphs, *(cell.span for table in document.tables for cell in table.cells)]
        assert [document[span] for span in spans if squashed(document[span]) not in raw] == []


@pytest.mark.skipif(not SAMPLES, reason="the public JATS samples are not beside this checkout")
def test_public_articles_have_tables_and_a_licence():
    documents = {path.name: item[1] for path in SAMPLES for item in read_path(path) if not isinstance(item, Problem)}
    assert {name: len(document.tables) for name, document in documents.items()} == {
        "1472-6831-8-11.nxml": 4,
        "ehp-116-1694.nxml": 0,
        "pntd.0002065.nxml": 5,
        "pone.0046493.nxml": 3,
    }
    assert all(document.licence for document in documents.values())


@pytest.mark.parametrize(
    ("normal", "said", "bare"),
    [
        (doi, "https://doi.org/10.1000/ABC.1.", "10.1000/abc.1"),
        (doi, "doi:10.1000/x(2)3", "10.1000/x(2)3"),
        (doi, "(10.1000/x)", "10.1000/x"),
        (doi, "S0006-4971", None),
        (pmcid, "PMCPMC7610745", "PMC7610745"),
        (pmcid, "7610745", "PMC7610745"),
        (pmcid, "PMC77.2", "PMC77"),
        (pmcid, "none", None),
        (pmid, " 0123 ", "123"),
        (pmid, "PMC12", None),
        (initials, "Imogen R.", "IR"),
        (initials, "Jean-Paul", "JP"),
        (initials, "AB", "AB"),
        (initials, "Xiao Ming", "XM"),
    ],
)
def test_identifiers_and_initials_are_bare(normal, said, bare):
    assert normal(said) == bare

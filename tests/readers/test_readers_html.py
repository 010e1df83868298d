"""Publisher pages: the article without the site around it."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import pytest

from litreview.errors import ReadError
from litreview.readers import read_bytes

SENTENCES = "The patient bled for many days and was given several medicines without any effect at all. " * 3


def page(main: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Site</title>{head}</head><body>{main}</body></html>"


def running(document):
    return [document[span] for span in document.paragraphs]


def test_the_meta_tags_make_the_record(read_one):
    head = (
        '<meta name="citation_title" content="A page"><meta name="citation_doi" content="https://doi.org/10.5555/AB.1">'
        '<meta name="citation_author" content="Doe, Jane K."><meta name="citation_author" content="Max Roe">'
        '<meta name="citation_pmid" content="77"><meta name="citation_publication_date" content="2022/07/01">'
        '<meta name="citation_firstpage" content="5"><meta name="citation_lastpage" content="9">'
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
    )
    record, _ = read_one(page(f"<article><p>{SENTENCES}</p></article>", head))
    assert (record.title, record.doi, record.pmid, record.pages) == ("A page", "10.5555/ab.1", "77", "5-9")
    assert (record.authors, str(record.published)) == (("Doe JK", "Roe M"), "2022-07-01")
    assert record.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_headings_open_sections_down_to_their_level(read_one):
    record, document = read_one(
        page(
            f"<main><h1>A page</h1><p>21 May 2020</p><h2>Abstract</h2><p>Short.</p><h2>2 | CASE</h2><h3>Patient 1</h3><p>{SENTENCES}</p>"
            "<h3>Patient 2</h3><p>She.</p><h2>3 | DISCUSSION</h2><p>Well.</p></main>",
            '<meta name="citation_title" content="A page">',
        )
    )
    assert record.abstract == "Short."
    assert [(section.kind, section.path) for section in document.sections] == [
        ("title", ()),
        ("abstract", ("Abstract",)),
        ("case", ("2 | CASE",)),
        ("case", ("2 | CASE", "Patient 1")),
        ("case", ("2 | CASE", "Patient 2")),
        ("discussion", ("3 | DISCUSSION",)),
    ]


@pytest.mark.parametrize(
    "noise",
    [
        "<script>var p = '<p>advert</p>'</script>",
        "<nav><p>advert</p></nav>",
        "<aside><p>advert</p></aside>",
        "<footer><p>advert</p></footer>",
        '<div class="cookie-banner"><p>advert</p></div>',
        '<section class="article-references"><p>advert</p></section>',
        '<p style="display: none">advert</p>',
        "<p hidden>advert</p>",
        "<!-- advert -->",
    ],
    ids=["script", "nav", "aside", "footer", "cookies", "references", "style", "hidden", "comment"],
)
def test_what_is_not_the_article_is_left_out(read_one, noise):
    _, document = read_one(page(f"<article><h2>Case</h2>{noise}<p>{SENTENCES}</p></article>"))
    assert "advert" not in document.text


def test_reference_links_are_parted_from_words_and_exponents_are_not(read_one):
    _, document = read_one(
        page(
            f'<article><p>{SENTENCES}</p><p>As told<sup><a href="#bib2">2</a></sup> the count was 3 × 10<sup>9</sup>/L.'
            '<sup><a href="#bib3">3,4</a></sup></p></article>'
        )
    )
    assert running(document)[-1] == "As told 2 the count was 3 × 109/L. 3,4"


def test_tables_and_figures_are_read(read_one):
    _, document = read_one(
        page(
            f"<article><p>{SENTENCES}</p><figure><figcaption>FIGURE 1 The course.</figcaption></figure><figure><figcaption>"
            "Table 2. Counts</figcaption><table><thead><tr><th>Day</th><th>Hb</th></tr></thead><tr><td>1</td><td>88</td></tr>"
            "</table><p>Hb, hemoglobin.</p></figure></article>"
        )
    )
    (table,) = document.tables
    assert running(document)[-1] == "The course."
    assert (table.label, document[table.caption], [document[foot] for foot in table.foot]) == (
        "Table 2",
        "Counts",
        ["Hb, hemoglobin."],
    )
    assert [(document[cell.span], cell.header) for cell in table.cells] == [
        ("Day", True),
        ("Hb", True),
        ("1", False),
        ("88", False),
    ]


@pytest.mark.parametrize("name", ["error.html", "PMC77.xml"])
def test_a_page_without_an_article_is_refused(name):
    with pytest.raises(ReadError, match="without an article") as refused:
        list(read_bytes(page("<h1>502 Bad Gateway</h1><p>nginx</p>").encode(), name))
    assert name in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("tag", ["div", "em"])
def test_a_page_nested_beyond_reason_does_not_crash(read_or_refusal, tag):
    found = read_or_refusal(page(f"<{tag}>" * 3000 + f"<p>{SENTENCES}</p>").encode(), "deep.html")
    assert "deep.html" in found.message if isinstance(found, ReadError) else SENTENCES.strip() in found[0][1].text


def test_the_encoding_a_page_declares_is_believed(read_one):
    html = page(f"<article><p>{SENTENCES} 5 µg</p></article>", '<meta charset="iso-8859-1">')
    _, document = read_one(html.encode("latin-1"))
    assert document.text.endswith("5 µg")


ROWS = "<tr><th>Patient</th><th>Response</th></tr><tr><td>1</td><td>CR</td></tr><tr><td>2</td><td>NR</td></tr>"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("<p>Table 1. Outcome of all</p>", "<p>CR, complete response; NR, no response.</p>"),
        (
            "<h4>Table 1.</h4><div><p>Outcome of all</p></div>",
            "<div><div>CR, complete response; NR, no response.</div></div>",
        ),
    ],
    ids=["one paragraph", "label apart"],
)
def test_a_caption_and_notes_that_stand_beside_a_table_are_the_tables(read_one, above, below):
    _, document = read_one(
        page(f"<article><p>{SENTENCES}</p>{above}<div><table>{ROWS}</table></div>{below}<p>{SENTENCES}</p></article>")
    )
    (table,) = document.tables
    assert (table.label, document[table.caption]) == ("Table 1", "Outcome of all")
    assert [document[note] for note in table.foot] == ["CR, complete response; NR, no response."]
    assert running(document)[1:] == [SENTENCES.strip()] * 2


def test_notes_whose_letters_are_raised_are_the_tables(read_one):
    below = "<ol><li><sup>a</sup>16 mg/kg intravenously.</li><li><sup>b</sup>After transplantation.</li></ol>"
    _, document = read_one(page(f"<article><p>{SENTENCES}</p><table>{ROWS}</table>{below}<p>{SENTENCES}</p></article>"))
    foot = ["a16 mg/kg intravenously.", "bAfter transplantation."]
    assert [document[note] for note in document.tables[0].foot] == foot


def test_running_text_after_a_table_is_none_of_its_notes(read_one):
    after = "However, the count fell again; therefore, another drug was given. " + SENTENCES
    _, document = read_one(page(f"<article><p>{SENTENCES}</p><table>{ROWS}</table><p>{after}</p></article>"))
    assert document.tables[0].foot == ()
    assert running(document)[-1] == after.strip()

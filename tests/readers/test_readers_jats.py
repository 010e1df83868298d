"""JATS: sections, tables, captions and what is left out."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import pytest

from litreview.errors import ReadError
from litreview.model.bibliography import Problem
from litreview.readers import read_bytes


def outline(document):
    return [(section.kind, section.path) for section in document.sections]


def running(document):
    return [document[span] for span in document.paragraphs]


def test_a_case_section_makes_everything_below_it_part_of_the_case(jats, read_one):
    _, document = read_one(
        jats(
            "<sec><title>1. Introduction</title><p>Rare.</p></sec><sec><title>Case presentation</title>"
            "<sec><title>Patient 1</title><p>A boy.</p><sec><title>Treatment</title><p>Given.</p></sec></sec></sec>"
            "<sec sec-type='discussion'><title>What we think</title><p>Well.</p></sec>"
        )
    )
    assert outline(document)[1:] == [
        ("introduction", ("1. Introduction",)),
        ("case", ("Case presentation",)),
        ("case", ("Case presentation", "Patient 1")),
        ("case", ("Case presentation", "Patient 1", "Treatment")),
        ("discussion", ("What we think",)),
    ]
    assert running(document) == ["A title", "Rare.", "A boy.", "Given.", "Well."]


def test_patients_under_methods_are_methods_but_a_numbered_patient_is_a_case(jats, read_one):
    _, document = read_one(
        jats(
            "<sec><title>Methods</title><sec><title>Patients</title><p>Ten.</p></sec></sec>"
            "<sec><title>Results</title><sec><title>Patient 2</title><p>She.</p></sec></sec>"
        )
    )
    assert [kind for kind, _ in outline(document)] == ["title", "methods", "methods", "results", "case"]


def test_a_letter_without_sections_is_of_kind_other(jats, read_one):
    _, document = read_one(jats("<p>Dear editor.</p><p>A man bled.</p>"))
    assert outline(document) == [("title", ()), ("other", ())]


def test_front_matter_alone_gives_a_record_without_document(jats, read_one):
    record, document = read_one(jats(meta="<article-id pub-id-type='pmc'>12</article-id>"))
    assert (record.pmcid, document) == ("PMC12", None)


TABLE = (
    "<table-wrap><label>Table 1</label><caption><title>Patients.</title><p>All of them.</p></caption><table><thead>"
    "<tr><th rowspan='2'>No.</th><th colspan='2'>Counts</th></tr><tr><th>Hb</th><th>Plt</th></tr></thead><tbody>"
    "<tr><td>1</td><td>88<break/>g/L</td><td/></tr></tbody></table><table-wrap-foot><fn><label>*</label><p>At entry.</p>"
    "</fn><p>Hb, hemoglobin.</p></table-wrap-foot></table-wrap>"
)


@pytest.mark.parametrize(
    "place",
    [
        {"body": f"<sec><title>Results</title><p>See.</p>{TABLE}</sec>"},
        {"body": f"<sec><title>Results</title><p>See.{TABLE}</p></sec>"},
        {"body": "<p>See.</p>", "after": f"<floats-group>{TABLE}</floats-group>"},
        {"body": "<p>See.</p>", "back": f"<app-group><app><title>Appendix</title>{TABLE}</app></app-group>"},
    ],
    ids=["in a section", "in a paragraph", "among floats", "in an appendix"],
)
def test_a_table_is_read_with_caption_grid_and_foot(jats, read_one, place):
    _, document = read_one(jats(place.pop("body"), **place))
    (table,) = document.tables
    assert (table.label, document[table.caption]) == ("Table 1", "Patients. All of them.")
    assert [(c.row, c.column, c.rowspan, c.colspan, c.header, document[c.span]) for c in table.cells] == [
        (0, 0, 2, 1, True, "No."),
        (0, 1, 1, 2, True, "Counts"),
        (1, 1, 1, 1, True, "Hb"),
        (1, 2, 1, 1, True, "Plt"),
        (2, 0, 1, 1, False, "1"),
        (2, 1, 1, 1, False, "88 g/L"),
        (2, 2, 1, 1, False, ""),
    ]
    assert [document[foot] for foot in table.foot] == ["* At entry.", "Hb, hemoglobin."]
    assert running(document) == ["A title", "See."]
    assert document.section_at(table.cells[0].span.start).kind == "table"


def test_a_picture_of_a_table_leaves_its_caption_and_notes(jats, read_one):
    wrap = "<table-wrap><label>Table 1</label><caption><p>Patients.</p></caption><graphic/><table-wrap-foot><p>NA, not known.</p></table-wrap-foot></table-wrap>"
    _, document = read_one(jats(f"<p>See.</p>{wrap}"))
    assert running(document) == ["A title", "See.", "Patients.", "NA, not known."]
    assert document.tables == ()


def test_a_figure_leaves_its_legend_as_a_paragraph_after_the_one_it_interrupts(jats, read_one):
    _, document = read_one(
        jats("<p>It fell <fig><label>Fig. 1</label><caption><p>The course.</p></caption></fig> and rose.</p>")
    )
    assert running(document) == ["A title", "It fell and rose.", "The course."]
    assert document.section_at(document.paragraphs[2].start).path == ("Fig. 1",)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a count of 12<xref ref-type='bibr'><sup>3</sup></xref> cells", "a count of 12 3 cells"),
        ("for months<sup><xref ref-type='bibr'>2</xref>,<xref ref-type='bibr'>3</xref></sup> now", "for months 2,3 now"),
        ("it ended.<sup>4-6</sup> Then", "it ended. 4-6 Then"),
        ("as told [<xref ref-type='bibr'>7</xref>].", "as told [7]."),
        ("0.5 × 10<sup>9</sup>/L and 42 g/m<sup>2</sup>", "0.5 × 109/L and 42 g/m2"),
        ("CD8<sup>+</sup> T<sub>reg</sub>", "CD8+ Treg"),
        ("two\u00a0\u2009words\u200b here", "two words here"),
        ("x<inline-formula><alternatives><tex-math>\\alpha</tex-math><mml:math><mml:mi>α</mml:mi></mml:math></alternatives></inline-formula>", "xα"),
        ("one<break/>two", "one two"),
    ],
    ids=["number", "word", "sentence", "bracket", "exponent", "signs", "blanks", "formula", "break"],
)  # fmt: skip
def test_inline_markup_only_ever_adds_blanks(jats, read_one, markup, text):
    _, document = read_one(jats(f"<p>{markup}</p>"))
    assert running(document)[1] == text


def test_lists_quotes_boxes_and_notes_are_paragraphs_of_their_own(jats, read_one):
    _, document = read_one(
        jats(
            "<p>Given were:<list><list-item><p>one</p></list-item><list-item><p>two</p></list-item></list>and no more."
            "<fn><p>A note.</p></fn></p><boxed-text><title>Case 3</title><p>A girl.</p></boxed-text>"
        )
    )
    assert running(document)[1:] == ["Given were:", "one", "two", "and no more.", "A note.", "A girl."]
    assert document.section_at(document.paragraphs[-1].start).kind == "case"


def test_references_and_thanks_are_back_matter_outside_the_running_text(jats, read_one):
    _, document = read_one(
        jats(
            "<p>Text.</p>",
            back="<ack><p>Thanks.</p></ack><ref-list><title>References</title><ref><label>1</label><element-citation>"
            "<name><surname>Doe</surname><given-names>A</given-names></name><year>2001</year></element-citation></ref></ref-list>",
        )
    )
    assert running(document) == ["A title", "Text."]
    assert [document[s.span] for s in document.sections if s.kind == "back"] == ["Thanks.", "1 Doe A 2001"]


def test_abstracts_of_other_kinds_are_kept_apart_from_the_main_one(jats, read_one):
    meta = (
        "<abstract abstract-type='graphical'><p>A picture.</p></abstract><abstract><sec><title>Case:</title><p>A man.</p></sec>"
        "</abstract><trans-abstract xml:lang='es'><p>Un hombre.</p></trans-abstract>"
    )
    record, document = read_one(jats("<p>Text.</p>", meta=meta))
    assert record.abstract == "Case: A man."
    assert [(kind, path) for kind, path in outline(document)][1:] == [
        ("abstract", ("Abstract",)),
        ("case", ("Abstract", "Case:")),
        ("other", ("Abstract (graphical)",)),
        ("other", ("Abstract (es)",)),
        ("other", ()),
    ]


def test_affiliations_are_left_out_and_authors_named(jats, read_one):
    meta = (
        "<contrib-group><contrib contrib-type='author'><name><surname>Doe</surname><given-names>Jan-Eric B.</given-names></name>"
        "<xref><sup>1</sup></xref></contrib><contrib contrib-type='author'><collab>Rare Group<contrib-group><contrib><name>"
        "<surname>Inner</surname></name></contrib></contrib-group></collab></contrib><contrib contrib-type='editor'><name>"
        "<surname>Ed</surname></name></contrib></contrib-group><aff>Somewhere</aff>"
    )
    record, document = read_one(jats("<p>Text.</p>", meta=meta))
    assert record.authors == ("Doe JEB", "Rare Group")
    assert "Somewhere" not in document.text


@pytest.mark.parametrize(
    ("permissions", "licence"),
    [
        ("<license xlink:href='http://creativecommons.org/licenses/by/2.0'><p>x</p></license>", "http://creativecommons.org/licenses/by/2.0"),
        ("<license><ali:license_ref xmlns:ali='urn:a'>https://creativecommons.org/licenses/by-nc/4.0/</ali:license_ref></license>", "https://creativecommons.org/licenses/by-nc/4.0/"),
        ("<license license-type='open-access'><license-p>Under the Creative Commons licence.</license-p></license>", "Under the Creative Commons licence."),
        ("<license license-type='open-access'/>", "open-access"),
        ("<copyright-statement>© 2020 X</copyright-statement>", ""),
    ],
    ids=["address", "reference", "words", "type", "none"],
)  # fmt: skip
def test_the_licence_is_found_wherever_it_is_stated(jats, read_one, permissions, licence):
    record, document = read_one(jats("<p>Text.</p>", meta=f"<permissions>{permissions}</permissions>"))
    assert (record.licence, document.licence) == (licence, licence)


@pytest.mark.parametrize(
    ("kind", "meta", "status"),
    [
        ("research-article", "", "published"),
        ("retracted-article", "", "retracted"),
        ("research-article", "<related-article related-article-type='retraction-forward' ext-link-type='pubmed' xlink:href='55'/>", "retracted"),
        ("retraction", "<related-article related-article-type='retracted-article'/>", "published"),
        ("research-article", "<related-article related-article-type='correction-forward'/>", "corrected"),
        ("research-article", "<related-article related-article-type='concern-forward'/>", "concern"),
    ],
    ids=["plain", "type", "forward", "notice", "corrected", "concern"],
)  # fmt: skip
def test_what_became_of_an_article_is_its_status(jats, read_one, kind, meta, status):
    record, _ = read_one(jats("<p>Text.</p>", meta=meta, kind=kind))
    assert record.status == status


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("<pub-date pub-type='epub'><year>2019</year></pub-date><pub-date pub-type='ppub'><month>3</month><year>2020</year></pub-date>", "2020-03"),
        ("<pub-date pub-type='collection'><year>2020</year></pub-date><pub-date date-type='pub' publication-format='electronic'><day>2</day><month>5</month><year>2019</year></pub-date>", "2019-05-02"),
        ("<pub-date pub-type='ppub'><year>1900</year></pub-date>", "None"),
        ("<pub-date pub-type='pmc-release'><year>2021</year></pub-date>", "None"),
        ("<pub-date><season>Winter</season><year>2001</year></pub-date>", "2001"),
    ],
    ids=["issue", "online", "placeholder", "release", "season"],
)  # fmt: skip
def test_the_date_to_cite_is_chosen(jats, read_one, dates, said):
    record, _ = read_one(jats("<p>Text.</p>", meta=dates))
    assert str(record.published) == said


def test_articles_are_found_however_deep_and_in_any_namespace(jats):
    one = jats("<p>Text.</p>").replace("<article ", "<article xmlns='http://jats.nlm.nih.gov' ")
    data = f"<OAI-PMH><ListRecords><record><metadata>{one}</metadata></record></ListRecords></OAI-PMH>".encode()
    ((record, document),) = read_bytes(data, "oai.xml")
    assert (record.title, running(document)) == ("A title", ["A title", "Text."])


def test_a_refusal_inside_an_article_set_is_a_problem(jats):
    data = f"<pmc-articleset>{jats('<p>Text.</p>')}<Reply Id='77' error='not open access'/></pmc-articleset>".encode()
    article, refused = read_bytes(data, "set.xml")
    assert article[0].title == "A title"
    assert isinstance(refused, Problem)
    assert (refused.subject, refused.sentence) == ("set.xml: PMC77", "not open access")


def test_characters_named_by_a_dtd_that_is_not_loaded_are_spelled_out(jats, read_one):
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">'
    _, document = read_one(doctype + jats("<p>TGF-&beta; and &nosuchname; it.</p>"))
    assert running(document)[1] == "TGF-β and it."


BOMB = '<!DOCTYPE article [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entity", ["&b;", "&c;"], ids=["expansion", "file"])
def test_entities_of_the_document_are_inert(jats, read_one, entity):
    _, document = read_one(BOMB + jats(f"<p>Before {entity} after.</p>"))
    assert running(document)[1] == "Before after."


def deep(depth: int) -> str:
    return "<p>" + "<italic>" * depth + "deep" + "</italic>" * depth + "</p>"


def test_nesting_as_deep_as_a_parser_allows_is_read(jats, read_one):
    assert "deep" in read_one(jats(deep(200)))[1].text


def test_deeper_nesting_is_refused(jats):
    with pytest.raises(ReadError, match=r"deep\.xml"):
        list(read_bytes(jats(deep(5000)).encode(), "deep.xml"))


def test_a_huge_colspan_does_not_fill_the_memory(jats, read_one):
    wrap = "<table-wrap><table><tr><td colspan='99999'>a</td><td rowspan='99999'>b</td></tr></table></table-wrap>"
    _, document = read_one(jats(f"<p>Text.</p>{wrap}"))
    assert [cell.colspan for cell in document.tables[0].cells] == [1000, 1]


def test_patients_named_in_the_first_words_of_paragraphs_open_sections(jats, read_one):
    _, document = read_one(
        jats(
            "<p>Dear editor, two of them.</p><p><bold>Case 1.</bold> A man.</p><p>He bled.</p><p>Patient 2: A woman bled.</p>"
            "<p><bold>Discussion</bold></p><p>Well.</p><p>Patient 2 was young.</p>"
        )
    )
    assert outline(document)[1:] == [
        ("other", ()),
        ("case", ("Case 1",)),
        ("case", ("Patient 2",)),
        ("discussion", ("Discussion",)),
    ]
    assert running(document)[2:] == [
        "Case 1. A man.",
        "He bled.",
        "Patient 2: A woman bled.",
        "Well.",
        "Patient 2 was young.",
    ]


def test_bold_labels_part_an_abstract(jats, read_one):
    meta = "<abstract><p><bold>Background:</bold> Rare.</p><p><bold>Case presentation</bold>: A man.</p></abstract>"
    record, document = read_one(jats("<p>Text.</p>", meta=meta))
    assert record.abstract == "Background: Rare.\nCase presentation: A man."
    assert [kind for kind, _ in outline(document)] == ["title", "abstract", "introduction", "case", "other"]

"""PubMed XML: each fact that breaks naive readers, in a record made up for it."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import pytest
from lxml import etree

from litreview.errors import ReadError
from litreview.model.bibliography import PartialDate, Problem
from litreview.readers import read_bytes
from litreview.readers.pubmed import read_tree


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("<Year>2001</Year><Month>Jun</Month><Day>3</Day>", "2001-06-03"),
        ("<Year>2001</Year><Month>06</Month>", "2001-06"),
        ("<Year>2001</Year><Season>Summer</Season>", "2001"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12"),
        ("<MedlineDate>1999 Nov-Dec</MedlineDate>", "1999-11"),
        ("<MedlineDate>2000 Spring</MedlineDate>", "2000"),
        ("<MedlineDate>Summer 1976</MedlineDate>", "1976"),
        ("<MedlineDate>1978-79</MedlineDate>", "1978"),
        ("<MedlineDate>1983 Jan 15-31</MedlineDate>", "1983-01-15"),
        ("<Year>2019</Year><Month>Feb</Month><Day>31</Day>", "2019-02"),
        ("<Year>2019</Year><Month>Smarch</Month><Day>3</Day>", "2019"),
        ("<MedlineDate>no date</MedlineDate>", "None"),
    ],
    ids=lambda value: value if "<" not in value else "",
)
def test_a_date_is_read_as_far_as_it_was_said(pubmed, read_one, date, said):
    record, _ = read_one(pubmed(date=date))
    assert str(record.published) == said


@pytest.mark.parametrize(
    ("model", "cited"),
    [
        ("Print", "2020"),
        ("Print-Electronic", "2020"),
        ("Electronic", "2019-11-02"),
        ("Electronic-eCollection", "2019-11-02"),
    ],
)
def test_the_publication_model_decides_which_date_is_cited(pubmed, read_one, model, cited):
    online = "<ArticleDate><Year>2019</Year><Month>11</Month><Day>02</Day></ArticleDate>"
    record, _ = read_one(pubmed(model=model, article=online))
    assert str(record.published) == cited


def test_print_and_electronic_dates_are_never_mixed(pubmed, read_one):
    online = "<ArticleDate><Year>2019</Year><Month>11</Month><Day>30</Day></ArticleDate>"
    record, _ = read_one(pubmed(date="<Year>2020</Year><Month>Feb</Month>", article=online))
    assert record.published == PartialDate(2020, 2)


def test_inline_tags_and_mathematics_do_not_cut_titles_or_abstracts(pubmed, read_one):
    title = (
        "<ArticleTitle>Loss of <i>ABC1</i> in CD8<sup>+</sup> cells at <mml:math "
        'xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mtable><mml:mtr><mml:mtd><mml:mi>x</mml:mi></mml:mtd>'
        "</mml:mtr></mml:mtable></mml:math> units.</ArticleTitle>"
    )
    abstract = (
        "<Abstract><AbstractText>Counts of 10<sup>9</sup>/L and H<sub>2</sub>O <b>rose</b>.</AbstractText></Abstract>"
    )
    record, document = read_one(pubmed(title=title, abstract=abstract))
    assert record.title == "Loss of ABC1 in CD8+ cells at x units."
    assert record.abstract == "Counts of 109/L and H2O rose."
    assert record.abstract in document.text


def test_a_structured_abstract_keeps_labels_and_ignores_empty_ones(pubmed, read_one):
    abstract = (
        '<Abstract><AbstractText Label="BACKGROUND">One.</AbstractText><AbstractText Label="">Two.</AbstractText>'
        '<AbstractText Label="PATIENT">Female, 16.</AbstractText><AbstractText Label="RESULTS"/></Abstract>'
    )
    record, document = read_one(pubmed(abstract=abstract))
    assert record.abstract == "BACKGROUND: One.\nTwo.\nPATIENT: Female, 16."
    assert [(s.kind, s.path) for s in document.sections] == [
        ("title", ()),
        ("abstract", ("Abstract",)),
        ("introduction", ("Abstract", "BACKGROUND")),
        ("case", ("Abstract", "PATIENT")),
    ]
    assert [document[span] for span in document.paragraphs] == ["A title.", "One.", "Two.", "Female, 16."]


def test_a_record_without_abstract_is_a_document_of_its_title(pubmed, read_one):
    record, document = read_one(pubmed())
    assert (record.abstract, document.kind, document.text) == ("", "abstract", "A title.")


def test_a_formula_placeholder_stays_as_printed(pubmed, read_one):
    record, _ = read_one(
        pubmed(abstract="<Abstract><AbstractText>At [Formula: see text] it fell.</AbstractText></Abstract>")
    )
    assert record.abstract == "At [Formula: see text] it fell."


@pytest.mark.parametrize(
    ("title", "article", "read"),
    [
        ("[A translated title].", "<Language>ger</Language>", "A translated title"),
        ("[A translated title].", "<VernacularTitle>Ein Titel.</VernacularTitle>", "A translated title"),
        ("[18F]FDG uptake in a boy.", "<Language>eng</Language>", "[18F]FDG uptake in a boy."),
        ("[18F]FDG and [11C]choline", "<Language>fre</Language>", "[18F]FDG and [11C]choline"),
        ("[Not available].", "<VernacularTitle>Un titre.</VernacularTitle>", "Un titre."),
    ],
    ids=["foreign", "vernacular", "isotope", "two isotopes", "no translation"],
)
def test_brackets_go_only_where_the_title_is_a_translation(pubmed, read_one, title, article, read):
    record, _ = read_one(pubmed(title=f"<ArticleTitle>{title}</ArticleTitle>", article=article))
    assert record.title == read


def test_an_abstract_in_another_language_is_kept_apart(pubmed, read_one):
    other = '<OtherAbstract Type="Publisher" Language="spa"><AbstractText>Un niño.</AbstractText></OtherAbstract>'
    record, document = read_one(
        pubmed(abstract="<Abstract><AbstractText>A boy.</AbstractText></Abstract>", citation=other)
    )
    assert record.abstract == "A boy."
    assert [document[s.span] for s in document.sections if s.kind == "other"] == ["Un niño."]


def test_authors_are_people_and_groups_with_names_as_printed(pubmed, read_one):
    authors = (
        '<AuthorList><Author ValidYN="Y"><LastName>Quill</LastName><ForeName>Ann-Marie</ForeName></Author>'
        "<Author><LastName>Li</LastName><ForeName>Xiao Ming</ForeName><Initials>XM</Initials></Author>"
        "<Author><CollectiveName>The Fictional Group</CollectiveName></Author>"
        '<Author ValidYN="N"><LastName>Qiull</LastName><Initials>A</Initials></Author><Author/></AuthorList>'
    )
    record, _ = read_one(pubmed(article=authors))
    assert record.authors == ("Quill AM", "Li XM", "The Fictional Group")


def test_identifiers_come_from_the_record_and_never_from_its_references(pubmed, read_one):
    data = (
        "<ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.1/cited</ArticleId>"
        "<ArticleId IdType='pmc'>PMC999</ArticleId></ArticleIdList></Reference></ReferenceList>"
        "<ArticleIdList><ArticleId IdType='pubmed'>7001</ArticleId><ArticleId IdType='pmc'>PMCPMC77</ArticleId></ArticleIdList>"
    )
    record, _ = read_one(pubmed(data=data, article="<ELocationID EIdType='doi'>10.5555/Own.1</ELocationID>"))
    assert (record.pmid, record.pmcid, record.doi) == ("7001", "PMC77", "10.5555/own.1")


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({}, "published"),
        ({"data": "<PublicationStatus>aheadofprint</PublicationStatus>"}, "ahead_of_print"),
        ({"article": "<PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList>"}, "retracted"),
        ({"article": "<PublicationTypeList><PublicationType>Retraction of Publication</PublicationType></PublicationTypeList>"}, "published"),
        ({"links": ["RetractionIn"]}, "retracted"),
        ({"links": ["ErratumIn"]}, "corrected"),
        ({"links": ["PartialRetractionIn"]}, "corrected"),
        ({"links": ["ExpressionOfConcernIn", "ErratumIn"]}, "concern"),
        ({"links": ["ErratumFor", "RetractionOf"]}, "published"),
        ({"title": "<ArticleTitle>RETRACTED: A case.</ArticleTitle>"}, "retracted"),
        ({"title": "<ArticleTitle>Retraction: A case.</ArticleTitle>"}, "published"),
    ],
    ids=["plain", "early", "type", "notice", "link", "erratum", "partial", "concern", "notices", "title", "notice title"],
)  # fmt: skip
def test_status_follows_types_and_links(pubmed, read_one, parts, status):
    links = "".join(
        f'<CommentsCorrections RefType="{kind}"><PMID>9</PMID></CommentsCorrections>' for kind in parts.get("links", ())
    )
    record, _ = read_one(pubmed(citation=f"<CommentsCorrectionsList>{links}</CommentsCorrectionsList>", **parts))
    assert record.status == status
    assert [link.pmid for link in record.related] == ["9"] * len(parts.get("links", ()))


def test_the_latest_version_of_a_record_is_read_last(pubmed):
    def article(version: int) -> str:
        whole = pubmed(
            pmid=f'<PMID Version="{version}">7001</PMID>', title=f"<ArticleTitle>Version {version}.</ArticleTitle>"
        )
        return whole.removeprefix("<PubmedArticleSet>").removesuffix("</PubmedArticleSet>")

    data = f"<PubmedArticleSet>{article(1)}{article(3)}{article(2)}</PubmedArticleSet>".encode()
    assert [record.title for record, _ in read_bytes(data, "v.xml")] == ["Version 1.", "Version 3."]


def test_deleted_records_come_without_a_document():
    data = b"<PubmedArticleSet><DeleteCitation><PMID>11</PMID><PMID>12</PMID></DeleteCitation></PubmedArticleSet>"
    assert [(r.pmid, r.status, d) for r, d in read_bytes(data, "d.xml")] == [
        ("11", "deleted", None),
        ("12", "deleted", None),
    ]


def test_a_book_article_is_read_by_its_own_tree(read_one):
    record, document = read_one(
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>55</PMID><ArticleIdList>"
        "<ArticleId IdType='doi'>10.5555/book</ArticleId></ArticleIdList><Book><BookTitle>Gene Tales</BookTitle><PubDate>"
        "<Year>1993</Year></PubDate><AuthorList Type='editors'><Author><LastName>Ed</LastName></Author></AuthorList></Book>"
        "<ArticleTitle>Some Deficiency</ArticleTitle><Language>eng</Language><AuthorList Type='authors'><Author>"
        "<LastName>Wright</LastName><Initials>W</Initials></Author></AuthorList><Abstract><AbstractText Label='CLINICAL "
        "CHARACTERISTICS'>Rare.</AbstractText></Abstract></BookDocument></PubmedBookArticle></PubmedArticleSet>"
    )
    assert (record.title, record.journal, record.year, record.authors) == (
        "Some Deficiency",
        "Gene Tales",
        1993,
        ("Wright W",),
    )
    assert (record.doi, "Rare." in document.text) == ("10.5555/book", True)


def test_namespaces_make_no_difference(pubmed, read_one):
    record, _ = read_one(pubmed().replace("<PubmedArticleSet>", '<PubmedArticleSet xmlns="urn:any">'))
    assert record.title == "A title."


def test_a_record_without_pmid_is_a_problem_and_the_others_are_read(pubmed):
    data = (pubmed(pmid="")[: -len("</PubmedArticleSet>")] + pubmed()[len("<PubmedArticleSet>") :]).encode()
    first, second = read_bytes(data, "two.xml")
    assert isinstance(first, Problem)
    assert first.subject == "two.xml: record 1"
    assert second[0].pmid == "7001"


def test_a_damaged_record_is_a_problem_and_the_others_are_read(pubmed):
    inner = [
        pubmed(pmid=f"<PMID>{n}</PMID>")[len("<PubmedArticleSet>") : -len("</PubmedArticleSet>")] for n in (1, 2, 3)
    ]
    inner[1] = inner[1].replace("A title.", "5 < 6 & more")
    items = list(read_bytes(f"<PubmedArticleSet>{''.join(inner)}</PubmedArticleSet>".encode(), "three.xml"))
    assert [item.subject if isinstance(item, Problem) else item[0].pmid for item in items] == [
        "1",
        "three.xml: PMID 2",
        "3",
    ]


def test_a_cut_file_gives_what_was_whole_and_then_a_problem(pubmed):
    inner = [pubmed(pmid=f"<PMID>{n}</PMID>")[len("<PubmedArticleSet>") : -len("</PubmedArticleSet>")] for n in (1, 2)]
    data = f"<PubmedArticleSet>{''.join(inner)}".encode()[:-90]
    whole, cut = read_bytes(data, "cut.xml")
    assert whole[0].pmid == "1"
    assert isinstance(cut, Problem)
    assert cut.hint


def test_a_file_cut_between_records_is_told_from_a_whole_one(pubmed):
    whole, cut = read_bytes(pubmed().encode().removesuffix(b"</PubmedArticleSet>"), "cut.xml")
    assert whole[0].pmid == "7001"
    assert isinstance(cut, Problem)


def test_a_file_cut_before_the_first_end_is_an_error(pubmed):
    with pytest.raises(ReadError, match=r"cut\.xml"):
        list(read_bytes(pubmed().encode()[:150], "cut.xml"))


def test_text_in_windows_latin_in_one_record_is_read_all_the_same(pubmed):
    data = pubmed(title="<ArticleTitle>Dose in \xb5g.</ArticleTitle>").encode("cp1252")
    ((record, _),) = read_bytes(data, "latin.xml")
    assert record.title == "Dose in µg."


def test_an_empty_set_holds_nothing():
    assert list(read_bytes(b"<?xml version='1.0'?><PubmedArticleSet></PubmedArticleSet>", "none.xml")) == []


def test_next_years_dtd_and_its_new_tags_are_read_without_the_network(pubmed, read_one, monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    dtd = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2099//EN" "{}">'
    for address in ("https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_990101.dtd", "http://127.0.0.1:9/x.dtd"):
        text = dtd.format(address) + pubmed(citation="<PlainLanguage New='Y'>Words.</PlainLanguage>")
        assert read_one(text)[0].title == "A title."


def test_an_unchanged_tree_reads_like_its_bytes(pubmed):
    data = pubmed(title="<ArticleTitle>Loss of <i>ABC1</i>.</ArticleTitle>").encode()
    assert list(read_tree(etree.fromstring(data), "one.xml")) == list(read_bytes(data, "one.xml"))

from datetime import date

import pytest
from lxml import etree

from litreview.model.bibliography import PartialDate, Record
from litreview.pubmed.entry import from_article, from_record
from litreview.pubmed.matching import ClauseHits, Index, explain, losing
from litreview.pubmed.query import parse

CASE = """<PubmedArticle><MedlineCitation Status="MEDLINE">
  <PMID Version="1">101</PMID>
  <DateCompleted><Year>2021</Year><Month>02</Month><Day>03</Day></DateCompleted>
  <DateRevised><Year>2022</Year><Month>04</Month><Day>05</Day></DateRevised>
  <Article><Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>7</Volume><Issue>2</Issue>
      <PubDate><Year>2020</Year><Month>Jun</Month></PubDate></JournalIssue>
      <Title>Journal of Marrow Letters</Title><ISOAbbreviation>J Marrow Lett</ISOAbbreviation></Journal>
    <ArticleTitle>Anti-CD20 for <i>immune</i> h\u00e6molysis in Sj\u00f6gren\u2019s disease.</ArticleTitle>
    <ELocationID EIdType="doi">10.1/AbC-1</ELocationID>
    <Abstract><AbstractText Label="CASE">A boy had severe immune thrombocytopenia and anemia.</AbstractText>
      <AbstractText>Platelets rose.</AbstractText></Abstract>
    <AuthorList><Author><LastName>M\u00fcller</LastName><ForeName>Jane Ann</ForeName><Initials>JA</Initials>
      <AffiliationInfo><Affiliation>Clinic, Basel</Affiliation></AffiliationInfo></Author>
      <Author><LastName>Lee</LastName><ForeName>Kim</ForeName><Initials>K</Initials></Author></AuthorList>
    <Language>ger</Language>
    <PublicationTypeList><PublicationType>Case Reports</PublicationType></PublicationTypeList>
    <ArticleDate DateType="Electronic"><Year>2019</Year><Month>12</Month><Day>30</Day></ArticleDate></Article>
  <ChemicalList><Chemical><RegistryNumber>4F4X42SYQ6</RegistryNumber><NameOfSubstance>Rituximab</NameOfSubstance>
  </Chemical></ChemicalList>
  <MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN="Y">Anemia, Hemolytic</DescriptorName></MeshHeading>
    <MeshHeading><DescriptorName MajorTopicYN="N">Transplants</DescriptorName>
      <QualifierName MajorTopicYN="N">adverse effects</QualifierName></MeshHeading></MeshHeadingList>
  <KeywordList><Keyword>plasma cells</Keyword></KeywordList></MedlineCitation>
 <PubmedData><History><PubMedPubDate PubStatus="entrez"><Year>2020</Year><Month>1</Month><Day>2</Day></PubMedPubDate>
   <PubMedPubDate PubStatus="medline"><Year>2021</Year><Month>3</Month><Day>4</Day></PubMedPubDate></History>
   <ArticleIdList><ArticleId IdType="pmc">PMC900</ArticleId><ArticleId IdType="pii">S-1(2)</ArticleId></ArticleIdList>
   <ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9/cited</ArticleId>
     <ArticleId IdType="pubmed">55</ArticleId></ArticleIdList></Reference></ReferenceList>
 </PubmedData></PubmedArticle>"""


def index_of(*texts, **options):
    return Index((from_article(etree.fromstring(text)) for text in texts), today=lambda: date(2021, 6, 30), **options)


@pytest.fixture(scope="module")
def one():
    return index_of(CASE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("immune haemolysis[ti]", True),
        ("HAEMOLYSIS", True),
        ("sjogren[ti]", True),
        ("Sjögren's", True),
        ("anti cd20[ti]", True),
        ("anti-CD20", True),
        ("thrombocytopenia[ti]", False),
        ("thrombocytopenia[tiab]", True),
        ("thrombocyt*[tiab]", True),
        ('"severe immune thrombo*"[tiab]', True),
        ('"immune severe"[tiab]', False),
        ('"anemia platelets"[tiab]', False),
        ('"boy thrombocytopenia"[tiab:~3]', True),
        ('"thrombocytopenia boy"[tiab:~3]', True),
        ('"boy thrombocytopenia"[tiab:~2]', False),
        ('"plasma cells"[tiab]', True),
        ('"plasma cells"[ot]', True),
        ("transplants[tiab]", False),
        ("transplants[tw]", True),
        ("basel", True),
        ("basel[tw]", False),
        ("basel[ad]", True),
        ("anemia, hemolytic[mh]", True),
        ("anemia[mh]", False),
        ("anemia*[mh]", True),
        ("transplants/adverse effects[mh]", True),
        ("anemia, hemolytic[majr]", True),
        ("transplants[majr]", False),
        ("adverse effects[sh]", True),
        ("case reports[pt]", True),
        ("reports[pt]", False),
        ("german[la]", True),
        ("ger[la]", True),
        ("english[la]", False),
        ("muller ja[au]", True),
        ("muller j[au]", True),
        ("muller[au]", True),
        ('"muller j"[au]', False),
        ('"muller ja"[au]', True),
        ("mull[au]", False),
        ("mull*[au]", True),
        ("Jane Ann Müller[au]", True),
        ("lee k[1au]", False),
        ("lee k[lastau]", True),
        ("j marrow lett[ta]", True),
        ("Journal of Marrow Letters[jour]", True),
        ("1234-5678[ta]", True),
        ("marrow[ta]", False),
        ("rituximab[nm]", True),
        ("4F4X42SYQ6[rn]", True),
        ("2020[dp]", True),
        ("2019[dp]", True),
        ("2018[dp]", False),
        ("2020/06[dp]", True),
        ("2020/07[dp]", False),
        ("2019/12/30[dp]", True),
        ("2019/12/31:2020/06[dp]", True),
        ("2021:3000[dp]", False),
        ("2020/01/02[edat]", True),
        ('"2020/01/03"[edat] : "3000"[edat]', False),
        ("2020/01/02[crdt]", True),
        ("2021/03[mhda]", True),
        ("2022/04/05[lr]", True),
        ("2021/02/03[dcom]", True),
        ('"last 2 years"[edat]', True),
        ('"last 90 days"[edat]', False),
        ("101[pmid]", True),
        ("100:102[uid]", True),
        ("102:200[uid]", False),
        ("101", True),
        ("10.1/abc-1[doi]", True),
        ("10.1/abc-1[aid]", True),
        ('"S-1(2)"[aid]', True),
        ("10.9/cited[doi]", False),
        ("PMC900[pmc]", True),
        ("900[pmc]", True),
        ("medline[sb]", True),
        ('"free full text"[sb]', True),
        ("publisher[sb]", False),
        ("all[sb]", True),
        ("hasabstract", True),
        ("anemia NOT boy", False),
        ("anemia NOT girl", True),
        ("girl OR boy", True),
        ("girl AND boy", False),
    ],
)
def test_query_finds_the_record_or_not(one, query, found):
    assert (one.find(parse(query)) == ("101",)) is found


def test_narrower_headings_are_searched_unless_forbidden():
    index = index_of(CASE, narrower={"Anemia": ["Anemia, Hemolytic"], "Blood Diseases": ["anemia"]})

    assert index.find(parse("blood diseases[mh]")) == ("101",)
    assert index.find(parse("blood diseases[mh:noexp]")) == ()


def test_record_without_abstract_has_none():
    index = index_of("<PubmedArticle><MedlineCitation><PMID>9</PMID></MedlineCitation></PubmedArticle>")

    assert index.find(parse("hasabstract")) == ()
    assert index.find(parse("all[sb]")) == ("9",)


@pytest.mark.parametrize(
    ("printed", "query"),
    [("1998 Dec-1999 Jan", "1998/12[dp]"), ("2005 Summer", "2005[dp]"), ("2021 Jul-Sep", "2021/07[dp]")],
)
def test_printed_date_in_words_counts_from_its_beginning(printed, query):
    dated = (
        "<PubmedArticle><MedlineCitation><PMID>9</PMID><Article><Journal><JournalIssue><PubDate>"
        f"<MedlineDate>{printed}</MedlineDate></PubDate></JournalIssue></Journal></Article>"
        "</MedlineCitation></PubmedArticle>"
    )

    assert index_of(dated).find(parse(query)) == ("9",)


def test_later_version_of_a_record_replaces_the_earlier_one():
    index = index_of(CASE, CASE.replace("thrombocytopenia", "neutropenia"))

    assert len(index) == 1
    assert index.find(parse("thrombocytopenia")) == ()
    assert index.find(parse("neutropenia")) == ("101",)


def test_a_query_asked_again_sees_what_came_since_and_the_day_that_it_is():
    day = date(2021, 6, 30)
    index = Index(today=lambda: day)
    tree = parse('thrombocytopenia AND "last 5 years"[edat]')

    assert index.find(tree) == ()
    index.add(from_article(etree.fromstring(CASE)))
    assert index.find(tree) == ("101",)
    day = date(2031, 6, 30)
    assert index.find(tree) == ()


def test_each_part_of_a_query_is_told_with_its_hits(one):
    assert explain("anemia AND (girl OR boy[tiab])", one) == (
        ClauseHits('"anemia"[All Fields] AND ("girl"[All Fields] OR "boy"[Title/Abstract])', 1),
        ClauseHits('"anemia"[All Fields]', 1),
        ClauseHits('"girl"[All Fields] OR "boy"[Title/Abstract]', 1),
        ClauseHits('"girl"[All Fields]', 0),
        ClauseHits('"boy"[Title/Abstract]', 1),
    )


def test_record_of_the_model_is_searched_like_its_xml():
    record = Record(
        title="Immune anemia", pmid="7", authors=("Lee K",), published=PartialDate(2020, 5), language="eng",
        mesh_terms=("Anemia",), publication_types=("Case Reports",), doi="10.1/x", pmcid="PMC1", abstract="A boy.",
    )  # fmt: skip
    index = Index([from_record(record)])

    query = (
        "immune anemia[ti] AND lee k[1au] AND 2020/05[dp] AND english[la] AND anemia[mh] AND case reports[pt]"
        " AND 10.1/x[doi] AND pmc1[pmc] AND boy[tiab] AND hasabstract AND 7[uid]"
    )
    assert index.find(parse(query)) == ("7",)


@pytest.mark.parametrize(
    ("query", "lost_by"),
    [
        ("anemia AND boy", ()),
        ("anemia AND girl", ('"girl"[All Fields]',)),
        ("anemia AND (girl OR woman) AND german[la]", ('"girl"[All Fields] OR "woman"[All Fields]',)),
        ("anemia NOT case reports[pt]", ('NOT "case reports"[Publication Type]',)),
        ("(anemia AND girl) NOT boy", ('"girl"[All Fields]', 'NOT "boy"[All Fields]')),
    ],
)
def test_parts_that_lose_a_record_are_named(query, lost_by):
    assert losing(query, from_article(etree.fromstring(CASE))) == lost_by


def test_records_without_pmid_stand_beside_one_another():
    index = Index([from_record(Record(title="First")), from_record(Record(title="Second"))])

    assert len(index) == 2
    assert index.places(parse("first OR second")) == {0, 1}

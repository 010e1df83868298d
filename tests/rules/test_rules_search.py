"""The shipped searches, evaluated as PubMed evaluates them, against the demonstration corpus and invented records."""

import csv

import pytest
from lxml import etree

from litreview import resources
from litreview.model.bibliography import Record
from litreview.pubmed.collection import load as load_collection
from litreview.pubmed.entry import from_article, from_record
from litreview.pubmed.matching import Index
from litreview.pubmed.query import parse, read
from litreview.rules import load


@pytest.fixture(scope="module")
def topic():
    return load("anti_cd38_cytopenia")


@pytest.fixture(scope="module")
def corpus():
    return load_collection(resources.corpus_dir()).index


@pytest.fixture(scope="module")
def relevant():
    with (resources.corpus_dir() / "gold" / "reports.csv").open(encoding="utf-8") as handle:
        return {row["pmid"] for row in csv.DictReader(handle) if row["relevant"] == "yes"}


def found(search, index, without=frozenset()):
    return set(index.find(parse(search.text(without=without))))


def finds(search, *, title, abstract="", without=frozenset()):
    index = Index([from_record(Record(title=title, abstract=abstract, pmid="1"))])
    return bool(found(search, index, without))


def test_default_search_finds_every_relevant_report_of_the_corpus(topic, corpus, relevant):
    assert relevant <= found(topic.search(), corpus)


def test_search_as_the_review_states_it_misses_reports_that_the_default_finds(topic, corpus, relevant):
    literal = found(topic.search("review"), corpus)

    missed = relevant - literal

    assert literal < found(topic.search(), corpus)
    assert {"90000003", "90000008", "90000009", "90000015", "90000020", "90000021"} <= missed


def test_default_search_is_called_expanded_and_the_review_s_own_is_kept(topic):
    assert topic.search().name == "expanded"
    assert [search.name for search in topic.searches] == ["expanded", "review"]


@pytest.mark.parametrize("name", ["expanded", "review"])
def test_searches_are_read_without_a_complaint(name, topic):
    assert read(topic.search(name).text()).complaints == ()


def test_default_search_leaves_myeloma_to_screening(topic):
    assert "NOT" not in topic.search().text().split()
    assert "myeloma" not in topic.search().text()


TITLES = [
    pytest.param("Daratumumab for pure red cell aplasia", id="pure-red-cell-aplasia"),
    pytest.param("Haemolysis cured by isatuximab", id="british-spelling"),
    pytest.param("Anti-CD38 antibody for Evans' syndrome", id="class-and-possessive"),
    pytest.param("CD38-directed treatment of thrombocytopaenia", id="directed-and-digraph"),
    pytest.param("Felzartamab in ITP", id="newer-antibody"),
    pytest.param("Plasma cell depletion after cord blood transplantation", id="cell-instead-of-drug"),
    pytest.param("Daratumumab ends immune neutropenia", id="neutropenia"),
    pytest.param("Daratumumab and persistent isohaemagglutinins", id="cause-instead-of-disease"),
    pytest.param("Darzalex in two children with autoimmune disease of the blood", id="brand"),
    pytest.param("Daratumumab after allo-HSCT", id="setting-only"),
    pytest.param("Daratumumab for autoimmune cytopenias", id="plural"),
]


@pytest.mark.parametrize("title", TITLES)
def test_default_search_finds_a_report_by_its_title_alone(title, topic):
    assert finds(topic.search(), title=title)


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Daratumumab for lupus nephritis", id="another-disease"),
        pytest.param("Rituximab for immune thrombocytopenia", id="another-antibody"),
        pytest.param("CD38 expression on platelets", id="target-without-an-antibody"),
        pytest.param("Neutrophils in myeloma", id="neither"),
    ],
)
def test_default_search_passes_over_what_lacks_one_of_its_blocks(title, topic):
    assert not finds(topic.search(), title=title)


@pytest.mark.parametrize(
    ("clause", "title"),
    [
        pytest.param("isatuximab", "Isatuximab for hemolysis", id="isatuximab"),
        pytest.param("newer antibodies", "Mezagitamab for hemolysis", id="newer"),
        pytest.param("plasma cells", "Plasma cell depletion in hemolysis", id="plasma-cells"),
        pytest.param("red cell aplasia", "Daratumumab for PRCA", id="red-cell-aplasia"),
        pytest.param("transplantation", "Daratumumab after haploidentical grafts", id="transplantation"),
        pytest.param("Evans syndrome", "Daratumumab for Evans syndrome", id="evans"),
    ],
)
def test_a_clause_that_is_switched_off_no_longer_finds_its_reports(clause, title, topic):
    assert finds(topic.search(), title=title)
    assert not finds(topic.search(), title=title, without=frozenset({clause}))


def test_every_clause_says_why_it_is_there_under_a_name_of_its_own(topic):
    clauses = [clause for part in topic.search().blocks.values() for clause in part]

    assert len({clause.name for clause in clauses}) == len(clauses)
    assert all(clause.why.endswith(".") for clause in clauses)


def test_indexed_report_is_found_by_its_headings(topic):
    record = etree.fromstring(
        "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>A boy.</ArticleTitle></Article>"
        "<ChemicalList><Chemical><NameOfSubstance>daratumumab</NameOfSubstance></Chemical></ChemicalList>"
        "<MeshHeadingList><MeshHeading><DescriptorName>Red-Cell Aplasia, Pure</DescriptorName></MeshHeading>"
        "</MeshHeadingList></MedlineCitation></PubmedArticle>"
    )
    assert found(topic.search(), Index([from_article(record)])) == {"7"}

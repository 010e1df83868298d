import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.errors import UsageError
from litreview.pubmed.query import parse, read
from litreview.pubmed.tree import Complaint


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("anemia", '"anemia"[All Fields]'),
        ("immune anemia", '"immune"[All Fields] AND "anemia"[All Fields]'),
        ("cause of anemia", '"cause"[All Fields] AND "anemia"[All Fields]'),
        ('"immune anemia"', '"immune anemia"[All Fields]'),
        ("immune anemi*", '"immune anemi*"[All Fields]'),
        ("immune anemia[ti]", '"immune anemia"[Title]'),
        ("a1 OR b1 AND c1", '("a1"[All Fields] OR "b1"[All Fields]) AND "c1"[All Fields]'),
        ("a1 OR (b1 AND c1)", '"a1"[All Fields] OR ("b1"[All Fields] AND "c1"[All Fields])'),
        ("a1 AND NOT b1", '"a1"[All Fields] NOT "b1"[All Fields]'),
        ("NOT b1", 'all[sb] NOT "b1"[All Fields]'),
        ("a1 (b1 OR c1)", '"a1"[All Fields] AND ("b1"[All Fields] OR "c1"[All Fields])'),
        ("2018:2021[dp]", "2018:2021[Publication Date]"),
        ('"2018/01/01"[edat] : "3000"[edat]', "2018/01/01:3000[Entry Date]"),
        ('("2018"[Date - Publication] : "3000"[Date - Publication])', "2018:3000[Publication Date]"),
        ("1:200[uid]", "1:200[UID]"),
        ("hasabstract", "hasabstract"),
        ("hasabstract[text]", "hasabstract"),
        ('"cell graft"[tiab:~3]', '"cell graft"[Title/Abstract:~3]'),
        ("“immune anemia”[ti]", '"immune anemia"[Title]'),
        ("Anemia[MeSH Terms : noexp]", '"Anemia"[MeSH Terms:noexp]'),
    ],
)
def test_query_is_understood_as_pubmed_reads_it(query, understood):
    assert str(parse(query)) == understood


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ti", "Title"), ("Title", "Title"), ("tiab", "Title/Abstract"), ("Title/Abstract", "Title/Abstract"),
        ("tw", "Text Word"), ("Text Word", "Text Word"), ("all", "All Fields"), ("All Fields", "All Fields"),
        ("mh", "MeSH Terms"), ("MeSH Terms", "MeSH Terms"), ("mesh", "MeSH Terms"), ("majr", "MeSH Major Topic"),
        ("mesh:noexp", "MeSH Terms:noexp"), ("pt", "Publication Type"), ("Publication Type", "Publication Type"),
        ("la", "Language"), ("Language", "Language"), ("au", "Author"), ("Author", "Author"),
        ("1au", "Author - First"), ("ta", "Journal"), ("jour", "Journal"), ("Journal", "Journal"),
        ("dp", "Publication Date"), ("pdat", "Publication Date"), ("Date - Publication", "Publication Date"),
        ("edat", "Entry Date"), ("crdt", "Create Date"), ("mhda", "MeSH Date"), ("lr", "Modification Date"),
        ("dcom", "Completion Date"), ("pmid", "UID"), ("uid", "UID"), ("doi", "DOI"), ("aid", "Article Identifier"),
        ("pmc", "PMC"), ("nm", "Supplementary Concept"), ("ot", "Other Term"), ("sb", "Filter"), ("Filter", "Filter"),
    ],
)  # fmt: skip
def test_field_tag_is_known_in_its_short_and_long_form(tag, name):
    assert str(parse(f"words[{tag}]")) == f'"words"[{name}]'


@pytest.mark.parametrize(
    ("query", "kept", "kind"),
    [
        ("(anemia", '"anemia"[All Fields]', "syntax"),
        ("anemia)", '"anemia"[All Fields]', "syntax"),
        ("anemia AND", '"anemia"[All Fields]', "syntax"),
        ("OR anemia", '"anemia"[All Fields]', "syntax"),
        ("anemia OR AND graft", '"anemia"[All Fields] OR "graft"[All Fields]', "syntax"),
        ("[ti] anemia", '"anemia"[All Fields]', "syntax"),
        ('anemia "graft', '"anemia"[All Fields] AND "graft"[All Fields]', "syntax"),
        ("anemia[wrong]", '"anemia"[All Fields]', "FieldNotFound"),
        ("anemia and graft", '"anemia"[All Fields] AND "graft"[All Fields]', "PhraseIgnored"),
        ("ane*", '"ane"[All Fields]', "PhraseIgnored"),
        ("anemia AND ()", '"anemia"[All Fields]', None),
    ],
)
def test_what_is_not_well_formed_is_repaired_and_told(query, kept, kind):
    understood = read(query)

    assert str(understood.tree) == kept
    assert [complaint.kind for complaint in understood.complaints] == ([kind] if kind else [])


@pytest.mark.parametrize("query", ["(anemia", "anemia AND", "anemia[wrong]", "", "   ", "()", '"'])
def test_parsing_directly_refuses_what_pubmed_would_repair(query):
    with pytest.raises(UsageError) as caught:
        parse(query)

    assert caught.value.hint


def test_callers_term_mapping_widens_untagged_words_only():
    mapping = {"bone marrow": '"bone marrow"[mh]'}

    assert str(read("bone marrow failure", mapping=mapping).tree) == (
        '("bone marrow"[MeSH Terms] OR "bone marrow"[All Fields]) AND "failure"[All Fields]'
    )
    assert str(read("bone marrow[ti]", mapping=mapping).tree) == '"bone marrow"[Title]'


def test_unknown_field_is_named():
    assert read("x1[wrong]").complaints == (Complaint("FieldNotFound", "wrong"),)


@given(st.lists(st.sampled_from(["a1", '"', "(", ")", "[ti]", "[", "]", ":", "OR", "AND", "NOT", "*", "#", "-"])))
def test_any_text_is_read_somehow(pieces):
    understood = read(" ".join(pieces))

    assert understood.tree is None or str(understood.tree)


@given(st.text())
def test_any_characters_are_read_somehow(text):
    assert read(text).text == text


def test_endless_nesting_is_cut_and_told():
    understood = read("(" * 5000 + "anemia")

    assert str(understood.tree) == '"anemia"[All Fields]'
    assert understood.complaints


@pytest.mark.parametrize(
    "query", ["a1 OR (b1 AND c1) NOT d1", "2018:2021[dp] b1*[ti]", '"x y"[tiab:~2] OR hasabstract']
)
def test_translation_is_itself_a_query_that_means_the_same(query):
    once = str(read(query).tree)

    assert str(read(once).tree) == once

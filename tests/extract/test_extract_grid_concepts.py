import re

import pytest
from extract_tables import vocabulary
from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.concepts import concepts
from litreview.model.vocabulary import Entry, Vocabulary, term_pattern

DRUGS = Vocabulary(
    name="drugs",
    entries=(
        Entry(value="steroids", terms=("prednisolone", "steroid pulse", "MP"), tags=("drug",)),
        Entry(value="globulin", terms=("immunoglobulin",), tags=("drug",)),
        Entry(value="replacement", terms=("immunoglobulin replacement",)),
        Entry(value="antibody", terms=("anti-X12", "β-blocker"), patterns=(r"\bmonoclonals?\b",), tags=("drug",)),
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prednisolone was given", [("steroids", "Prednisolone")]),
        ("a steroid-pulse, then a steroid  pulse", [("steroids", "steroid-pulse"), ("steroids", "steroid  pulse")]),
        ("MP but not mp or MPN", [("steroids", "MP")]),
        ("methylprednisolone", []),
        (
            "anti-X12, anti X12, antiX12, anti–X12",
            [("antibody", w) for w in ("anti-X12", "anti X12", "antiX12", "anti–X12")],
        ),
        ("immunoglobulin replacement", [("replacement", "immunoglobulin replacement")]),
        ("a β-blocker and monoclonals", [("antibody", "β-blocker"), ("antibody", "monoclonals")]),
        ("", []),
    ],
)
def test_concepts_are_whole_words_and_the_longest_wins(text, expected):
    assert [(value, text[start:end]) for value, start, end in concepts(text, DRUGS)] == expected


def test_a_tag_narrows_what_is_left():
    assert concepts("immunoglobulin replacement", DRUGS, "drug") == ()
    assert [value for value, _, _ in concepts("immunoglobulin", DRUGS, "drug")] == ["globulin"]


def test_two_vocabularies_of_one_name_are_not_mixed_up():
    one, other = vocabulary("x", a=("word",)), vocabulary("x", b=("word",))
    assert [concepts("word", each)[0][0] for each in (one, other, one)] == ["a", "b", "a"]


TERMS = st.text(alphabet="abAB1-– .+", min_size=1, max_size=7).filter(
    lambda term: term.strip() == term and any(map(str.isalnum, term))
)


@given(TERMS, st.text(alphabet="abAB1-– .+β_\n", max_size=25))
def test_a_term_is_found_where_its_pattern_says(term, text):
    found = {(start, end) for _, start, end in concepts(text, vocabulary("x", a=(term,)))}
    first = re.compile(term_pattern(term), re.IGNORECASE).search(text)
    assert bool(found) == bool(first)
    assert all(re.compile(term_pattern(term), re.IGNORECASE).match(text, start) for start, _ in found)


def test_a_family_of_names_keeps_the_words_of_its_member():
    family = Entry(value="gene defect", patterns=(r"\b[A-Z]{3}\d\s+deficiency\b",), as_printed=True)

    found = concepts("a boy with ABC1\n deficiency", Vocabulary(name="diseases", entries=(family,)))

    assert [value for value, _, _ in found] == ["ABC1 deficiency"]

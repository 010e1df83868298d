"""Concepts of a vocabulary in a text: the longest words win, and a term that is all of the text is alone in it."""

import pytest

from litreview.extract.concepts import concepts
from litreview.model.vocabulary import Entry, Vocabulary

DRUGS = Vocabulary(
    name="drugs",
    entries=(
        Entry(value="cyclosporine", terms=("cyclosporine", "CsA")),
        Entry(value="another cyclosporine", terms=("cyclosporine A", "CsA")),
        Entry(value="any drug", patterns=(r"\w+ A\b", r"CsA")),
    ),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cyclosporine", [("cyclosporine", 0, 12)]),
        ("Cyclosporine A", [("another cyclosporine", 0, 14)]),
        ("CsA", [("cyclosporine", 0, 3)]),
        ("vitamin A", [("any drug", 0, 9)]),
        ("(CsA)", [("cyclosporine", 1, 4)]),
        ("CsA, cyclosporine", [("cyclosporine", 0, 3), ("cyclosporine", 5, 17)]),
    ],
    ids=["a term", "the longer term", "the first of equal terms", "a pattern", "a term in brackets", "two terms"],
)
def test_the_longest_words_are_the_concept_and_of_equal_ones_the_first_entry_s(text, found):
    assert list(concepts(text, DRUGS)) == found

"""Which entry of a vocabulary words stand for as a whole."""

import pytest

from litreview.model.vocabulary import Entry, Vocabulary
from litreview.model.written import concept

LITERAL = Entry(value="literal", terms=("graft loss",))
PATTERNED = Entry(value="patterned", patterns=(r"graft[\s-]+\w+",))


@pytest.mark.parametrize(
    ("entries", "words", "value"),
    [
        ((LITERAL, PATTERNED), "Graft-loss", "literal"),
        ((PATTERNED, LITERAL), "graft loss", "patterned"),
        ((LITERAL, PATTERNED), "graft failure", "patterned"),
        ((Entry(value="first", terms=("GL",)), Entry(value="GL")), "GL", "first"),
        ((Entry(value="GL"), Entry(value="second", terms=("GL",))), "GL", "GL"),
    ],
    ids=["a term before a pattern", "a pattern before a term", "a pattern alone", "a term first", "a value first"],
)
def test_of_entries_that_are_written_alike_the_first_is_meant(entries, words, value):
    found = concept(words, Vocabulary(name="outcomes", entries=entries))

    assert found is not None
    assert found.value == value


def test_words_that_are_written_like_no_entry_stand_for_none():
    assert concept("loss of a graft", Vocabulary(name="outcomes", entries=(LITERAL, PATTERNED))) is None

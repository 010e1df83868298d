from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serve_values import TEXT, cell_evidence, paper, span, table

from litreview.model.document import Document, Span
from litreview.serve.paper import Mark, cut, show


def pieces(block):
    return [*block.pieces, *block.caption, *chain(*block.foot), *chain(*(c.pieces for row in block.rows for c in row))]


def words_under(found, anchor):
    return "".join(p.text for b in found.blocks for p in pieces(b) for m in p.marks if m.anchor == anchor)


def text_of(found):
    return " ".join("".join(piece.text for piece in pieces(block)) for block in found.blocks)


def openings(found, anchor):
    return sum(anchor in piece.opens for block in found.blocks for piece in pieces(block))


@pytest.mark.parametrize("licence", ["CC BY", ""], ids=["whole", "passages"])
@pytest.mark.parametrize(
    "place",
    [
        span("34-year-old man"),
        span("alive"),
        span("Outcome."),
        span("days after the bite"),
        span("Polyval"),
        span("Table 1"),
    ],
    ids=["paragraph", "cell", "caption", "foot", "paragraph's end", "heading"],
)
def test_marked_words_are_exactly_the_quote_wherever_they_stand(licence, place):
    found = show(paper(licence), [Mark(place, "m")])
    assert words_under(found, "m") == TEXT[place.start : place.end]
    assert openings(found, "m") == 1


def test_marks_that_overlap_keep_their_own_words():
    one, two = span("34-year-old man with grade II"), span("grade II bites")
    found = show(paper(), [Mark(one, "one"), Mark(two, "two")])
    assert words_under(found, "one") == "34-year-old man with grade II"
    assert words_under(found, "two") == "grade II bites"


def test_words_over_several_cells_are_marked_in_each():
    first, last = cell_evidence(1, 0).span, cell_evidence(1, 2).span
    found = show(paper(), [Mark(first.joined(last), "row")])
    assert words_under(found, "row") == "12alive"
    assert openings(found, "row") == 1


def test_a_text_that_may_be_passed_on_is_shown_whole_and_in_order():
    found = show(paper(), [])
    assert found.whole
    assert [block.kind for block in found.blocks] == ["title", "heading", "paragraph", "paragraph", "table"]
    assert "Nothing rests on this last sentence." in text_of(found)


def test_of_any_other_text_only_the_sentences_with_marks_are_shown():
    found = show(paper(""), [Mark(span("Both lived"), "m")])
    assert not found.whole
    assert text_of(found).strip() == "Both lived."


def test_of_any_other_table_only_the_rows_with_marks_and_the_header_are_shown():
    (block,) = show(paper(""), [Mark(cell_evidence(2, 2).span, "m")]).blocks
    assert [["".join(p.text for p in square.pieces) for square in row] for row in block.rows] == [
        ["Patient", "Day", "Outcome"],
        ["2", "9", "dead"],
    ]
    assert block.foot == ()


def test_a_paper_without_marks_or_licence_shows_nothing():
    assert show(paper(""), []).blocks == ()


def test_a_text_that_no_reader_told_paragraphs_apart_in_is_shown_by_lines():
    plain = Document("d", "fulltext", "text", "a.txt", "One line.\n\nAnother line.", licence="CC BY")
    found = show(plain, [Mark(Span(11, 18), "m")])
    assert [block.kind for block in found.blocks] == ["other", "other"]
    assert words_under(found, "m") == "Another"


def test_a_place_outside_the_text_is_no_mark():
    found = show(paper(), [Mark(Span(len(TEXT) - 3, len(TEXT) + 9), "m"), Mark(Span(5, 5), "n")])
    assert words_under(found, "m") == words_under(found, "n") == ""


def test_characters_that_turn_the_reading_direction_are_made_visible():
    shown = text_of(show(paper(), []))
    assert "\u202e" not in shown
    assert "hidden \N{REPLACEMENT CHARACTER}word\N{REPLACEMENT CHARACTER} stays" in shown


def test_a_heading_that_only_repeats_the_table_s_label_is_left_out():
    (shown,) = (block for block in show(paper(), []).blocks if block.kind == "table")
    assert shown.label == table().label
    assert "Table 1" not in text_of(show(paper(), []))


# How fast examples come tells of the machine, not of the code.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=8), st.integers(0, 20), st.integers(1, 30))
def test_pieces_together_are_the_text_and_each_mark_its_words(places, start, length):
    text = "abcdefghij" * 6
    whole = Span(start, start + length)
    marks = [Mark(Span(at, at + size), f"m{n}") for n, (at, size) in enumerate(places)]
    found = cut(text, whole, marks)
    assert "".join(piece.text for piece in found) == text[whole.start : whole.end]
    for mark in marks:
        shared = (
            text[max(mark.span.start, whole.start) : min(mark.span.end, whole.end)] if mark.span.overlaps(whole) else ""
        )
        assert "".join(piece.text for piece in found if mark in piece.marks) == shared

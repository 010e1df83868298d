import pytest

from litreview.extract.sentences import sentences
from litreview.model.document import Document, Section, Span


def document(*paragraphs: str, kinds: tuple[str, ...] = ()) -> Document:
    text, spans = "", []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        spans.append(Span(len(text), len(text) + len(paragraph)))
        text += paragraph
    sections = tuple(Section(kind, span) for kind, span in zip(kinds, spans, strict=False))
    return Document("d", "fulltext", "txt", "test", text, sections, tuple(spans))


@pytest.mark.parametrize(
    "text",
    [
        "She was given 16 mg/kg i.v. weekly and 1800 mg s.c. later.",
        "Counts rose (Fig. 1a) on d +58, vs. 4 before, approx. 5 weeks after no. 3 of six.",
        "The count was 55.000/μl after 10.5 days, p.Phe229Ser having been found.",
        "Oduya et al. Blood 2019 told of it, e.g. Smith or Dr. Vance at St. Oswin, i.e. abroad.",
        "He recovered (see above. That was early) within days.",
        "M. K. Abara treated him.",
        "As in the case of Ostrander et al.2 two doses were enough.",
    ],
    ids=["routes", "figures", "numbers", "names", "brackets", "initials", "reference-number"],
)
def test_a_stop_that_ends_nothing_does_not_cut(text):
    given = document(text)
    assert [given[sentence.span] for sentence in sentences(given)] == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LDH was 9 mg/l. Next day it fell.", ["LDH was 9 mg/l.", "Next day it fell."]),
        ("It reached 5000/mm3. The boy left.", ["It reached 5000/mm3.", "The boy left."]),
        ("Hb was 10.5 g/dL. On day 5 it fell.", ["Hb was 10.5 g/dL.", "On day 5 it fell."]),
        ("It is rare after HSCT.4 Then he bled.", ["It is rare after HSCT.4", "Then he bled."]),
        ("It is rare.[1,2] The cost is high.", ["It is rare.[1,2]", "The cost is high."]),
        ("Case 2. A 58-year-old man bled.", ["Case 2.", "A 58-year-old man bled."]),
        ("(Week 4 was skipped.) Hb rose.", ["(Week 4 was skipped.)", "Hb rose."]),
        ("It was given i.v. On day 3 it failed.", ["It was given i.v.", "On day 3 it failed."]),
        ("He was group A. The donor was O.", ["He was group A.", "The donor was O."]),
        ("It failed. rhTPO was added.", ["It failed.", "rhTPO was added."]),
    ],
)
def test_a_sentence_ends_where_it_ends(text, expected):
    given = document(text)
    assert [given[sentence.span] for sentence in sentences(given)] == expected


def test_a_sentence_stays_in_its_paragraph_and_knows_its_section():
    given = document("no stop here", "And none here", kinds=("abstract", "case"))
    found = sentences(given)
    assert [(given[s.span], s.paragraph, s.section) for s in found] == [
        ("no stop here", 0, "abstract"),
        ("And none here", 1, "case"),
    ]

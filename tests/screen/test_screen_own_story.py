"""The own story of a report: what it tells of its patients, without introduction, discussion and what it cites."""

import pytest

from litreview.model.bibliography import Record
from litreview.model.document import Document, Section, SectionKind, Span
from litreview.rules import load
from litreview.screen.passages import Passages

PARTS: list[tuple[SectionKind, str]] = [
    ("introduction", "Ames gave the drug to nine children."),
    ("case", "A girl was pale. In a like case of Ames et al. the drug was given. She recovered."),
    ("other", "The drug was withheld. It had helped others [4, 5]. She left."),
    ("discussion", "The drug acts on plasma cells."),
]


def told() -> Document:
    text, sections, paragraphs = "", [], []
    for kind, words in PARTS:
        span = Span(len(text), len(text) + len(words))
        text += words + "\n\n"
        sections.append(Section(kind, span, (kind,)))
        paragraphs.append(span)
    return Document("d", "fulltext", "test", "test", text, tuple(sections), tuple(paragraphs))


@pytest.fixture(scope="module")
def topic():
    return load("anti_cd38_cytopenia")


def test_the_own_story_leaves_out_what_others_did(topic):
    own = Passages(Record(title="A girl", abstract="She was pale."), (told(),), topic).own_story
    assert "The drug was withheld" in own
    assert "She recovered" in own
    assert "She left" in own
    assert "nine children" not in own
    assert "Ames" not in own
    assert "helped others" not in own
    assert "plasma cells" not in own


def test_the_own_story_of_a_record_alone_is_its_title_and_abstract(topic):
    assert Passages(Record(title="A girl", abstract="She was pale."), (), topic).own_story == "A girl\nShe was pale."


def test_a_sentence_is_a_line_and_what_stands_in_abstract_and_text_stands_once(topic):
    abstract = "Hb was 4.1 g/dL. Rituximab failed (Fig. 1). She recovered."
    own = Passages(Record(title="A girl. A story", abstract=abstract), (told(),), topic).own_story
    sentences = ["Hb was 4.1 g/dL.", "Rituximab failed (Fig. 1).", "She recovered."]
    assert own.split("\n")[:4] == ["A girl. A story", *sentences]
    assert own.count("She recovered") == 1


def test_the_thread_of_the_intervention_is_what_follows_its_name_until_another_is_named(topic):
    abstract = "She was pale. Daratumumab was tried. Four doses were given. Then rituximab was used. Hb was normal."
    thread = Passages(Record(title="A girl", abstract=abstract), (), topic).thread
    assert thread.split("\n") == ["A girl", "Daratumumab was tried.", "Four doses were given."]

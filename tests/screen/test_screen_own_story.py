"""The own story of a report: what it tells of its patients, without introduction, discussion and what it cites."""

from litreview.model.bibliography import Record
from litreview.model.document import Document, Section, SectionKind, Span
from litreview.screen.passages import passages

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


def test_the_own_story_leaves_out_what_others_did():
    own = passages(Record(title="A girl", abstract="She was pale."), (told(),))["own_story"]
    assert "The drug was withheld" in own
    assert "She recovered" in own
    assert "She left" in own
    assert "nine children" not in own
    assert "Ames" not in own
    assert "helped others" not in own
    assert "plasma cells" not in own


def test_the_own_story_of_a_record_alone_is_its_title_and_abstract():
    assert passages(Record(title="A girl", abstract="She was pale."), ())["own_story"] == "A girl\nShe was pale."


def test_a_sentence_is_a_line_and_what_stands_in_abstract_and_text_stands_once():
    abstract = "Hb was 4.1 g/dL. Rituximab failed (Fig. 1). She recovered."
    own = passages(Record(title="A girl. A story", abstract=abstract), (told(),))["own_story"]
    sentences = ["Hb was 4.1 g/dL.", "Rituximab failed (Fig. 1).", "She recovered."]
    assert own.split("\n")[:4] == ["A girl. A story", *sentences]
    assert own.count("She recovered") == 1

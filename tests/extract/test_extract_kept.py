"""What is kept for a topic or a document says the same as what is asked for anew."""

from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.kept import per_document, per_topic
from litreview.extract.sections import Sections
from litreview.model.clock import Clock
from litreview.model.document import Document, Section, Span
from litreview.model.eligibility import Eligibility
from litreview.model.topic import Topic

spans = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(st.tuples(spans, st.sampled_from(["abstract", "case", "discussion"])), max_size=6))
def test_sections_by_position_are_those_that_the_document_tells(parts: list[tuple[Span, str]]) -> None:
    sections = tuple(Section(kind, span) for span, kind in parts)  # type: ignore[arg-type]
    document = Document("d", "fulltext", "text", "", "x" * 12, sections=sections)

    assert [Sections(document).at(place) for place in range(14)] == [document.section_at(place) for place in range(14)]


def test_what_is_made_of_a_topic_is_made_once_for_each() -> None:
    made: list[str] = []

    @per_topic
    def title(topic: Topic) -> str:
        made.append(topic.title)
        return topic.title

    first, second = _topic("first"), _topic("second")

    assert [title(first), title(second), title(first)] == ["first", "second", "first"]
    assert made == ["first", "second"]


def test_more_topics_than_are_kept_are_made_again_and_not_mixed_up() -> None:
    title = per_topic(lambda topic: topic.title)
    names = [str(number) for number in range(30)]

    assert [title(_topic(name)) for name in names] == names


def test_what_is_made_of_a_document_is_made_once_for_all_its_patients_and_not_for_another_document_or_topic() -> None:
    made: list[str] = []

    @per_document
    def both(document: Document, topic: Topic) -> str:
        made.append(f"{document.text} {topic.title}")
        return made[-1]

    first, second, topic = _document("one"), _document("two"), _topic("topic")

    assert [both(first, topic), both(first, topic), both(second, topic)] == ["one topic", "one topic", "two topic"]
    assert both(second, _topic("other")) == "two other"
    assert made == ["one topic", "two topic", "two other"]


def _topic(title: str) -> Topic:
    return Topic(
        name="a",
        title=title,
        question="",
        version="1",
        clock=Clock(index="a", start="b"),
        events=(),
        eligibility=Eligibility(question="", case_needs=(), exclusions=()),
    )


def _document(text: str) -> Document:
    return Document("d", "abstract", "text", "", text)

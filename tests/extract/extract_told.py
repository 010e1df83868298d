"""Small documents for the tests on who is told of, and a plain view of the answer."""

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from spacy.tokens import Doc

from litreview.extract.parsed import Parsed, Told
from litreview.extract.people.tell import tell
from litreview.extract.sentences import sentences
from litreview.extract.tables.grid import Grid
from litreview.model.document import Document, Section, SectionKind, Span
from litreview.model.topic import Topic
from litreview.rules.load import load

Part = tuple[str, str, str]


@lru_cache(maxsize=1)
def topic() -> Topic:
    return load("anti_cd38_cytopenia")


def document(*parts: Part) -> Document:
    """A document of paragraphs: kind of section, heading (outer / inner), words."""
    text, paragraphs, sections = "", [], []
    for kind, heading, words in parts:
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        text += words
        paragraphs.append(span)
        path = tuple(part.strip() for part in heading.split("/")) if heading else ()
        last = sections[-1] if sections else None
        if last and (last.kind, last.path) == (kind, path) and kind not in ("title", "caption"):
            sections[-1] = Section(last.kind, last.span.joined(span), path)
        else:
            sections.append(Section(cast(SectionKind, kind), span, path))
    return Document("d", "fulltext", "test", "test", text, tuple(sections), tuple(paragraphs))


def case(words: str) -> Document:
    """One paragraph of a case section."""
    return document(("case", "Case report", words))


def told(given: Document, grids: tuple[Grid, ...] = ()) -> Told:
    parsed = Parsed(given, cast(Doc, None), sentences(given), ())
    return tell(parsed, grids, topic())


def sexes(answer: Told) -> list[str]:
    """The sex of every own subject, in order, "" where unknown."""
    return [subject.sex for subject in answer.subjects if subject.source == "own"]


def whose(given: Document, answer: Told, words: str) -> set[int]:
    """The indexes of the patients who are told of by these words, with no mask over them."""
    start = given.text.index(words)
    span = Span(start, start + len(words))
    return {
        index
        for segment in answer.segments
        if span in segment.span and not any(mask.overlaps(span) for mask in segment.masks)
        for index in segment.patients
    }


def roles(given: Document, answer: Told) -> list[tuple[str, str]]:
    """Role and words of every aside, in order."""
    return [(aside.role, given[aside.span].strip()) for aside in answer.asides]


def assignments(given: Document, expected: Iterable[tuple[str, set[int]]]) -> list[tuple[str, set[int]]]:
    """What the document gives for each of the expected words, to compare with them at once."""
    answer = told(given)
    return [(words, whose(given, answer, words)) for words, _ in expected]

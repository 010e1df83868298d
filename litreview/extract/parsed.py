"""What the stages of extraction hand to each other: sentences, mentions, patients, segments."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from litreview.extract.context import Scope
from litreview.extract.sections import Sections
from litreview.model.case import CaseSource
from litreview.model.document import Document, SectionKind, Span
from litreview.model.pattern import Pattern
from litreview.model.rule import Role
from litreview.model.values import dataclass

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from litreview.extract.timeline.time_expression import TimeExpression


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text, with the paragraph (its number in the document) and kind of section it stands in."""

    index: int
    span: Span
    paragraph: int
    section: SectionKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept of a vocabulary where it is mentioned."""

    span: Span
    vocabulary: str
    value: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Parsed:
    """A document with its sentences and mentions, both in the order of the text.

    `document` is as it is read: with blanks for marks that are none of its words. `as_printed` is its text with these,
    where there are any.
    """

    document: Document
    doc: Doc
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    as_printed: str = ""

    def quote(self, span: Span) -> str:
        """The words at a span as printed."""
        return (self.as_printed or self.document.text)[span.start : span.end]

    @cached_property
    def sections(self) -> Sections:
        """The document's sections by position."""
        return Sections(self.document)

    @cached_property
    def mentions_by_sentence(self) -> dict[int, tuple[Mention, ...]]:
        """Mentions by the index of the sentence that holds them."""
        found: dict[int, tuple[Mention, ...]] = {}
        for number, sentence in enumerate(self.sentences):
            start, end = sentence.span.start, sentence.span.end
            inside = self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            if held := tuple([mention for mention in inside if mention.span.end <= end]):
                found[number] = held
        return found

    def paragraph(self, number: int) -> str:
        """The words of a paragraph."""
        if number not in self._paragraphs:
            self._paragraphs[number] = self.document[self.document.paragraphs[number]]
        return self._paragraphs[number]

    @cached_property
    def _paragraphs(self) -> dict[int, str]:
        return {}

    def places(self, regex: Pattern) -> tuple[Span, ...]:
        """Where a pattern matches in the document, taken as one text."""
        if regex not in self._places:
            self._places[regex] = tuple(Span(*match.span()) for match in regex.finditer(self.document.text))
        return self._places[regex]

    @cached_property
    def _places(self) -> dict[Pattern, tuple[Span, ...]]:
        return {}

    @cached_property
    def held_by_text(self) -> dict[str, set[Pattern]]:
        """What may match in the texts of passages, by text: patients share them."""
        return {}

    @cached_property
    def times_by_text(self) -> dict[str, tuple[TimeExpression, ...]]:
        """The times told in the texts of passages, by text."""
        return {}

    @cached_property
    def scopes_by_text(self) -> dict[str, tuple[Scope, ...]]:
        """The contexts in sentences, by text: patients share them."""
        return {}

    def mentions_of(self, vocabulary: str, start: int, end: int) -> Sequence[Mention]:
        """Mentions of a vocabulary's concepts that begin in a part of the text, in order."""
        mentions, starts = self._by_vocabulary.get(vocabulary, ((), ()))
        return mentions[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def _by_vocabulary(self) -> dict[str, tuple[list[Mention], list[int]]]:
        """The mentions of each vocabulary, and where they begin."""
        found: dict[str, tuple[list[Mention], list[int]]] = {}
        for mention in self.mentions:
            mentions, starts = found.setdefault(mention.vocabulary, ([], []))
            mentions.append(mention)
            starts.append(mention.span.start)
        return found

    def mentions_from(self, position: int) -> Iterator[Mention]:
        """Mentions that begin at a position of the text or behind it."""
        return islice(self.mentions, bisect_left(self._starts, position), None)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.span.start for mention in self.mentions]


@dataclass(frozen=True, slots=True)
class Subject:
    """A patient that a document tells of.

    `index` counts from 0 in the order of the document. `source` is `cited` for a patient told from another report,
    whose reference is `citation`. `names` are all ways in which the text refers to the patient alone.
    """

    index: int
    label: str
    source: CaseSource = "own"
    names: tuple[str, ...] = ()
    sex: str = ""
    citation: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or a part of one, that tells of one set of our patients.

    `patients` are indexes of subjects: with several, every member is meant. `masks` are stretches inside `span` that
    are another patient's share ("aged 4 and 9, respectively"): rules see blanks there, offsets stay. `explicit` says
    that the patient is named in the segment, rather than carried over from what came before.
    """

    span: Span
    sentence: int
    patients: tuple[int, ...]
    masks: tuple[Span, ...] = ()
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch about somebody who is not the patient: a donor, a relative, another paper's patient."""

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row (or column) that is one patient's: `grid` counts tables, `row` the grid's people, both from 0."""

    grid: int
    row: int
    patient: int


@dataclass(frozen=True, slots=True)
class Told:
    """A document as extraction sees it: who is told of, and where; asides are in the order of the text."""

    subjects: tuple[Subject, ...]
    segments: tuple[Segment, ...]
    asides: tuple[Aside, ...] = ()
    rows: tuple[Row, ...] = ()

    def role_at(self, span: Span) -> Role:
        """Whom the words at `span` are about: the innermost aside that holds them, else the patient."""
        innermost: Aside | None = None
        for aside in self.asides:
            if aside.span.start > span.start:
                break
            if span.end <= aside.span.end and (innermost is None or len(aside.span) < len(innermost.span)):
                innermost = aside
        return innermost.role if innermost else "patient"

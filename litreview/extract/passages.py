"""Passages: the stretches of a document that tell of one patient, as rules see them."""

from typing import Literal

from litreview.extract.parsed import Parsed, Segment, Sentence
from litreview.model.document import Document, SectionKind, Span
from litreview.model.rule import Phase
from litreview.model.values import dataclass

# Contexts that place words in the course; all others say that a thing was not so, or not the patient's.
# In the order in which they win where a stretch stands in several.
PHASES: tuple[Phase, ...] = ("during", "before", "after", "earlier")


Part = Literal["title", "abstract", "body"]
_BRIEF = ("title", "abstract")


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment as rules see it: its words with other patients' shares blanked, offsets unchanged.

    `part` is the telling it belongs to: an abstract tells the story once, the body again, each in its own order.
    `where` is what it is trusted for: title or abstract, or the kind of section of the body.
    """

    text: str
    span: Span
    segment: Segment
    sentence: Sentence
    sentence_text: str
    part: Part
    where: SectionKind

    def place(self, start: int, end: int) -> Span:
        """A stretch of `text` as a span of the document."""
        return Span(self.span.start + start, self.span.start + end)


def passage_of(segment: Segment, parsed: Parsed) -> Passage:
    """A segment as rules see it."""
    sentence = parsed.sentences[segment.sentence]
    document = parsed.document
    text = text_of(segment, parsed)
    whole = text if sentence.span == segment.span else _blanked(document, sentence.span, segment.masks)
    part = part_of(document, sentence.span)
    where = sentence.section if part == "body" else part
    return Passage(text, segment.span, segment, sentence, whole, part, where)


def text_of(segment: Segment, parsed: Parsed) -> str:
    """A segment's words as rules see them."""
    return _blanked(parsed.document, segment.span, segment.masks)


def _blanked(document: Document, span: Span, masks: tuple[Span, ...]) -> str:
    """The words at a span with blanks for the masks: neither another's items nor a denial meant for others count."""
    if not masks:
        return document[span]
    letters = list(document[span])
    for mask in masks:
        for position in range(max(mask.start, span.start), min(mask.end, span.end)):
            letters[position - span.start] = " "
    return "".join(letters)


def part_of(document: Document, span: Span) -> Part:
    """The telling that a stretch belongs to; the abstract's own "Case presentation" is still the abstract."""
    kinds = [section.kind for section in document.sections if section.kind in _BRIEF and span in section.span]
    return "title" if "title" in kinds else "abstract" if "abstract" in kinds else "body"

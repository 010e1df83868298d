"""What must stand near a match, and what must not."""

from collections.abc import Iterator

from litreview.extract.breaks import part_at
from litreview.extract.match import Match
from litreview.extract.story import Passage, Story
from litreview.model.document import Span
from litreview.model.rule import Condition
from litreview.model.vocabulary import any_of

PHRASE = 60  # characters on either side that count as the same phrase


def met(condition: Condition, match: Match, passage: Passage, story: Story) -> Span | None:
    """The words that meet a condition near a match, as a span of the document; `None` where there are none."""
    for area in _areas(condition, match, passage, story):
        for span in _occurrences(condition, area, passage, story):
            if not span.overlaps(match.span):
                return span
    return None


def _areas(condition: Condition, match: Match, passage: Passage, story: Story) -> Iterator[Span]:
    whole = _whole(condition, match, passage, story)
    if condition.side in ("before", "any"):
        yield Span(whole.start, match.span.start)
    if condition.side in ("after", "any"):
        yield Span(match.span.end, whole.end)


def _whole(condition: Condition, match: Match, passage: Passage, story: Story) -> Span:
    if condition.within == "phrase":
        start, end = match.span.start - PHRASE, match.span.end + PHRASE
        return Span(max(start, passage.span.start), min(end, passage.span.end))
    if condition.within == "clause":
        clause = part_at(passage.text, match.span.start - passage.span.start)
        return passage.place(clause.start, clause.end)
    if condition.within == "sentence":
        return passage.span
    if condition.within == "document":
        return Span(0, len(story.parsed.document.text))
    return story.parsed.document.paragraphs[passage.sentence.paragraph]


def _occurrences(condition: Condition, area: Span, passage: Passage, story: Story) -> Iterator[Span]:
    if condition.vocabulary:
        for mention in story.parsed.mentions_from(area.start):
            if mention.span.start >= area.end:
                break
            named = mention.vocabulary == condition.vocabulary and mention.span in area
            if named and (not condition.tag or condition.tag in mention.tags):
                yield mention.span
        return
    pattern = condition.pattern or any_of(condition.terms)
    wide = condition.within in ("paragraph", "document")
    text = story.parsed.document[area] if wide else _masked(area, passage)
    for match in story.topic.regex(pattern).finditer(text):
        span = Span(area.start + match.start(), area.start + match.end())
        if not wide or any(span.overlaps(other.span) for other in story.passages):
            yield span


def _masked(area: Span, passage: Passage) -> str:
    return passage.text[area.start - passage.span.start : area.end - passage.span.start]

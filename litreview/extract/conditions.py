"""What must stand near a match, and what must not."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litreview.extract.breaks import part_at
from litreview.extract.kept import per_topic
from litreview.extract.match import Match
from litreview.extract.passages import Passage
from litreview.extract.sieves import may_hold_within, words
from litreview.extract.story import Story
from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.rule import Condition
from litreview.model.topic import Topic

PHRASE = 60  # characters on either side that count as the same phrase


def met(condition: Condition, match: Match, passage: Passage, story: Story) -> Span | None:
    """The words that meet a condition near a match, as a span of the document; `None` where there are none."""
    if not _may_be_met(condition, passage, story):
        return None
    for area in _areas(condition, match, passage, story):
        for span in _occurrences(condition, area, match, passage, story):
            if not span.overlaps(match.span) and _is_nearest(condition, span, match.span, story):
                return span
    return None


def first_met(conditions: tuple[Condition, ...], match: Match, passage: Passage, story: Story) -> Span | None:
    """The words that meet the first of several conditions that is met near a match; `None` where none is."""
    for condition in _worth_asking(conditions, passage, story) if conditions else ():
        if (span := met(condition, match, passage, story)) is not None:
            return span
    return None


def _may_be_met(condition: Condition, passage: Passage, story: Story) -> bool:
    """Whether the passage, or paragraph, in which a condition looks for words may hold them."""
    if _looks_elsewhere(condition):
        return True
    wide = condition.within == "paragraph"
    text = story.parsed.paragraph(passage.sentence.paragraph) if wide else passage.text
    return may_hold_within(text, _regex(condition, story.topic))


def _looks_elsewhere(condition: Condition) -> bool:
    """Whether a condition is not one that looks for a pattern in the passage or its paragraph."""
    return bool(condition.vocabulary) or condition.within == "document"


def _regex(condition: Condition, topic: Topic) -> Pattern:
    return topic.regex(condition.pattern or words(condition.terms))


class _Together(NamedTuple):
    """Conditions of one rule, what the passage or its paragraph must hold for any of them, and those it need not."""

    conditions: tuple[Condition, ...]
    in_passage: Pattern | Sieve | None
    in_paragraph: Pattern | Sieve | None
    elsewhere: tuple[Condition, ...]


def _worth_asking(conditions: tuple[Condition, ...], passage: Passage, story: Story) -> Sequence[Condition]:
    """All of the conditions, or, where most passages hold nothing of what they look for, those that look elsewhere."""
    together = _together(conditions, story.topic)
    if together.in_passage and may_hold_within(passage.text, together.in_passage):
        return conditions
    paragraph = passage.sentence.paragraph
    if together.in_paragraph and may_hold_within(story.parsed.paragraph(paragraph), together.in_paragraph):
        return conditions
    return together.elsewhere


def _together(conditions: tuple[Condition, ...], topic: Topic) -> _Together:
    """Kept by identity: what is kept holds the conditions, so an id is never used twice."""
    known = _known(topic)
    if id(conditions) not in known:
        elsewhere = tuple(condition for condition in conditions if _looks_elsewhere(condition))
        here = [condition for condition in conditions if condition not in elsewhere]
        wide = [_regex(condition, topic) for condition in here if condition.within == "paragraph"]
        narrow = [_regex(condition, topic) for condition in here if condition.within != "paragraph"]
        known[id(conditions)] = _Together(conditions, _any_of(narrow), _any_of(wide), elsewhere)
    return known[id(conditions)]


@per_topic
def _known(topic: Topic) -> dict[int, _Together]:
    return {}


def _any_of(patterns: Sequence[Pattern]) -> Pattern | Sieve | None:
    """What to ask whether any of the patterns may match."""
    return Sieve(patterns) if len(patterns) > 1 else next(iter(patterns), None)


def _is_nearest(condition: Condition, found: Span, match: Span, story: Story) -> bool:
    """Whether no word of the vocabulary `nearer_than` stands between the words found and the match."""
    if not condition.nearer_than:
        return True
    between = Span(min(found.end, match.end), max(found.start, match.start))
    return not any(True for _ in _mentions(condition.nearer_than, "", between, story))


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


def _occurrences(condition: Condition, area: Span, of: Match, passage: Passage, story: Story) -> Iterator[Span]:
    if condition.vocabulary:
        yield from _mentions(condition.vocabulary, condition.tag, area, story)
        return
    regex = _regex(condition, story.topic)
    if condition.within == "document":
        yield from (span for span in story.everywhere(regex) if span in area)
        return
    wide = condition.within == "paragraph"
    text = story.parsed.document[area] if wide else _masked(area, passage)
    for found in regex.matches(text):
        span = Span(area.start + found.start(), area.start + found.end())
        if not wide or (story.tells(span) and not _is_later(span, of, passage, story)):
            yield span


def _is_later(span: Span, of: Match, passage: Passage, story: Story) -> bool:
    """Whether words tell of an index event that followed the intervention, where the match tells of the one before."""
    return story.is_of_later_index(passage, span.start) and not story.is_of_later_index(passage, of.span.start)


def _mentions(vocabulary: str, tag: str, area: Span, story: Story) -> Iterator[Span]:
    for mention in story.parsed.mentions_from(area.start):
        if mention.span.start >= area.end:
            break
        if mention.vocabulary == vocabulary and mention.span in area and (not tag or tag in mention.tags):
            yield mention.span


def _masked(area: Span, passage: Passage) -> str:
    return passage.text[area.start - passage.span.start : area.end - passage.span.start]

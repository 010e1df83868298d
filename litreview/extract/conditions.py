"""What must stand near a match, and what must not."""

from collections.abc import Iterator, Sequence

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
from litreview.model.values import dataclass

PHRASE = 60  # characters on either side that count as the same phrase
_Area = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Sought:
    """A condition with the pattern it looks for; it has none where it looks for a vocabulary.

    `filters` is whether the text it looks in, the passage or its paragraph, says at a glance that there is nothing.
    """

    condition: Condition
    regex: Pattern | None
    filters: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    """Conditions of one rule; what the passage or its paragraph must hold for any of them, and those it need not."""

    conditions: tuple[Condition, ...]
    sought: Sequence[_Sought]
    in_passage: Pattern | Sieve | None
    in_paragraph: Pattern | Sieve | None
    elsewhere: Sequence[_Sought]


def all_met(conditions: tuple[Condition, ...], match: Match, passage: Passage, story: Story) -> list[Span] | None:
    """The words that meet each of several conditions near a match; `None` where one of them is not met."""
    spans = []
    for sought in _together(conditions, story.topic).sought:
        if (span := _met(sought, match, passage, story)) is None:
            return None
        spans.append(span)
    return spans


def first_met(conditions: tuple[Condition, ...], match: Match, passage: Passage, story: Story) -> Span | None:
    """The words that meet the first of several conditions that is met near a match; `None` where none is."""
    for sought in _worth_asking(_together(conditions, story.topic), passage, story):
        if (span := _met(sought, match, passage, story)) is not None:
            return span
    return None


def _worth_asking(together: _Together, passage: Passage, story: Story) -> Sequence[_Sought]:
    """All of the conditions, or, where most passages hold nothing of what they look for, those that look elsewhere."""
    if together.in_passage and may_hold_within(passage.text, together.in_passage):
        return together.sought
    if together.in_paragraph and may_hold_within(_paragraph(passage, story), together.in_paragraph):
        return together.sought
    return together.elsewhere


def _together(conditions: tuple[Condition, ...], topic: Topic) -> _Together:
    """Kept by identity: what is kept holds the conditions, so an id is never used twice."""
    known = _known(topic)
    found = known.get(id(conditions))
    if found is None:
        found = known[id(conditions)] = _gathered(conditions, topic)
    return found


@per_topic
def _known(topic: Topic) -> dict[int, _Together]:
    return {}


def _gathered(conditions: tuple[Condition, ...], topic: Topic) -> _Together:
    sought = tuple(_sought(condition, topic) for condition in conditions)
    wide = tuple(one.regex for one in sought if one.regex and one.filters and one.condition.within == "paragraph")
    narrow = tuple(one.regex for one in sought if one.regex and one.filters and one.condition.within != "paragraph")
    elsewhere = tuple(one for one in sought if not one.filters)
    return _Together(conditions, sought, _any_of(narrow, topic), _any_of(wide, topic), elsewhere)


def _sought(condition: Condition, topic: Topic) -> _Sought:
    if condition.vocabulary:
        return _Sought(condition, None, filters=False)
    regex = topic.regex(condition.pattern or words(condition.terms))
    return _Sought(condition, regex, filters=condition.within != "document")


def _any_of(patterns: tuple[Pattern, ...], topic: Topic) -> Pattern | Sieve | None:
    """What to ask whether any of the patterns may match: one for all rules that look for the same."""
    if len(patterns) < 2:
        return patterns[0] if patterns else None
    known = _sieves(topic)
    if patterns not in known:
        known[patterns] = Sieve(patterns)
    return known[patterns]


@per_topic
def _sieves(topic: Topic) -> dict[tuple[Pattern, ...], Sieve]:
    return {}


def _met(sought: _Sought, match: Match, passage: Passage, story: Story) -> Span | None:
    """The words that meet a condition near a match; `None` where there are none."""
    condition, regex = sought.condition, sought.regex
    if sought.filters and regex:
        text = _paragraph(passage, story) if condition.within == "paragraph" else passage.text
        if not may_hold_within(text, regex):
            return None
    for area in _areas(condition, match.span, passage, story):
        for span in _occurrences(sought, area, match, passage, story):
            if not condition.nearer_than or _is_nearest(condition.nearer_than, span, match.span, story):
                return span
    return None


def _paragraph(passage: Passage, story: Story) -> str:
    return story.parsed.paragraph(passage.sentence.paragraph)


def _is_nearest(vocabulary: str, found: Span, match: Span, story: Story) -> bool:
    """Whether no word of a vocabulary stands between the words found and the match."""
    between = (min(found.end, match.end), max(found.start, match.start))
    return next(_mentions(vocabulary, "", between, story), None) is None


def _areas(condition: Condition, match: Span, passage: Passage, story: Story) -> list[_Area]:
    """Where to look: before the match, behind it, or first there and then here."""
    start, end = _whole(condition, match, passage, story)
    areas = []
    if condition.side != "after":
        areas.append((start, match.start))
    if condition.side != "before":
        areas.append((match.end, end))
    return areas


def _whole(condition: Condition, match: Span, passage: Passage, story: Story) -> _Area:
    span = passage.span
    if condition.within == "phrase":
        return max(match.start - PHRASE, span.start), min(match.end + PHRASE, span.end)
    if condition.within == "clause":
        clause = part_at(passage.text, match.start - span.start)
        return span.start + clause.start, span.start + clause.end
    if condition.within == "document":
        return 0, len(story.parsed.document.text)
    if condition.within == "paragraph":
        span = story.parsed.document.paragraphs[passage.sentence.paragraph]
    return span.start, span.end


def _occurrences(sought: _Sought, area: _Area, of: Match, passage: Passage, story: Story) -> Iterator[Span]:
    """What a condition looks for in an area, in order."""
    condition, regex, start = sought.condition, sought.regex, area[0]
    if regex is None:
        return _mentions(condition.vocabulary, condition.tag, area, story)
    if condition.within == "document":
        return (span for span in story.everywhere(regex) if start <= span.start and span.end <= area[1])
    if condition.within == "paragraph":
        return _told(regex, area, of, passage, story)
    base = passage.span.start
    found = regex.finditer(passage.text[start - base : area[1] - base])
    return (Span(start + match.start(), start + match.end()) for match in found)


def _told(regex: Pattern, area: _Area, of: Match, passage: Passage, story: Story) -> Iterator[Span]:
    """What the patient's own words hold in a part of the paragraph."""
    start, end = area
    for found in regex.finditer(story.parsed.document.text[start:end]):
        span = Span(start + found.start(), start + found.end())
        if story.tells(span) and not _is_later(span, of, passage, story):
            yield span


def _is_later(span: Span, of: Match, passage: Passage, story: Story) -> bool:
    """Whether words tell of an index event that followed the intervention, where the match tells of the one before."""
    return story.is_of_later_index(passage, span.start) and not story.is_of_later_index(passage, of.span.start)


def _mentions(vocabulary: str, tag: str, area: _Area, story: Story) -> Iterator[Span]:
    start, end = area
    for mention in story.parsed.mentions_of(vocabulary, start, end):
        if mention.span.end <= end and (not tag or tag in mention.tags):
            yield mention.span

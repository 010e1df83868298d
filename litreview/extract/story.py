"""One patient's story: the passages that tell of the patient, and where in the course each word stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.amounts.letters import fold
from litreview.extract.amounts.units import names_of
from litreview.extract.context import Scope, contexts, scopes
from litreview.extract.parsed import Mention, Parsed, Segment, Sentence, Subject, Told
from litreview.extract.sieves import analytes, may_hold, prose
from litreview.extract.timeline.times import times
from litreview.model.document import Document, Span
from litreview.model.event import Event
from litreview.model.evidence import Evidence, EvidenceRole
from litreview.model.pattern import Pattern
from litreview.model.rule import Phase, Role
from litreview.model.topic import Analyte, Cue, Topic

# Contexts that place words in the course; all others say that a thing was not so, or not the patient's.
# In the order in which they win where a stretch stands in several.
PHASES: tuple[Phase, ...] = ("during", "before", "after", "earlier")


Part = Literal["title", "abstract", "body"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment as rules see it: its words with other patients' shares blanked, offsets unchanged.

    `part` is the telling it belongs to: an abstract tells the story once, the body again, each in its own order.
    """

    text: str
    span: Span
    segment: Segment
    sentence: Sentence
    sentence_text: str
    part: Part

    def place(self, start: int, end: int) -> Span:
        """A stretch of `text` as a span of the document."""
        return Span(self.span.start + start, self.span.start + end)


@dataclass(frozen=True)
class Story:
    """All that a document tells of one patient, in its order."""

    subject: Subject
    passages: tuple[Passage, ...]
    parsed: Parsed
    told: Told
    topic: Topic
    events: tuple[Event, ...] = ()

    @cached_property
    def habit(self) -> Habit:
        """How the document writes numbers."""
        return habit(self.parsed.document.text)

    def matches(self, pattern: str) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Every match of a pattern, with macros, in the order of the passages."""
        regex = self.topic.regex(pattern)
        for passage in self._holding(regex):
            for match in regex.compiled.finditer(passage.text):
                yield passage, match

    def passages_naming(self, analyte: Analyte) -> Sequence[Passage]:
        """The passages in which an analyte may be named; it is not in any other."""
        return self._where.get(names_of(analyte), self.passages)

    def _holding(self, regex: Pattern) -> Sequence[Passage]:
        """The passages in which a pattern may match."""
        known = self._where.get(regex)
        return [one for one in self.passages if regex.may_match(one.text)] if known is None else known

    @cached_property
    def _where(self) -> dict[Pattern, list[Passage]]:
        """The passages in which each of the topic's patterns may match."""
        prosaic, measured = prose(self.topic), analytes(self.topic)
        found: dict[Pattern, list[Passage]] = {pattern: [] for pattern in (*prosaic.patterns, *measured.patterns)}
        for passage in self.passages:
            text = passage.text
            for pattern in {*may_hold(text, prosaic), *may_hold(fold(text), measured)}:
                found[pattern].append(passage)
        return found

    def tells(self, span: Span) -> bool:
        """Whether a stretch of the document belongs to the story."""
        return any(span.overlaps(passage.span) for passage in self.passages)

    def everywhere(self, regex: Pattern) -> tuple[Span, ...]:
        """Where the document, taken as one text, holds a pattern in a stretch that belongs to the story."""
        if regex not in self._everywhere:
            found = (Span(*match.span()) for match in regex.finditer(self.parsed.document.text))
            self._everywhere[regex] = tuple(span for span in found if self.tells(span))
        return self._everywhere[regex]

    @cached_property
    def _everywhere(self) -> dict[Pattern, tuple[Span, ...]]:
        return {}

    def role_at(self, span: Span) -> Role:
        """Whom the words are about."""
        return self.told.role_at(span)

    def contexts_at(self, passage: Passage, span: Span) -> frozenset[str]:
        """The contexts the words stand in."""
        start = passage.sentence.span.start
        return contexts(Span(span.start - start, span.end - start), self._scopes(passage))

    def phase_at(self, passage: Passage, span: Span) -> Phase:
        """Where in the course the words stand: by words that say so, else by the order of the telling."""
        said = self.contexts_at(passage, span)
        told = self._phase_by_order(passage, span.start)
        if "during" in said and (told == "after" or self._names_intervention(passage)):
            return "during"
        for phase in PHASES:
            if phase in said and phase != "during":
                return phase
        return told

    def mentions(self, passage: Passage, vocabulary: str, tag: str = "") -> tuple[Mention, ...]:
        """Concepts of a vocabulary that the passage mentions, without those behind a mask."""
        found = self.parsed.mentions_by_sentence.get(passage.sentence.index, ())
        return tuple(
            mention
            for mention in found
            if mention.vocabulary == vocabulary
            and (not tag or tag in mention.tags)
            and mention.span in passage.span
            and not any(mask.overlaps(mention.span) for mask in passage.segment.masks)
        )

    def evidence(self, span: Span, role: EvidenceRole = "value") -> Evidence:
        """The words at a span as evidence."""
        document = self.parsed.document
        section = self.parsed.sections.at(span.start)
        return Evidence(document.document_id, span, document[span], section.kind if section else "", role)

    def _names_intervention(self, passage: Passage) -> bool:
        """Whether "together with" in the sentence can mean together with the intervention."""
        agents = self.topic.event(self.topic.clock.start).agents
        found = self.parsed.mentions_by_sentence.get(passage.sentence.index, ())
        return any(mention.vocabulary == agents for mention in found)

    def _scopes(self, passage: Passage) -> tuple[Scope, ...]:
        index = passage.sentence.index
        if index not in self._known_scopes:
            self._known_scopes[index] = scopes(passage.sentence_text, self.topic)
        return self._known_scopes[index]

    @cached_property
    def _known_scopes(self) -> dict[int, tuple[Scope, ...]]:
        return {}

    def _phase_by_order(self, passage: Passage, position: int) -> Phase:
        condition, start = self._turns[passage.part]
        if start is not None and position >= start:
            return "during" if self._between_doses(passage, position) else "after"
        if condition is not None and position < condition:
            return "earlier"
        return "before"

    def _between_doses(self, passage: Passage, position: int) -> bool:
        """Whether the day the story has come to lies between the first and the last dated dose."""
        days = self._dose_days
        told = self._day_told(passage, position) if len(days) > 1 else None
        return told is not None and days[0] <= told <= days[-1]

    @cached_property
    def _dose_days(self) -> list[float]:
        """Days of the doses on the index clock."""
        clock = self.topic.clock
        series = {kind.kind for kind in self.topic.events if kind.first_is == clock.start}
        dated = [event for event in self.events if event.kind in series and event.clock == clock.index]
        return sorted(event.day for event in dated if event.day is not None)

    def _day_told(self, passage: Passage, position: int) -> float | None:
        """The last signed day that the paragraph tells before a position."""
        last = None
        for other in self.passages:
            if other.sentence.paragraph == passage.sentence.paragraph and other.span.start <= position:
                for time in times(other.text, self.habit):
                    if time.signed and other.span.start + time.start < position:
                        last = time.days
        return last

    @cached_property
    def _turns(self) -> dict[Part, tuple[int | None, int | None]]:
        """For abstract and body: where the condition begins to be told, and where the intervention."""
        clock = self.topic.clock
        turns: dict[Part, tuple[int | None, int | None]] = {"title": (None, None)}
        parts: tuple[Part, ...] = ("abstract", "body")
        for part in parts:
            passages = [passage for passage in self.passages if passage.part == part]
            later = self.later_course if part == "body" else None
            start = self._start(passages, clock.start) if later is None else later
            before = [passage for passage in passages if start is None or passage.span.start < start]
            condition = self._condition(before, first=later is not None) if clock.condition else None
            turns[part] = (condition, start)
        return turns

    def is_of_earlier_course(self, passage: Passage | None) -> bool:
        """Whether a passage stands before the later course that the report is about."""
        return passage is not None and self.later_course is not None and passage.span.start < self.later_course

    @cached_property
    def later_course(self) -> int | None:
        """Where a report on a later course of the intervention comes to it; `None` for all other reports."""
        clock = self.topic.clock
        if not clock.later_course or not self.topic.regex(clock.later_course).search(self._opening):
            return None
        body = [passage for passage in self.passages if passage.part == "body"]
        first = self._start(body, clock.start)
        again = self._signs(body, self.topic.event(clock.start).again)
        return min((one.span.start for one in again if first is not None and one.span.start > first), default=None)

    @property
    def _opening(self) -> str:
        """The title and the first words of the text."""
        document = self.parsed.document
        titles = [document[section.span] for section in document.sections if section.kind == "title"]
        return "\n".join([*titles, document.text[:_OPENING]])

    def _condition(self, passages: list[Passage], *, first: bool) -> int | None:
        """Where the condition begins to be told: dated, told in a cue's words, or only named.

        With `first` where it is named at all, since before a later course there were several episodes.
        """
        kind = self.topic.event(self.topic.clock.condition)
        named = min((one.span.start for one in self._signs(passages, kind.shown_by)), default=None)
        dated = [
            one.span
            for event in self.events
            if event.kind == kind.kind and event.day is not None
            for one in event.evidence
        ]
        starts = [span.start for span in dated for passage in passages if span in passage.span]
        if first or not starts:
            told = None if first else self._turn(passages, kind.kind)
            return named if told is None else told
        return min(starts)

    def _start(self, passages: list[Passage], kind: str) -> int | None:
        """Where the intervention begins to be told: by a cue, else where the telling takes it for granted.

        What is said of several at once, or announced, only counts where the patient's own lines show nothing.
        """
        alone = (passage for passage in passages if len(passage.segment.patients) == 1)
        own = [passage for passage in alone if not _ANNOUNCED.search(passage.sentence_text)]
        for told in (own, passages):
            position = self._turn(told, kind)
            if position is None:
                position = self._first_shown(told, kind)
            if position is not None:
                return position
        return None

    def _turn(self, passages: list[Passage], kind: str) -> int | None:
        """The place in the story where an event of that kind is told, not announced: dated or measured if possible.

        What is said of several patients at once ("all were given ...") gives way to the patient's own story.
        """
        found: list[tuple[int, int]] = []
        spans = {passage.span for passage in passages}
        for cue in (cue for cue in self.topic.event(kind).cues if cue.strength >= _SURE):
            for passage, match in self.matches(cue.pattern):
                span = passage.place(match.start(), match.end())
                if passage.span in spans and self.role_at(span) == "patient":
                    found.append((self._weight(passage, span), span.start))
        return min(found, key=lambda item: (-item[0], item[1]))[1] if found else None

    def _first_shown(self, passages: list[Passage], kind: str) -> int | None:
        """Where the sentence begins in which a part without a cue first takes the event for granted."""
        shown = [passage.span.start for passage in self._signs(passages, self.topic.event(kind).shown_by)]
        named = self._first_named(passages, kind)
        return min(shown if named is None else [*shown, named], default=None)

    def _signs(self, passages: list[Passage], signs: tuple[Cue, ...]) -> Iterator[Passage]:
        """The passages that hold one of the words, told of the patient."""
        spans = {passage.span for passage in passages}
        for sign in signs:
            for passage, match in self.matches(sign.pattern):
                span = passage.place(match.start(), match.end())
                cancelled = sign.unless and self.topic.regex(sign.unless).search(passage.text)
                if passage.span in spans and not cancelled and self.role_at(span) == "patient":
                    yield passage

    def _first_named(self, passages: list[Passage], kind: str) -> int | None:
        """The first mention of the event's agent in a part that never says in a cue's words that it was given.

        The title and mentions that are denied, planned or somebody else's do not count.
        """
        agents = self.topic.event(kind).agents
        named = (
            mention.span.start
            for passage in passages
            for mention in (self.mentions(passage, agents) if agents else ())
            if self.role_at(mention.span) == "patient"
            and not self.contexts_at(passage, mention.span) - set(PHASES) - {"history"}
        )
        return min(named, default=None)

    def _weight(self, passage: Passage, span: Span) -> int:
        cancelled = self.contexts_at(passage, span) - set(PHASES)
        announced = _ANNOUNCED.search(passage.sentence_text)
        dated = _DATED.search(passage.text)
        shared = len(passage.segment.patients) > 1 or _REPEATED.search(passage.text)
        return (-4 if cancelled else 0) + (-3 if announced else 0) + (-2 if shared else 0) + (1 if dated else 0)


_OPENING = 700  # characters in which a letter says what it is about
_SURE = 0.7  # strength below which a cue is too weak to turn a story
_ANNOUNCED = re.compile(r"\b(?:we|here|herein)\s+(?:\w+\s+)?(?:report|describe|present)", re.IGNORECASE)
_REPEATED = re.compile(
    r"\b(?:again|re-?(?:treat|start|introduc|challeng)\w*|(?:second|third|another|further|repeat(?:ed)?)\s+(?:\w+\s+)?(?:course|cycle|round))\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:day|week|month|year)s?\b|\bd\s?\+|\+\s?\d|\bmg\b|\bdose\b|\d{4}", re.IGNORECASE)


def story(subject: Subject, told: Told, parsed: Parsed, topic: Topic, events: tuple[Event, ...] = ()) -> Story:
    """The story of one patient, with the events of the patient's timeline where they are known."""
    mine = [segment for segment in told.segments if subject.index in segment.patients]
    passages = tuple(_passage(segment, parsed) for segment in mine)
    return Story(subject, passages, parsed, told, topic, events)


def _passage(segment: Segment, parsed: Parsed) -> Passage:
    sentence = parsed.sentences[segment.sentence]
    document = parsed.document
    text = _blanked(document, segment.span, segment.masks)
    whole = _blanked(document, sentence.span, segment.masks)
    return Passage(text, segment.span, segment, sentence, whole, part_of(document, sentence.span))


def _blanked(document: Document, span: Span, masks: tuple[Span, ...]) -> str:
    """The words at a span with blanks for the masks: neither another's items nor a denial meant for others count."""
    letters = list(document[span])
    for mask in masks:
        for position in range(max(mask.start, span.start), min(mask.end, span.end)):
            letters[position - span.start] = " "
    return "".join(letters)


def part_of(document: Document, span: Span) -> Part:
    """The telling that a stretch belongs to; the abstract's own "Case presentation" is still the abstract."""
    kinds = {section.kind for section in document.sections if span in section.span}
    return "title" if "title" in kinds else "abstract" if "abstract" in kinds else "body"

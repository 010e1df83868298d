"""One patient's story: the passages that tell of the patient, and where in the course each word stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.amounts.units import Quantity, names_of, quantities, rivals
from litreview.extract.context import Scope, contexts, scopes
from litreview.extract.day_told import day_told
from litreview.extract.later_index import later_index
from litreview.extract.parsed import Mention, Parsed, Subject, Told
from litreview.extract.passages import PHASES, Part, Passage, passage_of, text_of
from litreview.extract.rescue import Stretch, renewed, rescues
from litreview.extract.sieves import held_by, sieved
from litreview.extract.turns import CueTold, conditions, later_course, starts, told_by_cues
from litreview.model.document import Span
from litreview.model.event import Event
from litreview.model.evidence import Evidence, EvidenceRole
from litreview.model.pattern import Pattern
from litreview.model.rule import Phase, Role
from litreview.model.topic import Analyte, Topic

_NONE = frozenset[str]()
# What a story keeps that does not rest on its events.
_OF_PASSAGES = (
    "habit",
    "_amounts",
    "_everywhere",
    "_evidence",
    "_known_scopes",
    "_later_course",
    "_later_index",
    "_matches",
    "_mentions",
    "_parts",
    "_renewed",
    "_rescues",
    "_starts",
    "_told_by_cues",
    "_where",
    "held",
)


@dataclass(frozen=True)
class Story:
    """All that a document tells of one patient, in its order."""

    subject: Subject
    passages: tuple[Passage, ...]
    parsed: Parsed
    told: Told
    topic: Topic
    events: tuple[Event, ...] = ()

    def dated(self, events: tuple[Event, ...]) -> "Story":
        """The same story with the events of its timeline; what was found in the passages need not be found again."""
        told = replace(self, events=events)
        vars(told).update({name: vars(self)[name] for name in _OF_PASSAGES if name in vars(self)})
        return told

    def passages_of(self, part: Part) -> Sequence[Passage]:
        """The passages of one telling."""
        return self._parts.get(part, ())

    @cached_property
    def _parts(self) -> dict[Part, list[Passage]]:
        found: dict[Part, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.part, []).append(passage)
        return found

    @cached_property
    def habit(self) -> Habit:
        """How the document writes numbers."""
        return habit(self.parsed.document.text)

    def matches(self, pattern: str) -> Sequence[tuple[Passage, re.Match[str]]]:
        """Every match of a pattern, with macros, in the order of the passages."""
        regex = self.topic.regex(pattern)
        if regex not in self._matches:
            held = self._holding(regex)
            self._matches[regex] = [(one, match) for one in held for match in regex.finditer(one.text)]
        return self._matches[regex]

    @cached_property
    def _matches(self) -> dict[Pattern, list[tuple[Passage, re.Match[str]]]]:
        return {}

    @cached_property
    def held(self) -> set[Pattern | str]:
        """What rules may ask for that is there: patterns that may match, and vocabularies that are mentioned."""
        return {*self._where, *self._mentions}

    def amounts(self, analyte: Analyte) -> Sequence[tuple[Passage, Quantity]]:
        """Every amount of an analyte, in the order of the passages."""
        if analyte.name not in self._amounts:
            others = rivals(self.topic, analyte)
            self._amounts[analyte.name] = [
                (passage, amount)
                for passage in self._where.get(names_of(analyte), ())
                for amount in quantities(passage.text, analyte, self.habit, rivals=others)
            ]
        return self._amounts[analyte.name]

    @cached_property
    def _amounts(self) -> dict[str, list[tuple[Passage, Quantity]]]:
        return {}

    def _holding(self, regex: Pattern) -> Sequence[Passage]:
        """The passages in which a pattern may match."""
        if regex in self._where or regex in sieved(self.topic):
            return self._where.get(regex, ())
        return [one for one in self.passages if regex.may_match(one.text)]

    @cached_property
    def _where(self) -> dict[Pattern, list[Passage]]:
        """The passages in which the topic's patterns may match, of each that may match in any."""
        found: dict[Pattern, list[Passage]] = {}
        for passage in self.passages:
            for pattern in self._held(passage.text):
                found.setdefault(pattern, []).append(passage)
        return found

    def _held(self, text: str) -> set[Pattern]:
        """What may match in a passage's text; with the first one all passages of the document are asked."""
        held = self.parsed.held_by_text
        if text not in held:
            texts = {text, *(text_of(segment, self.parsed) for segment in self.told.segments if segment.patients)}
            new = sorted(texts.difference(held))
            held.update(zip(new, held_by(new, self.topic), strict=True))
        return held[text]

    def may_hold(self, passage: Passage, patterns: Iterable[Pattern]) -> bool:
        """Whether any of the patterns that passages are asked for at once may match in a passage."""
        return not self._held(passage.text).isdisjoint(patterns)

    def tells(self, span: Span) -> bool:
        """Whether a stretch of the document belongs to the story, and does not stand behind another patient's mask."""
        return any(
            span.overlaps(passage.span) and not any(span in mask for mask in passage.segment.masks)
            for passage in self.passages
        )

    def everywhere(self, regex: Pattern) -> tuple[Span, ...]:
        """Where the document, taken as one text, holds a pattern in a stretch that belongs to the story."""
        if regex not in self._everywhere:
            self._everywhere[regex] = tuple(span for span in self.parsed.places(regex) if self.tells(span))
        return self._everywhere[regex]

    @cached_property
    def _everywhere(self) -> dict[Pattern, tuple[Span, ...]]:
        return {}

    def role_at(self, span: Span) -> Role:
        """Whom the words are about."""
        return self.told.role_at(span)

    def contexts_at(self, passage: Passage, span: Span) -> frozenset[str]:
        """The contexts the words stand in."""
        start, found = passage.sentence.span.start, self._scopes(passage)
        return contexts(Span(span.start - start, span.end - start), found) if found else _NONE

    def phase_at(self, passage: Passage, span: Span) -> Phase:
        """Where in the course the words stand: by words that say so, else by the order of the telling."""
        key = (id(passage), span.start, span.end)
        if key not in self._phases:
            self._phases[key] = self._phase(passage, span, self._phase_by_order(passage, span.start))
        return self._phases[key]

    def reached_at(self, passage: Passage, span: Span) -> Phase:
        """The phase, but with "before" for whatever is told before the intervention: the timeline asks no more."""
        return self._phase(passage, span, self._reached(passage, span.start))

    @cached_property
    def _phases(self) -> dict[tuple[int, int, int], Phase]:
        return {}

    def _phase(self, passage: Passage, span: Span, told: Phase) -> Phase:
        said = self.standing(passage, span).contexts
        if told == "rescue":
            return "before" if "before" in said else told
        if "during" in said and (told == "after" or self._names_intervention(passage)):
            return "during"
        for phase in PHASES:
            if phase in said and phase != "during":
                return phase
        return told

    def standing(self, passage: Passage, span: Span) -> "Standing":
        """Whom the words are about and their contexts, kept for the many rules that match the same words."""
        key = (id(passage), span.start, span.end)
        if key not in self._standings:
            self._standings[key] = Standing(self.role_at(span), self.contexts_at(passage, span))
        return self._standings[key]

    @cached_property
    def _standings(self) -> dict[tuple[int, int, int], "Standing"]:
        return {}

    def mentions(self, vocabulary: str, tag: str = "") -> Iterator[tuple[Passage, Mention]]:
        """Concepts of a vocabulary that passages mention, without those behind a mask, in the order of the passages."""
        for passage, mention in self._mentions.get(vocabulary, ()):
            if not tag or tag in mention.tags:
                yield passage, mention

    @cached_property
    def _mentions(self) -> dict[str, list[tuple[Passage, Mention]]]:
        found: dict[str, list[tuple[Passage, Mention]]] = {}
        for passage in self.passages:
            masks = passage.segment.masks
            for mention in self.parsed.mentions_by_sentence.get(passage.sentence.index, ()):
                if mention.span in passage.span and not (masks and any(map(mention.span.overlaps, masks))):
                    found.setdefault(mention.vocabulary, []).append((passage, mention))
        return found

    def evidence(self, span: Span, role: EvidenceRole = "value") -> Evidence:
        """The words at a span as evidence."""
        key = (span.start, span.end, role)
        if key not in self._evidence:
            section = self.parsed.sections.at(span.start)
            kind = section.kind if section else ""
            words = self.parsed.quote(span)
            self._evidence[key] = Evidence(self.parsed.document.document_id, span, words, kind, role)
        return self._evidence[key]

    @cached_property
    def _evidence(self) -> dict[tuple[int, int, EvidenceRole], Evidence]:
        return {}

    def _names_intervention(self, passage: Passage) -> bool:
        """Whether "together with" in the sentence can mean together with the intervention."""
        agents = self.topic.event(self.topic.clock.start).agents
        found = self.parsed.mentions_by_sentence.get(passage.sentence.index, ())
        return any(mention.vocabulary == agents for mention in found)

    def _scopes(self, passage: Passage) -> tuple[Scope, ...]:
        if passage.sentence_text not in self._known_scopes:
            self._known_scopes[passage.sentence_text] = scopes(passage.sentence_text, self.topic)
        return self._known_scopes[passage.sentence_text]

    @cached_property
    def _known_scopes(self) -> dict[str, tuple[Scope, ...]]:
        return {}

    def _phase_by_order(self, passage: Passage, position: int) -> Phase:
        told = self._reached(passage, position)
        if told != "before":
            return told
        condition = self._conditions.get(passage.part)
        return "earlier" if condition is not None and position < condition else told

    def _reached(self, passage: Passage, position: int) -> Phase:
        start = self._starts.get(passage.part)
        if start is None or position < start:
            return "before"
        if self._between_doses(passage, position):
            return "during"
        rescued = any(begin <= position < end for begin, end in self._rescues.get(passage.part, ()))
        return "rescue" if rescued else "after"

    def _between_doses(self, passage: Passage, position: int) -> bool:
        """Whether the day the story has come to lies between the first and the last dated dose."""
        days = self._dose_days
        told = day_told(self, passage, position) if len(days) > 1 else None
        return told is not None and days[0] <= told <= days[-1]

    @cached_property
    def _dose_days(self) -> list[float]:
        """Days of the doses on the index clock."""
        clock = self.topic.clock
        series = {kind.kind for kind in self.topic.events if kind.first_is == clock.start}
        dated = [event for event in self.events if event.kind in series and event.clock == clock.index]
        return sorted(event.day for event in dated if event.day is not None)

    def told_by_cues(self, kind: str) -> list[CueTold]:
        """Where cues of an event tell of it."""
        if kind not in self._told_by_cues:
            self._told_by_cues[kind] = told_by_cues(self, self.topic.event(kind))
        return self._told_by_cues[kind]

    @cached_property
    def _told_by_cues(self) -> dict[str, list[CueTold]]:
        return {}

    @cached_property
    def _starts(self) -> dict[Part, int]:
        return starts(self, self._later_course)

    @cached_property
    def _conditions(self) -> dict[Part, int]:
        return conditions(self, self._starts, self._later_course)

    @cached_property
    def _later_course(self) -> int | None:
        return later_course(self)

    @cached_property
    def _rescues(self) -> dict[Part, tuple[Stretch, ...]]:
        """For abstract and body: the stretches that tell of another treatment's time."""
        return {part: rescues(self, self.passages_of(part), start) for part, start in self._starts.items()}

    @cached_property
    def _renewed(self) -> dict[Part, int]:
        """For abstract and body: where another course begins that the report is not about."""
        found = {
            part: renewed(self, self.passages_of(part), start)
            for part, start in self._starts.items()
            if self._later_course is None
        }
        return {part: place for part, place in found.items() if place is not None}

    def is_of_another_course(self, passage: Passage | None, position: int) -> bool:
        """Whether words stand where a course is told that followed the one that the report is about."""
        return passage is not None and position >= self._renewed.get(passage.part, position + 1)

    @cached_property
    def _later_index(self) -> dict[Part, int]:
        """For abstract and body: where a later index event begins to be told."""
        found = {part: later_index(self, self.passages_of(part), start) for part, start in self._starts.items()}
        return {part: place for part, place in found.items() if place is not None}

    def is_of_later_index(self, passage: Passage | None, position: int) -> bool:
        """Whether words stand where an index event behind the intervention is told."""
        return passage is not None and position >= self._later_index.get(passage.part, position + 1)

    def is_of_earlier_course(self, passage: Passage | None) -> bool:
        """Whether a passage stands before the later course that the report is about."""
        return passage is not None and self._later_course is not None and passage.span.start < self._later_course


class Standing(NamedTuple):
    """How words stand in a story: whom they are about, and the contexts they stand in."""

    role: Role
    contexts: frozenset[str]


def story(subject: Subject, told: Told, parsed: Parsed, topic: Topic, events: tuple[Event, ...] = ()) -> Story:
    """The story of one patient, with the events of the patient's timeline where they are known."""
    mine = [segment for segment in told.segments if subject.index in segment.patients]
    passages = tuple(passage_of(segment, parsed) for segment in mine)
    return Story(subject, passages, parsed, told, topic, events)

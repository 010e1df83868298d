"""One patient's story: where in the course each of the patient's own words stands."""

from dataclasses import dataclass, replace
from functools import cached_property

from litreview.extract.day_told import day_told
from litreview.extract.later_index import later_index
from litreview.extract.own_words import OwnWords
from litreview.extract.parsed import Parsed, Subject, Told
from litreview.extract.passages import PHASES, Part, Passage, passage_of
from litreview.extract.rescue import Stretch, renewed, rescues
from litreview.extract.turns import CueTold, conditions, later_course, starts, told_by_cues
from litreview.model.document import Span
from litreview.model.event import Event
from litreview.model.rule import Phase
from litreview.model.topic import Topic

# What rests on a story's events; all else is found in the passages.
_OF_EVENTS = ("_conditions", "_dose_days", "_phases")


@dataclass(frozen=True)
class Story(OwnWords):
    """All that a document tells of one patient, with the events of the patient's timeline."""

    events: tuple[Event, ...] = ()

    def dated(self, events: tuple[Event, ...]) -> "Story":
        """The same story with the events of its timeline; what was found in the passages need not be found again."""
        told = replace(self, events=events)
        known = {name: value for name, value in vars(self).items() if name not in ("events", *_OF_EVENTS)}
        vars(told).update(known)
        return told

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

    def _names_intervention(self, passage: Passage) -> bool:
        """Whether "together with" in the sentence can mean together with the intervention."""
        agents = self.topic.event(self.topic.clock.start).agents
        found = self.parsed.mentions_by_sentence.get(passage.sentence.index, ())
        return any(mention.vocabulary == agents for mention in found)

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


def story(subject: Subject, told: Told, parsed: Parsed, topic: Topic, events: tuple[Event, ...] = ()) -> Story:
    """The story of one patient, with the events of the patient's timeline where they are known."""
    mine = [segment for segment in told.segments if subject.index in segment.patients]
    passages = tuple(passage_of(segment, parsed) for segment in mine)
    return Story(subject, passages, parsed, told, topic, events)

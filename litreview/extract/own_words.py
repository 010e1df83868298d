"""A patient's own words: the passages that tell of the patient, and what stands in them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.amounts.units import Quantity, names_of, quantities, rivals
from litreview.extract.context import Scope, contexts, scopes_of_each
from litreview.extract.parsed import Mention, Parsed, Subject, Told
from litreview.extract.passages import Part, Passage, text_of
from litreview.extract.sieves import held_by, sieved
from litreview.extract.timeline.time_expression import TimeExpression
from litreview.extract.timeline.times import ANY_TIME, times
from litreview.model.document import Span
from litreview.model.evidence import Evidence, EvidenceRole
from litreview.model.pattern import Pattern
from litreview.model.rule import Role
from litreview.model.topic import Analyte, Topic

_NONE = frozenset[str]()


class Standing(NamedTuple):
    """How words stand in a story: whom they are about, and the contexts they stand in."""

    role: Role
    contexts: frozenset[str]


@dataclass(frozen=True)
class OwnWords:
    """All that a document tells of one patient, in its order, each question answered once."""

    subject: Subject
    passages: tuple[Passage, ...]
    parsed: Parsed
    told: Told
    topic: Topic

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
        found = defaultdict[Pattern, list[Passage]](list)
        for passage in self.passages:
            for pattern in self._held(passage.text):
                found[pattern].append(passage)
        return found

    def _held(self, text: str) -> set[Pattern]:
        """What may match in a passage's text; with the first one all passages of the document are asked."""
        held = self.parsed.held_by_text
        if text not in held:
            texts = {text, *(text_of(segment, self.parsed) for segment in self.told.segments if segment.patients)}
            new = sorted(texts.difference(held))
            held.update(zip(new, held_by(new, self.topic), strict=True))
        return held[text]

    def times(self, passage: Passage) -> Sequence[TimeExpression]:
        """The times that a passage tells, in order."""
        known, held = self.parsed.times_by_text, self._held(passage.text)
        if held.isdisjoint(ANY_TIME):
            return ()
        if passage.text not in known:
            known[passage.text] = times(passage.text, self.habit, held)
        return known[passage.text]

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

    def standing(self, passage: Passage, span: Span) -> Standing:
        """Whom the words are about and their contexts, kept for the many rules that match the same words."""
        key = (id(passage), span.start, span.end)
        if key not in self._standings:
            self._standings[key] = Standing(self.role_at(span), self.contexts_at(passage, span))
        return self._standings[key]

    @cached_property
    def _standings(self) -> dict[tuple[int, int, int], Standing]:
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

    def _scopes(self, passage: Passage) -> tuple[Scope, ...]:
        """The contexts in a passage's sentence; with the first one all sentences of the patient are asked."""
        known = self.parsed.scopes_by_text
        if passage.sentence_text not in known:
            new = sorted({one.sentence_text for one in self.passages}.difference(known))
            known.update(zip(new, scopes_of_each(new, self.topic), strict=True))
        return known[passage.sentence_text]

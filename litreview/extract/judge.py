"""Which matches hold: role, context, place in the course, what is near, and whether the value can be one."""

import re
from collections.abc import Sequence

from litreview.extract.concepts import concepts
from litreview.extract.conditions import all_met, first_met
from litreview.extract.match import Match
from litreview.extract.passages import PHASES, Passage
from litreview.extract.story import Story
from litreview.model.case import Candidate, Finding
from litreview.model.document import SectionKind, Span
from litreview.model.evidence import Evidence
from litreview.model.rule import RuleBase
from litreview.model.topic import Attribute, Topic
from litreview.model.values import dataclass

# How far a value can be trusted for standing where it stands: authors are exact in the case and the table, brief in
# the abstract, and speak of others in introduction and discussion.
SECTION_TRUST: dict[SectionKind, float] = {
    "title": 0.85,
    "abstract": 0.92,
    "introduction": 0.6,
    "methods": 0.8,
    "discussion": 0.8,
    "caption": 0.85,
}
# Contexts that say when a thing was, and not that it was not.
_HARMLESS = frozenset({*PHASES, "history"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A match that holds: its value as the attribute keeps it, what it weighs, and its words."""

    match: Match
    value: str | int | float
    strength: float
    evidence: tuple[Evidence, ...]

    def finding(
        self, attribute: Attribute, confidence: float, signs: tuple[str, ...] = (), doubts: tuple[str, ...] = ()
    ) -> Finding:
        """The match as a finding of its attribute."""
        return _finding(self.match, attribute, self.value, self.evidence, confidence, signs, doubts)


def judge(match: Match, attribute: Attribute, story: Story) -> Judged | Candidate:
    """Decide on a match; one that does not hold is a candidate with what cancels it in words."""
    passage, strength = match.passage, match.rule.strength
    value = normalise(match.value, attribute, story.topic)
    reason = value_fault(value, attribute)
    anchors: Sequence[Evidence] = ()
    if passage is not None:
        strength *= SECTION_TRUST.get(passage.where, 1.0)
        if not reason:
            reason, anchors = _in_prose(match, passage, attribute, story)
    evidence = (*_leading(match, passage, story), *match.others, *anchors)
    if reason:
        return Candidate(_finding(match, attribute, value, evidence, round(strength, 3)), reason)
    return Judged(match, value, strength, evidence)


def _finding(
    match: Match,
    attribute: Attribute,
    value: str | int | float,
    evidence: tuple[Evidence, ...],
    confidence: float,
    signs: tuple[str, ...] = (),
    doubts: tuple[str, ...] = (),
) -> Finding:
    # Without the names of the fields: with them it takes three times as long, and every match is made one.
    return Finding(
        attribute.name,
        value,
        evidence,
        match.qualifier,
        attribute.unit,
        "stated",
        (),
        confidence,
        match.rule.id,
        signs,
        doubts,
    )


def _leading(match: Match, passage: Passage | None, story: Story) -> Sequence[Evidence]:
    """The value's words, with the words around them that the rule needed; another patient's share is left out."""
    if passage is None or not passage.segment.masks:
        return (story.evidence(match.extent),)
    pieces = _unmasked(match, passage.segment.masks)
    value = next(piece for piece in pieces if match.span.overlaps(piece) or piece == pieces[-1])
    return (story.evidence(value), *(story.evidence(piece, "anchor") for piece in pieces if piece != value))


def _unmasked(match: Match, masks: tuple[Span, ...]) -> tuple[Span, ...]:
    """What is left of the matched words without the masks in them, in order."""
    pieces, start = [], match.extent.start
    for mask in sorted(masks):
        if mask.overlaps(match.extent):
            pieces.append(Span(start, max(mask.start, start)))
            start = mask.end
    pieces.append(Span(start, max(match.extent.end, start)))
    return tuple(piece for piece in pieces if len(piece)) or (match.extent,)


def _in_prose(match: Match, passage: Passage, attribute: Attribute, story: Story) -> tuple[str, Sequence[Evidence]]:
    """What cancels a match in running text, and the words that its rule needs beside it."""
    rule = match.rule
    if reason := _objection(rule, match.span, passage, story):
        return reason, ()
    near = all_met(rule.near, match, passage, story) if rule.near else ()
    if near is None:
        return "what must stand near does not", ()
    if rule.unless and (span := first_met(rule.unless, match, passage, story)) is not None:
        return f"cancelled by {story.parsed.document[span]!r}", ()
    return _of_another_time(attribute, match.span.start, passage, story), [
        story.evidence(one, "anchor") for one in near
    ]


def _objection(rule: RuleBase, span: Span, passage: Passage, story: Story) -> str:
    role, contexts = story.standing(passage, span)
    if role not in rule.roles:
        return f"told of a {role.replace('_', ' ')}"
    if rule.sections and passage.sentence.section not in rule.sections:
        return f"stands in the {passage.sentence.section}"
    if contexts and (cancelling := contexts.difference(_HARMLESS, rule.ignore_context)):
        return " and ".join(sorted(cancelling))
    if rule.phases and (phase := story.phase_at(passage, span)) not in rule.phases:
        return f"told of the time {phase} the intervention"
    return ""


def _of_another_time(attribute: Attribute, place: int, passage: Passage, story: Story) -> str:
    """Why a place tells of a course or an index event that the attribute does not ask for; empty where it may."""
    if attribute.of_course:
        if story.is_of_earlier_course(passage):
            return "told of an earlier course"
        if not attribute.any_later_course and story.is_of_another_course(passage, place):
            return "told of a later course"
    if attribute.of_index and story.is_of_later_index(passage, place):
        return "told of a later index event"
    return ""


def normalise(value: str | int | float, attribute: Attribute, topic: Topic) -> str | int | float:
    """The value as the attribute keeps it: the vocabulary's word, a whole number, a rounded one."""
    if isinstance(value, str) and attribute.normalise:
        found = concepts(value, topic.vocabulary(attribute.normalise), "")
        value = found[0][0] if found else value
    if attribute.type in ("number", "integer"):
        try:
            number = float(value)
        except ValueError:
            return value
        return round(number) if attribute.type == "integer" else round(number, 2)
    return value


def value_fault(value: str | int | float, attribute: Attribute) -> str:
    """Why a value cannot be one of the attribute's; empty where it can."""
    if attribute.type in ("number", "integer"):
        if isinstance(value, str):
            return "is no number"
        if attribute.plausible and not attribute.plausible[0] <= value <= attribute.plausible[1]:
            return f"lies outside {attribute.plausible[0]:g} to {attribute.plausible[1]:g}"
    if attribute.vocabulary and str(value) not in attribute.vocabulary:
        return "is not in the vocabulary"
    if attribute.pattern and not re.fullmatch(attribute.pattern, str(value)):
        return "has not the attribute's form"
    return ""

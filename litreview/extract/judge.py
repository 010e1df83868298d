"""Which matches hold: role, context, place in the course, what is near, and whether the value can be one."""

import re
from dataclasses import replace

from litreview.extract.concepts import concepts
from litreview.extract.conditions import first_met, met
from litreview.extract.match import Match
from litreview.extract.passages import PHASES, Passage
from litreview.extract.story import Story
from litreview.model.document import SectionKind, Span
from litreview.model.evidence import Evidence
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
    """A match with its verdict: `reason` is empty where it holds; `strength` is what it weighs."""

    match: Match
    reason: str
    strength: float
    evidence: tuple[Evidence, ...]


def judge(match: Match, attribute: Attribute, story: Story) -> Judged:
    """Decide on a match; what cancels it is said in words."""
    value = normalise(match.value, attribute, story.topic)
    if value is not match.value:
        match = replace(match, value=value)
    anchors: tuple[Evidence, ...] = ()
    reason = value_fault(match.value, attribute)
    if not reason and match.passage is not None:
        reason, anchors = _in_prose(match, match.passage, story)
    if not reason and attribute.of_course and story.is_of_earlier_course(match.passage):
        reason = "told of an earlier course"
    once = attribute.of_course and not attribute.any_later_course
    if not reason and once and story.is_of_another_course(match.passage, match.span.start):
        reason = "told of a later course"
    if not reason and attribute.of_index and story.is_of_later_index(match.passage, match.span.start):
        reason = "told of a later index event"
    return Judged(match, reason, _strength(match), (*_leading(match, story), *match.others, *anchors))


def _leading(match: Match, story: Story) -> tuple[Evidence, ...]:
    """The value's words, with the words around them that the rule needed; another patient's share is left out."""
    if match.passage is None or not match.passage.segment.masks:
        return (story.evidence(match.extent),)
    pieces = _unmasked(match, match.passage.segment.masks)
    value = next(piece for piece in pieces if match.span.overlaps(piece) or piece == pieces[-1])
    anchors = tuple(story.evidence(piece, "anchor") for piece in pieces if piece != value)
    return (story.evidence(value), *anchors)


def _unmasked(match: Match, masks: tuple[Span, ...]) -> tuple[Span, ...]:
    """What is left of the matched words without the masks in them, in order."""
    pieces, start = [], match.extent.start
    for mask in sorted(masks):
        if mask.overlaps(match.extent):
            pieces.append(Span(start, max(mask.start, start)))
            start = mask.end
    pieces.append(Span(start, max(match.extent.end, start)))
    return tuple(piece for piece in pieces if len(piece)) or (match.extent,)


def _strength(match: Match) -> float:
    if match.passage is None:
        return match.rule.strength
    section = match.passage.part if match.passage.part != "body" else match.passage.sentence.section
    return match.rule.strength * SECTION_TRUST.get(section, 1.0)


def _in_prose(match: Match, passage: Passage, story: Story) -> tuple[str, tuple[Evidence, ...]]:
    if reason := _objection(match, passage, story):
        return reason, ()
    anchors = []
    for condition in match.rule.near:
        span = met(condition, match, passage, story)
        if span is None:
            return "what must stand near does not", ()
        anchors.append(story.evidence(span, "anchor"))
    if (span := first_met(match.rule.unless, match, passage, story)) is not None:
        return f"cancelled by {story.parsed.document[span]!r}", ()
    return "", tuple(anchors)


def _objection(match: Match, passage: Passage, story: Story) -> str:
    rule = match.rule
    standing = story.standing(passage, match.span)
    if standing.role not in rule.roles:
        return f"told of a {standing.role.replace('_', ' ')}"
    if rule.sections and passage.sentence.section not in rule.sections:
        return f"stands in the {passage.sentence.section}"
    if standing.contexts and (cancelling := standing.contexts.difference(_HARMLESS, rule.ignore_context)):
        return " and ".join(sorted(cancelling))
    if rule.phases and (phase := story.phase_at(passage, match.span)) not in rule.phases:
        return f"told of the time {phase} the intervention"
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

"""Cues: words of a story that tell of an event, unless they are denied, planned or somebody else's."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from litreview.extract.kept import per_topic
from litreview.extract.passages import PHASES, Passage
from litreview.extract.story import Story
from litreview.extract.timeline.anchors import anchor
from litreview.extract.timeline.moments import Moment
from litreview.model.clock import Cue, EventKind
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.rule import Phase
from litreview.model.topic import Topic
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue where it was found: `start` to `end` in the passage's text."""

    kind: EventKind
    cue: Cue
    start: int
    end: int


def hits(story: Story, moments: Sequence[tuple[Moment, ...]]) -> tuple[tuple[Hit, ...], ...]:
    """The cues of each passage in order, without those that only say what one of its moments is counted from."""
    found: dict[int, list[Hit]] = defaultdict(list)
    for known in [known for known in _known(story.topic) if known.pattern in story.held]:
        for passage, match in story.matches(known.cue.pattern):
            if _tells(story, known, passage, match):
                found[id(passage)].append(Hit(known.kind, known.cue, match.start(), match.end()))
    both = zip(story.passages, moments, strict=True)
    return tuple(
        _kept(found[id(passage)], passage, here, story.topic) if id(passage) in found else () for passage, here in both
    )


def _kept(found: Sequence[Hit], passage: Passage, moments: tuple[Moment, ...], topic: Topic) -> tuple[Hit, ...]:
    if moments:
        places = [way.anchor for moment in moments for way in moment.ways if way.anchor and way.form != "duration"]
        found = [hit for hit in found if not _inside(hit, moments, places, passage.text, topic)]
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end)))


def told_of(story: Story, kind: EventKind) -> bool:
    """Whether the story tells, anywhere and not in denial, of an event of that kind."""
    ignored = frozenset(kind.ignore_context)
    return any(
        _holds(story, passage, passage.place(match.start(), match.end()), ignored)
        and not _BEFORE_ANY.search(passage.text, 0, match.start())
        for pattern in (*kind.anchors, *(cue.pattern for cue in kind.cues))
        for passage, match in story.matches(pattern)
    )


_PHASES = frozenset[str](PHASES)
# "Given before any transplant" does not tell of one.
_BEFORE_ANY = re.compile(
    r"\b(?:before|without|prior\s+to|ahead\s+of|instead\s+of|in\s+place\s+of|outside|no)\s+(?:any|an?|having\s+had\s+an?)\s+"
    r"(?:\w+\s+)?$",
    re.IGNORECASE,
)


class _Known(NamedTuple):
    """A cue with its kind of event, its pattern, what cancels it anywhere or right before it, and what it ignores."""

    kind: EventKind
    cue: Cue
    pattern: Pattern
    unless: Pattern | None
    unless_before: Pattern | None
    ignored: frozenset[str]


@per_topic
def _known(topic: Topic) -> list[_Known]:
    """The cues of all kinds; the mere mention of a kind's agent at a time is a weak one more."""
    found: list[_Known] = []
    for kind in topic.events:
        found += [_with_patterns(kind, cue, kind.ignore_context, topic) for cue in kind.cues]
        if kind.agents and not kind.series:
            # "His last transfusion before the drug was on day +140" does not date the drug.
            earlier = r"\b(?:before|prior\s+to|until)\s+(?:the\s+)?"
            mention = Cue(pattern=f"<{kind.agents}>", unless_before=earlier, reach="clause", strength=0.4)
            found.append(_with_patterns(kind, mention, (), topic))
    return found


def _with_patterns(kind: EventKind, cue: Cue, ignored: tuple[str, ...], topic: Topic) -> _Known:
    unless = topic.regex(cue.unless) if cue.unless else None
    before = topic.regex(rf"(?:{cue.unless_before})\s*$") if cue.unless_before else None
    return _Known(kind, cue, topic.regex(cue.pattern), unless, before, frozenset(ignored))


def _tells(story: Story, known: _Known, passage: Passage, match: re.Match[str]) -> bool:
    """Whether the words that a cue matches tell of its event."""
    start, end = match.span()
    if start == end or (known.unless and known.unless.search(passage.text)):
        return False
    if known.unless_before and known.unless_before.search(passage.text[:start]):
        return False
    if known.cue.nearer_than and not _is_last_named(story, passage, known, start):
        return False
    span = passage.place(start, end)
    if _referred(passage, known.kind, start) or not _holds(story, passage, span, known.ignored):
        return False
    return not _out_of_phase(story, passage, span, known.kind.not_in)


def _out_of_phase(story: Story, passage: Passage, span: Span, phases: tuple[Phase, ...]) -> bool:
    """Whether the story has come to a part in which such words tell of something else."""
    if not phases:
        return False
    parted = ("earlier" in phases) != ("before" in phases)
    return (story.phase_at(passage, span) if parted else story.reached_at(passage, span)) in phases


def _is_last_named(story: Story, passage: Passage, known: _Known, start: int) -> bool:
    """Whether, of the event's agents and the cue's rivals, an agent was named last before a place in the paragraph."""
    begin = story.parsed.document.paragraphs[passage.sentence.paragraph].start
    rivals = {known.kind.agents: True, known.cue.nearer_than: False}
    last = False
    for mention in story.parsed.mentions_from(begin):
        if mention.span.start >= passage.span.start + start:
            break
        last = rivals.get(mention.vocabulary, last)
    return last


_REFERRED = re.compile(
    r"\b(?:before|after|following|since|until|till|prior\s+to|from|between|preceding|upon|during|at)\s+"
    r"(?:the\s+|his\s+|her\s+|each\s+|every\s+|this\s+)?$",
    re.IGNORECASE,
)


def _referred(passage: Passage, kind: EventKind, start: int) -> bool:
    """Whether one of a series is only what something else is told by ("before the fourth dose, on day 353")."""
    return kind.series and bool(_REFERRED.search(passage.text[max(0, start - 40) : start]))


def _holds(story: Story, passage: Passage, span: Span, ignored: frozenset[str]) -> bool:
    """Whether the words are the patient's and stand in no context that takes them back."""
    role, found = story.standing(passage, span)
    return role == "patient" and not found - _PHASES - ignored


def _inside(hit: Hit, moments: tuple[Moment, ...], places: Sequence[tuple[int, int]], text: str, topic: Topic) -> bool:
    places = [place for place in places if place[0] <= hit.start < place[1]]
    if not places or any(
        _DIRECTLY.fullmatch(text, hit.end, moment.start) for moment in moments if moment.start > hit.end
    ):
        return False
    return any(_names(hit, place, text, topic) for place in places)


# "Six weeks before the first infusion on day +142" dates the infusion, too.
_DIRECTLY = re.compile(r"\s*(?:\(|,\s*)?(?:on|at)?\s*(?:the\s+)?", re.IGNORECASE)
# "30 days before the drug, which was given on day +150" tells of the drug, too.
_WHICH = re.compile(r"\s*,\s*which\b", re.IGNORECASE)


def _names(hit: Hit, place: tuple[int, int], text: str, topic: Topic) -> bool:
    """Whether a cue that begins in words that a time is counted from is the event's name there, or tells of it.

    "20 months after the drug was started" tells of no start at that time, but "25 days after the first dose counts
    rose" tells of a rise.
    """
    named = anchor(text[slice(*place)], topic)
    if named is None:
        return hit.end <= place[1]
    if _WHICH.match(text, place[1], hit.end):
        return False
    return named[0].kind == hit.kind.kind or hit.start < place[0] + named[1]

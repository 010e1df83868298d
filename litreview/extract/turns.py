"""Turns: where a story comes to the condition, to the intervention, and to a later course of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from litreview.extract.passages import PHASES, Part, Passage
from litreview.model.clock import Cue, EventKind
from litreview.model.document import Span
from litreview.model.pattern import Pattern

if TYPE_CHECKING:
    from litreview.extract.story import Story

CueTold = tuple[Cue, Passage, Span]
_TOLD: tuple[Part, ...] = ("abstract", "body")
_OPENING = 700  # characters in which a letter says what it is about
_SURE = 0.7  # strength below which a cue is too weak to turn a story,
_FIRM = 0.75  # and from which on it is more than a sign
_ANNOUNCED = Pattern(r"\b(?:we|here|herein)\s+(?:\w+\s+)?(?:report|describe|present)")
_REPEATED = re.compile(
    r"\b(?:again|re-?(?:treat|start|introduc|challeng)\w*|(?:second|third|another|further|repeat(?:ed)?)\s+(?:\w+\s+)?(?:course|cycle|round)"
    r"|another\s+(?:\w+\s+){1,2}(?:doses|infusions|injections))\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:day|week|month|year)s?\b|\bd\s?\+|\+\s?\d|\bmg\b|\bdoses?\b|\d{4}", re.IGNORECASE)
_FROM = re.compile(r"\b(?:after|since|from|following)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TIME_FROM = re.compile(
    r"\b(?:days|weeks|months|years?)\s+(?:after|since|from|following)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_FROM_THEN = re.compile(
    r"\b(?:after|since|from|following)\s+(?:the\s+|his\s+|her\s+)?"
    r"(?:first|second|third|fourth|last|final|start|beginning|initiation|end|completion|(?:\w+\s+){0,2}?dose)\b[^,;]{0,40}$"
    r"|\b(?:days|weeks|months|years?)\s+(?:after|since|from|following|before)\s+(?:\w+\s+)?[\w-]+$",
    re.IGNORECASE,
)


def counted_from(story: Story, span: Span) -> bool:
    """Whether words only say what a time counts from: "15 months after the first dose" tells of no new beginning.

    Nor does "another drug was begun 40 days after the first dose of the antibody".
    """
    text = story.parsed.document.text
    before = _FROM.search(text, max(span.start - 24, 0), span.start)
    return before is not None or _FROM_THEN.search(text, span.start, span.end) is not None


def starts(story: Story, later: int | None) -> dict[Part, int]:
    """For abstract and body: where the intervention begins to be told.

    `later` is where a report on a later course of the intervention comes to that.
    """
    places = {part: _start(story, story.passages_of(part)) for part in _TOLD if part == "abstract" or later is None}
    found = {**places, "body": places.get("body", later)}
    return {part: place for part, place in found.items() if place is not None}


def conditions(story: Story, begun: Mapping[Part, int], later: int | None) -> dict[Part, int]:
    """For abstract and body: where the condition begins to be told, before the intervention."""
    if not story.topic.clock.condition:
        return {}
    found: dict[Part, int | None] = {}
    for part in _TOLD:
        start = begun.get(part)
        before = [one for one in story.passages_of(part) if start is None or one.span.start < start]
        found[part] = _condition(story, before, first=part == "body" and later is not None)
    return {part: place for part, place in found.items() if place is not None}


def later_course(story: Story) -> int | None:
    """Where a report on a later course of the intervention comes to it; `None` for all other reports."""
    clock = story.topic.clock
    if not clock.later_course or not story.topic.regex(clock.later_course).search(_opening(story)):
        return None
    body = story.passages_of("body")
    first = _start(story, body)
    again = signs(story, body, story.topic.event(clock.start).again)
    return min((one.span.start for one in again if first is not None and one.span.start > first), default=None)


def _opening(story: Story) -> str:
    """The title and the first words of the text."""
    document = story.parsed.document
    titles = [document[section.span] for section in document.sections if section.kind == "title"]
    return "\n".join([*titles, document.text[:_OPENING]])


def _condition(story: Story, passages: Sequence[Passage], *, first: bool) -> int | None:
    """Where the condition begins to be told: dated, told in a cue's words, or only named.

    With `first` where it is named at all, since before a later course there were several episodes.
    """
    kind = story.topic.event(story.topic.clock.condition)
    if first:
        return _first_sign(story, passages, kind)
    happened = (event for event in story.events if event.kind == kind.kind and event.day is not None)
    words = [one.span for event in happened for one in event.evidence]
    if starts := [span.start for span in words for passage in passages if span in passage.span]:
        return min(starts)
    told = _turn(story, passages, kind.kind)
    return _first_sign(story, passages, kind) if told is None else _behind_index(story, passages, told, kind)


def _first_sign(story: Story, passages: Sequence[Passage], kind: EventKind) -> int | None:
    return min((one.span.start for one in signs(story, passages, kind.shown_by)), default=None)


def _behind_index(story: Story, passages: Sequence[Passage], told: int, kind: EventKind) -> int:
    """The place, or the first behind the index event, if only a sign stood before it.

    "He presented with bruising" is of the disease that he was grafted for, where the condition is named thereafter.
    """
    index = _turn(story, passages, story.topic.clock.index)
    firm = _turn(story, passages, kind.kind, least=_FIRM)
    if index is None or told >= index or firm == told:
        return told
    named = (one.span.start for one in signs(story, passages, kind.shown_by))
    places = [place for place in (firm, *named) if place is not None]
    return min((place for place in places if place > index), default=told) if min(places, default=0) > index else told


def _start(story: Story, passages: Sequence[Passage]) -> int | None:
    """Where the intervention begins to be told: by a cue, else where the telling takes it for granted.

    What is said of several at once, or announced, only counts where the patient's own lines show nothing, or show it
    later than words on all that follow the patient's introduction.
    """
    kind = story.topic.clock.start
    own = [one for one in passages if len(one.segment.patients) == 1 and not _is_announced(story, one)]
    for told in (own, passages):
        position = _turn(story, told, kind)
        if position is None or _is_repeated(told, position):
            places = (position, _first_shown(story, told, kind), _told_of_all(story, own, passages, kind))
            position = min((place for place in places if place is not None), default=None)
        if position is not None:
            return position
    return None


def _is_announced(story: Story, passage: Passage) -> bool:
    """Whether the sentence says what the report is about.

    That is asked of the document once, but where a mask hides words of the sentence.
    """
    if passage.segment.masks:
        return _ANNOUNCED.search(passage.sentence_text) is not None
    places = story.parsed.places(_ANNOUNCED)
    return bool(places) and any(words in passage.sentence.span for words in places)


def _told_of_all(story: Story, own: Sequence[Passage], passages: Sequence[Passage], kind: str) -> int | None:
    """Where words on several tell of the intervention behind the patient's own introduction."""
    shared = _turn(story, passages, kind) if own else None
    return shared if shared is not None and shared > own[0].span.start else None


def _is_repeated(passages: Sequence[Passage], position: int) -> bool:
    """Whether a sentence says that the intervention is begun once more: there was a first time before it."""
    return any(position in one.span and _REPEATED.search(one.text) for one in passages)


def _turn(story: Story, passages: Sequence[Passage], kind: str, least: float = _SURE) -> int | None:
    """The place in the story where an event of that kind is told, not announced: dated or measured if possible.

    What is said of several patients at once ("all were given ...") gives way to the patient's own story, and what a
    time is only counted from ("a year after the first dose") is no telling of it.
    """
    among = set(map(id, passages))
    told = story.told_by_cues(kind)
    found = [(passage, span) for cue, passage, span in told if cue.strength >= least and id(passage) in among]
    if len(found) < 2:
        return found[0][1].start if found else None
    return min((-_weight(story, passage, span), span.start) for passage, span in found)[1]


def told_by_cues(story: Story, kind: EventKind) -> list[CueTold]:
    """Where cues of an event match in the patient's own words, and these do not only say what a time counts from."""
    return [
        (cue, passage, span)
        for cue in kind.cues
        for passage, span in matching(story, story.passages, cue.pattern)
        if not counted_from(story, span)
    ]


def matching(story: Story, passages: Sequence[Passage], pattern: str) -> Iterator[tuple[Passage, Span]]:
    """Where the patient's own words match in some of the story's passages."""
    matches = story.matches(pattern)
    among = set(map(id, passages)) if matches else set()
    for passage, match in matches:
        if id(passage) in among:
            span = passage.place(match.start(), match.end())
            if story.role_at(span) == "patient":
                yield passage, span


def _weight(story: Story, passage: Passage, span: Span) -> int:
    cancelled = story.contexts_at(passage, span) - set(PHASES)
    announced = _is_announced(story, passage)
    dated = _DATED.search(passage.text)
    shared = len(passage.segment.patients) > 1 or _REPEATED.search(passage.text)
    return (-4 if cancelled else 0) + (-3 if announced else 0) + (-2 if shared else 0) + (1 if dated else 0)


def _first_shown(story: Story, passages: Sequence[Passage], kind: str) -> int | None:
    """Where the sentence begins in which a part without a cue first takes the event for granted."""
    shown = [passage.span.start for passage in signs(story, passages, story.topic.event(kind).shown_by)]
    named = _first_named(story, passages, kind)
    return min(shown if named is None else [*shown, named], default=None)


def signs(story: Story, passages: Sequence[Passage], cues: tuple[Cue, ...]) -> Iterator[Passage]:
    """The passages that hold one of the words, told of the patient."""
    for sign in cues:
        for passage, _ in matching(story, passages, sign.pattern):
            if not (sign.unless and story.topic.regex(sign.unless).search(passage.text)):
                yield passage


def _first_named(story: Story, passages: Sequence[Passage], kind: str) -> int | None:
    """The first mention of the event's agent in a part that never says in a cue's words that it was given.

    The title and mentions that are denied, planned or somebody else's do not count, nor those a time is counted from.
    """
    among = set(map(id, passages))
    named = (
        mention.span.start
        for passage, mention in story.mentions(story.topic.event(kind).agents)
        if id(passage) in among
        and story.role_at(mention.span) == "patient"
        and not story.contexts_at(passage, mention.span) - set(PHASES) - {"history"}
        and not _TIME_FROM.search(story.parsed.document.text, max(mention.span.start - 40, 0), mention.span.start)
    )
    return min(named, default=None)

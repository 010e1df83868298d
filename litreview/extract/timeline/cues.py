"""Cues: words of a story that tell of an event, unless they are denied, planned or somebody else's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litreview.extract.story import PHASES, Passage, Story
from litreview.extract.timeline.anchors import anchor
from litreview.extract.timeline.moments import Moment
from litreview.model.pattern import Sieve
from litreview.model.topic import Cue, EventKind, Topic


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue where it was found: `start` to `end` in the passage's text."""

    kind: EventKind
    cue: Cue
    start: int
    end: int


def hits(story: Story, passage: Passage, moments: tuple[Moment, ...]) -> tuple[Hit, ...]:
    """The cues of a passage in order, without those that only say what a time is counted from."""
    known, sieve = _known(story.topic)
    found = [hit for number in sieve.passing(passage.text) for hit in _found(story, passage, *known[number])]
    return tuple(
        sorted(
            (hit for hit in found if not _inside(hit, moments, passage.text, story.topic)),
            key=lambda hit: (hit.start, hit.end),
        )
    )


def told_of(story: Story, kind: EventKind) -> bool:
    """Whether the story tells, anywhere and not in denial, of an event of that kind."""
    return any(
        _holds(story, passage, match, kind.ignore_context)
        for pattern in (*kind.anchors, *(cue.pattern for cue in kind.cues))
        for passage, match in story.matches(pattern)
    )


def _cues(kind: EventKind) -> Iterator[tuple[Cue, tuple[str, ...]]]:
    """The cues of a kind with the contexts they ignore; the mere mention of its agent at a time is a weak one more."""
    yield from ((cue, kind.ignore_context) for cue in kind.cues)
    if kind.agents and not kind.series:
        yield Cue(pattern=f"<{kind.agents}>", reach="clause", strength=0.4), ()


_Known = tuple[list[tuple[EventKind, Cue, tuple[str, ...]]], Sieve]
_by_topic: dict[int, tuple[Topic, _Known]] = {}


def _known(topic: Topic) -> _Known:
    """The cues of all kinds of a topic, held beside it so that its identity stays taken."""
    if id(topic) not in _by_topic:
        if len(_by_topic) > 8:
            _by_topic.clear()
        cues = [(kind, cue, ignored) for kind in topic.events for cue, ignored in _cues(kind)]
        _by_topic[id(topic)] = (topic, (cues, Sieve([topic.regex(cue.pattern) for _, cue, _ in cues])))
    return _by_topic[id(topic)][1]


def _found(story: Story, passage: Passage, kind: EventKind, cue: Cue, ignored: tuple[str, ...]) -> Iterator[Hit]:
    for match in story.topic.regex(cue.pattern).compiled.finditer(passage.text):
        if cue.unless and story.topic.regex(cue.unless).search(passage.text):
            return
        if match.group() and not _referred(passage, kind, match) and _holds(story, passage, match, ignored):
            yield Hit(kind, cue, match.start(), match.end())


_REFERRED = re.compile(
    r"\b(?:before|after|following|since|until|till|prior\s+to|from|between|preceding|upon|during|at)\s+"
    r"(?:the\s+|his\s+|her\s+|each\s+|every\s+|this\s+)?$",
    re.IGNORECASE,
)


def _referred(passage: Passage, kind: EventKind, match: re.Match[str]) -> bool:
    """Whether one of a series is only what something else is told by ("before the fourth dose, on day 353")."""
    return kind.series and bool(_REFERRED.search(passage.text[max(0, match.start() - 40) : match.start()]))


def _holds(story: Story, passage: Passage, match: re.Match[str], ignored: tuple[str, ...]) -> bool:
    """Whether the words are the patient's and stand in no context that takes them back."""
    span = passage.place(match.start(), match.end())
    contexts = story.contexts_at(passage, span) - {*PHASES, *ignored}
    return story.role_at(span) == "patient" and not contexts


def _inside(hit: Hit, moments: tuple[Moment, ...], text: str, topic: Topic) -> bool:
    places = [way.anchor for moment in moments for way in moment.ways if way.anchor and way.form != "duration"]
    return any(_names(hit, place, text, topic) for place in places)


def _names(hit: Hit, place: tuple[int, int], text: str, topic: Topic) -> bool:
    """Whether a cue is the name of the event that a time is counted from, or begins there and tells of it.

    "20 months after the drug was started" tells of no start at that time, but "25 days after the first dose counts
    rose" tells of a rise.
    """
    if not place[0] <= hit.start < place[1]:
        return False
    named = anchor(text[slice(*place)], topic)
    if named is None:
        return hit.end <= place[1]
    return named[0].kind == hit.kind.kind or hit.start < place[0] + named[1]

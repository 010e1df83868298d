"""What a time is counted from: the event, and which of a series, that the words after "after" name."""

import re
from typing import NamedTuple

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.letters import fold
from litreview.extract.amounts.numbers import numbers
from litreview.extract.kept import per_topic
from litreview.model.clock import EventKind
from litreview.model.pattern import Sieve
from litreview.model.topic import Topic


class Node(NamedTuple):
    """A place on the timeline: an event (`number` counts a series from 1, -1 is its last), or a moment of the text."""

    kind: str
    number: int = 0


def anchor_node(words: str, topic: Topic) -> Node | None:
    """The event that a phrase names, `None` where it names none of the topic's.

    The event that is named first wins: "the first dose after the transplant" is the dose.
    """
    found = anchor(words, topic)
    return found[0] if found else None


def anchor(words: str, topic: Topic) -> tuple[Node, int] | None:
    """The event that a phrase names, and where its name ends in the phrase."""
    folded = fold(words)
    kinds, sieve = _anchors(topic)
    found = [
        (match.start(), -match.end(), number, kinds[number], match)
        for number in sieve.passing(folded)
        if (match := sieve.patterns[number].compiled.search(folded))
    ]
    if found:
        *_, kind, match = min(found, key=lambda item: item[:3])
        return node(kind, _ordinal(folded, match) if kind.series else 0), match.end()
    alone = _ellipsis(folded, topic)
    return (alone, len(words)) if alone else None


@per_topic
def _anchors(topic: Topic) -> tuple[list[EventKind], Sieve]:
    """The names of all events, each with its kind."""
    named = [(kind, topic.regex(pattern)) for kind in topic.events for pattern in kind.anchors]
    return [kind for kind, _ in named], Sieve([pattern for _, pattern in named])


def node(kind: EventKind, number: int) -> Node:
    """The place of an event; the first of a series is the event that it opens, the last the one that it closes."""
    if kind.series and number == 1 and kind.first_is:
        return Node(kind.first_is)
    if kind.series and number == -1 and kind.last_is:
        return Node(kind.last_is)
    return Node(kind.kind, number)


_LAST = re.compile(r"\b(?:last|final|latest)\b[^,;]{0,30}$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:no\.?\s*|#\s*|number\s+)?(\d{1,2})(?![\d.,/]*\d|\s*(?:mg|%))", re.IGNORECASE)


def _ordinal(words: str, match: re.Match[str]) -> int:
    """Which of a series: "the third infusion", "dose 4", "the last dose"; one that is not counted is the first.

    "The sixth and last" is the last.
    """
    before = words[: match.end()]
    if _LAST.search(before):
        return -1
    ordinals = [number for number in numbers(before, Habit()) if number.kind == "ordinal"]
    if ordinals:
        return int(ordinals[-1].value)
    behind = _BEHIND.match(words, match.end())
    return int(behind.group(1)) if behind else 1


_ALONE = re.compile(
    r"(?:the\s+|its\s+|his\s+|her\s+)?(?P<last>last|final)?(?P<ordinal>[\w-]+)?(?:\s+one)?\s*", re.IGNORECASE
)


def _ellipsis(words: str, topic: Topic) -> Node | None:
    """ "17 days after the first and three days after the third infusion": an ordinal alone counts the series."""
    series = next((kind for kind in topic.events if kind.series), None)
    match = _ALONE.fullmatch(words)
    if series is None or match is None:
        return None
    ordinals = [number for number in numbers(words, Habit()) if number.kind == "ordinal"]
    if match["last"]:
        return node(series, -1)
    return node(series, int(ordinals[0].value)) if ordinals else None

"""Signs: what can be seen of a chosen value, beside its rule, that makes it more or less likely to be right."""

from collections.abc import Iterator, Sequence

from litreview.extract.judge import Judged
from litreview.extract.parsed import Segment
from litreview.extract.tellings import agreement, telling

NEARLY = 0.05  # how much weaker than the chosen value another may be to count as as strong

_PLACES = {
    "case": "",
    "results": "",
    "title": "in the title",
    "abstract": "in the abstract",
    "introduction": "away from the case",
    "methods": "in the methods",
    "discussion": "away from the case",
    "caption": "away from the case",
}


def signs(chosen: Judged, same: Sequence[Judged], rivals: Sequence[float]) -> tuple[str, ...]:
    """The signs of a chosen value: `same` are the matches that hold and say the same.

    `rivals` tells of each other value that holds how much better than this one it is supported.
    """
    passage = chosen.match.passage
    found = ["in a table" if passage is None else _PLACES.get(passage.where, "in an unnamed part")]
    if chosen.match.qualifier != "=":
        found.append("not exact")
    if len(same) > 1:
        found += _agreement(same)
    if rivals:
        found.append("another value is as strong" if max(rivals) > -NEARLY else "another value stands back")
    if passage is not None:
        found += _patients(passage.segment)
    return tuple(filter(None, found))


def places(same: Sequence[Judged]) -> int:
    """How many sentences and cells matches stand in."""
    if len(same) == 1:
        return 1
    return len({item.match.passage.span if item.match.passage else item.match.span for item in same})


def _agreement(same: Sequence[Judged]) -> Iterator[str]:
    if (number := places(same)) > 1:
        yield "in two places" if number == 2 else "in three places"
    if len({item.match.rule.id for item in same}) > 1:
        yield "two rules agree"
    yield agreement({telling(item) for item in same})


def _patients(segment: Segment) -> Iterator[str]:
    if len(segment.patients) > 1:
        yield "said of several patients"
    if segment.masks:
        yield "shared out"
    if not segment.explicit:
        yield "carried over"

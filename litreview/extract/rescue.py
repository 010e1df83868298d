"""Rescue: where a story turns to another treatment because the intervention has failed or its effect is lost.

What is told from there on is owed to the other treatment, until the intervention is begun again. Where that is because
its effect was lost, what follows is told of another course.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from litreview.extract.passages import Passage
from litreview.extract.turns import matching, signs
from litreview.model.document import Span

if TYPE_CHECKING:
    from litreview.extract.story import Story

Stretch = tuple[int, int]
_KEPT = frozenset({"before", "during", "after", "earlier", "history"})  # contexts that leave it told as done


def rescues(story: Story, passages: Sequence[Passage], start: int) -> tuple[Stretch, ...]:
    """The stretches of a telling, from `start` on, that tell of another treatment's time."""
    clock = story.topic.clock
    if clock.rescue is None or not passages:
        return ()
    failures = [failure.start for _, failure in in_passages(story, passages, clock.rescue.because, start)]
    if not failures:
        return ()
    again = begun_again(story, passages, start)
    end = passages[-1].span.end
    found: list[Stretch] = []
    for passage, begun in in_passages(story, passages, clock.rescue.begun, start):
        if not any(failure <= passage.span.end for failure in failures) or _within(begun.start, found):
            continue
        found.append((begun.start, next((other for other in again if other > begun.start), end)))
    return tuple(found)


def _within(place: int, stretches: Sequence[Stretch]) -> bool:
    return any(begin <= place < end for begin, end in stretches)


def begun_again(story: Story, passages: Sequence[Passage], start: int) -> list[int]:
    """Where the intervention is told to be begun, in order."""
    among = set(map(id, passages))
    told = story.told_by_cues(story.topic.clock.start)
    return sorted(
        span.start
        for _, passage, span in told
        if id(passage) in among and span.start >= start and _is_done(story, passage, span)
    )


def in_passages(story: Story, passages: Sequence[Passage], pattern: str, start: int) -> Iterator[tuple[Passage, Span]]:
    """Where the patient's own words match after a place, unless they deny it or speak of plans."""
    for passage, span in matching(story, passages, pattern):
        if span.start >= start and _is_done(story, passage, span):
            yield passage, span


def _is_done(story: Story, passage: Passage, span: Span) -> bool:
    return not story.contexts_at(passage, span) - _KEPT


def renewed(story: Story, passages: Sequence[Passage], start: int) -> int | None:
    """Where the intervention is told to be begun once more after its effect was lost.

    A loss in the same sentence brings the new course in; otherwise it begins with the sentence that tells of it.
    """
    clock = story.topic.clock
    if clock.rescue is None or not clock.rescue.lost:
        return None
    losses = [(passage, span.start) for passage, span in in_passages(story, passages, clock.rescue.lost, start)]
    first = min((place for _, place in losses), default=None)
    if first is None:
        return None
    again = signs(story, passages, story.topic.event(clock.start).again)
    found = (passage for passage in again if passage.span.end > first)
    return min((max(passage.span.start, first) for passage in found), default=None)

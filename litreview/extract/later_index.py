"""Where a story comes to the index event again, behind the intervention: a transplant that it led up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from litreview.extract.passages import Passage
from litreview.extract.rescue import begun_again, in_passages

if TYPE_CHECKING:
    from litreview.extract.story import Story


def later_index(story: Story, passages: Sequence[Passage], start: int) -> int | None:
    """The place in a telling from which on a later index event is told, `None` where there is none.

    An abstract may begin with the intervention and then go back, so the event is a later one only where the same
    section does not tell of the intervention's beginning behind it.
    """
    clock = story.topic.clock
    if not clock.later_index:
        return None
    told = list(in_passages(story, passages, clock.later_index, start))
    begun = begun_again(story, passages, start) if told else []
    for passage, span in told:
        end = _end_of_section(story, passage)
        if not any(passage.sentence.span.end <= other < end for other in begun):
            return span.start
    return None


def _end_of_section(story: Story, passage: Passage) -> int:
    section = story.parsed.sections.at(passage.span.start)
    return section.span.end if section else len(story.parsed.document.text)

"""The day that a patient's story has come to where words stand, by the last day it told."""

from typing import TYPE_CHECKING

from litreview.extract.passages import Passage
from litreview.extract.timeline.statements import statement_at

if TYPE_CHECKING:
    from litreview.extract.story import Story


def day_told(story: "Story", passage: Passage, position: int) -> float | None:
    """The last signed day that the paragraph tells before a position, else the first behind it in its statement."""
    if (own := _day_behind(story, passage, position)) is not None:
        return own
    last = None
    for other in story.passages:
        if other.sentence.paragraph == passage.sentence.paragraph and other.span.start <= position:
            for time in story.times(other):
                if time.signed and other.span.start + time.start < position:
                    last = time.days
    return last


def _day_behind(story: "Story", passage: Passage, position: int) -> float | None:
    """The signed day by which words are dated that stand before it: "hemolysis recurred on day +420"."""
    place = position - passage.span.start
    own = statement_at(passage.text, place)
    here = [time for time in story.times(passage) if time.signed and own.start <= time.start < own.end]
    return None if any(time.start < place for time in here) else next((time.days for time in here), None)

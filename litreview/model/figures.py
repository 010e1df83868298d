"""What a topic's pictures of patients show."""

from litreview.model.analysis import Duration
from litreview.model.strict import Strict


class Mark(Strict):
    """Something that happened, drawn at its time; of several durations the first that is told counts."""

    title: str
    at: tuple[Duration, ...]


class Figures(Strict):
    """Which attribute gives the colour (`group`), how long patients were followed, what is marked on their way.

    `ends` says how the values of an attribute are shown at the end of a course.
    """

    group: str = ""
    length: tuple[Duration, ...] = ()
    marks: tuple[Mark, ...] = ()
    end: str = ""
    ends: dict[str, str] = {}

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute that is named."""
        durations = (*self.length, *(each for mark in self.marks for each in mark.at))
        timed = (name for each in durations for name in (each.of, *each.less))
        return tuple(name for name in (self.group, self.end, *timed) if name)

"""The timeline of one patient: events with their days, solved from everything the report says about when."""

from collections.abc import Sequence
from dataclasses import dataclass

from litreview.extract.parsed import Parsed, Told
from litreview.model.event import Event
from litreview.model.evidence import Evidence
from litreview.model.topic import Topic


@dataclass(frozen=True, slots=True)
class Difference:
    """Days between two events, with the half-width of what the words leave open, and the words."""

    days: float
    exact: float
    evidence: tuple[Evidence, ...]


def timeline(subject: int, told: Told, parsed: Parsed, topic: Topic) -> tuple[Event, ...]:
    """The events of one patient, with days where they can be had."""
    return ()


def days_between(events: Sequence[Event], kind: str, since: str) -> Difference | None:
    """The day of `kind` less the day of `since`, from whatever clock ties them; `None` where nothing does."""
    return None

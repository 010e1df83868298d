"""Events: dated things in a patient's course."""

from typing import Literal

from litreview.model.evidence import Evidence
from litreview.model.values import dataclass

DECIDED = "decision"
"""What the day of an event rests on where a person has decided it."""

DayQualifier = Literal["=", "~", "<", ">", "range"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a patient at a time.

    `kind` is one of the topic's event kinds. `day` counts from `clock`, itself the kind of the event that is day 0;
    `None` where the report does not date it. `exact` is the half-width in days of what the words leave open (0 for a
    printed day, about 3 for weeks, 15 for months, 180 for years).
    """

    kind: str
    day: float | None = None
    clock: str = ""
    agent: str = ""
    day_qualifier: DayQualifier = "="
    exact: float = 0.0
    amount: float | None = None
    unit: str = ""
    evidence: tuple[Evidence, ...] = ()
    derived_from: tuple[str, ...] = ()

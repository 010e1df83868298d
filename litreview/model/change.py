"""What one version of a review has that the one before had not."""

from dataclasses import dataclass, field
from typing import Literal

ChangeKind = Literal[
    "record", "revision", "status", "duplicate", "full text", "screening", "case", "patient", "value", "waiting"
]
How = Literal["new", "changed", "gone"]
Plain = str | int | float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that came, changed or went; `record_id` is the report it belongs to."""

    kind: ChangeKind
    change: How
    subject: str
    record_id: str = ""
    attribute: str = ""
    before: Plain = None
    after: Plain = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a line of the pooled summary says: n of N with its interval, or a median with its range."""

    n: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None
    median: float | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A pooled estimate before and after."""

    title: str
    group: str
    value: str
    how: str
    before: Figure
    after: Figure


@dataclass(frozen=True, slots=True)
class Named:
    """What a report is called where changes are told."""

    pmid: str = ""
    doi: str = ""
    title: str = ""
    first_author: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A search that this version rests on."""

    database: str
    name: str
    query: str
    translation: str
    count: int
    new_records: int
    searched_at: str
    asked_by: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the flow."""

    stage: str
    arm: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Made:
    """What a version was made with."""

    litreview: str = ""
    topic_version: str = ""
    rules_hash: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the review: when and by what it was made, and all that changed."""

    number: int
    made_at: str
    command: str
    topic: str
    title: str
    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    previous_at: str = ""
    made_with: Made = Made()
    previous_with: Made = Made()
    searches: tuple[Asked, ...] = ()
    flow: tuple[Box, ...] = ()
    flow_before: tuple[Box, ...] = ()
    waiting: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

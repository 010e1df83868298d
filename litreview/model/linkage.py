"""Linkage: which records or patients are the same, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from litreview.model.bibliography import PartialDate
from litreview.model.case import CaseSource, Value

Outcome = Literal["same", "possible", "related", "different"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An attribute of two cases side by side: how it agrees, in a word, and how many bits that is for one patient."""

    attribute: str
    left: Value | None
    right: Value | None
    how: str
    bits: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things compared, with the outcome, a score between 0 and 1, and the reasons in words.

    Two cases have the attributes that were compared as well, in the order of `left` and `right`.
    """

    left: str
    right: str
    outcome: Outcome
    score: float
    reasons: tuple[str, ...] = ()
    compared: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Members that are one and the same; `leader` stands for them."""

    leader: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A case as it is compared with others: whose report it is in, and its values (a list attribute's as a tuple).

    `record_id` is the report; `authors`, `title`, `hospitals` (affiliations as printed), `published` and the reports it
    `cites` are the report's. `citation` is what a cited case points to. `decided` are the attributes that people
    decided on, and those that follow from these.
    """

    case_id: str
    record_id: str
    source: CaseSource
    authors: tuple[str, ...]
    year: int | None
    full_text: bool
    values: Mapping[str, Value]
    citation: str = ""
    patient_id: str | None = None
    label: str = ""
    hospitals: tuple[str, ...] = ()
    published: PartialDate | None = None
    cites: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    title: str = ""

"""Linkage: which records or patients are the same, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from litreview.model.case import CaseSource, Value

Outcome = Literal["same", "possible", "related", "different"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things compared, with the outcome, a score between 0 and 1, and the reasons in words."""

    left: str
    right: str
    outcome: Outcome
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Members that are one and the same; `leader` stands for them."""

    leader: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A case as it is compared with others: whose report it is in, and its values (a list attribute's as a tuple).

    `record_id` is the report, `authors` are the report's, `citation` is what a cited case points to.
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

"""Linkage: which records or patients are the same, and why."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["same", "possible", "different"]


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

"""A topic's curated baseline: published patients to start from, and the printed figures of the review they carry on."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from litreview.model.source import SourceReport
from litreview.model.strict import Strict

FigureKind = Literal["", "patients", "n", "told", "minimum", "maximum", "median", "values", "most"]


class BaselineOf(Strict):
    """What a topic says of its baseline: the name of the source, and the review whose figures were printed."""

    source: str
    review: str
    patients: int = Field(ge=1, description="patients that the review pooled")


class Statement(Strict):
    """A figure that the review prints, and how it is computed again.

    `figure` of the `attribute`: `n` patients with `value` (or within the limits), `told` those with any, the `minimum`,
    `maximum` or `median` of a number, the different `values`, the `most` frequent ones; `patients` counts them all.
    Without a figure it cannot be computed from attributes. Statements that `adds_up` names alike should sum to all
    patients.
    """

    statement: str
    population: str
    quantity: str
    printed: str
    figure: FigureKind = ""
    attribute: str = ""
    value: str = ""
    where: dict[str, str] = {}
    excluding: dict[str, str] = {}
    at_least: float | None = None
    below: float | None = None
    adds_up: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the review's figures leave open, or contradict, with the statements it is about."""

    about: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A curated baseline, whole; `reviewed` are the keys of the reports whose patients the review pooled."""

    of: BaselineOf
    reports: tuple[SourceReport, ...]
    reviewed: tuple[str, ...]
    statements: tuple[Statement, ...]
    contradictions: tuple[Contradiction, ...]

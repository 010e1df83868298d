"""Single comparisons of a found value with a gold value, and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from litreview.model.case import Finding
from litreview.model.proportion import wilson

Result = Literal["right", "wrong", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One value (an item, of a list) against the gold.

    `case` is the gold's name of the case (`PMID#index`), or the found case's label where the gold has none such.
    `matched` is false for the values of a case that has no counterpart. `overlaps` says whether the evidence shares
    words with the gold's quote; `None` where that quote was not found in the texts, or the value is not right.
    `finding` is what was found, whole; `None` for what is missing.
    """

    pmid: str
    case: str
    attribute: str
    result: Result
    gold: str = ""
    found: str = ""
    gold_quote: str = ""
    quote: str = ""
    section: str = ""
    rule_id: str = ""
    origin: str = ""
    matched: bool = True
    overlaps: bool | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """True positives, false positives and false negatives, and the measures made of them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; `None` where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; `None` where the gold is empty."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; `None` where there is neither gold nor anything found."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None

    @property
    def precision_interval(self) -> tuple[float, float] | None:
        """95 % interval after Wilson, values taken as independent."""
        return wilson(self.tp, self.tp + self.fp)

    @property
    def recall_interval(self) -> tuple[float, float] | None:
        """95 % interval after Wilson, values taken as independent."""
        return wilson(self.tp, self.tp + self.fn)

    def __add__(self, other: "Count") -> "Count":
        return Count(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


_WORTH = {"right": Count(tp=1), "wrong": Count(fp=1, fn=1), "missing": Count(fn=1), "extra": Count(fp=1)}


def count(comparisons: Iterable[Comparison]) -> Count:
    """The comparisons added up: a wrong value is one false positive and one false negative."""
    return sum((_WORTH[comparison.result] for comparison in comparisons), Count())

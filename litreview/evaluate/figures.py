"""Scores as figures: one row a measure, for tables, JSON and CSV alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from litreview.evaluate.bootstrap import f1_interval
from litreview.evaluate.comparison import Count, count
from litreview.evaluate.score import ReportScore, Scores

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of one thing, with 95 % intervals.

    Precision and recall after Wilson, as if values were independent; F1 by drawing reports, which are.
    """

    name: str
    count: Count
    f1_interval: Interval


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    n: int
    of: int


def value_figures(scores: Scores) -> Figures:
    """Over all values."""
    return Figures("all values", scores.values, f1_interval([count(report.comparisons) for report in scores.reports]))


def case_figures(scores: Scores) -> Figures:
    """Over cases."""
    return Figures("cases", scores.cases, f1_interval([report.cases for report in scores.reports]))


def attribute_figures(scores: Scores, order: Sequence[str]) -> tuple[Figures, ...]:
    """Attribute by attribute, in the order given, then the others."""
    counts = scores.by_attribute()
    names = [name for name in order if name in counts] + [name for name in counts if name not in order]
    return tuple(Figures(name, counts[name], f1_interval(_of(name, scores.reports))) for name in names)


def _of(attribute: str, reports: Sequence[ReportScore]) -> list[Count]:
    return [count(found for found in report.comparisons if found.attribute == attribute) for report in reports]


def eligible_share(scores: Scores) -> Share:
    """Reports whose eligibility agrees with the gold."""
    return Share(sum(each.relevant == each.eligible for each in scores.screened), len(scores.screened))


def reason_share(scores: Scores) -> Share:
    """Of the reports that gold leaves out, those left out with the same reason."""
    out = [each for each in scores.screened if not each.relevant]
    return Share(sum(not each.eligible and each.reason == each.gold_reason for each in out), len(out))

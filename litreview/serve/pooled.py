"""The pooled figures that the home page shows: the lines of the summary on what the topic's table is faceted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from litreview.serve.knowledge import Knowledge

if TYPE_CHECKING:
    from litreview.pool import Summary


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its interval, in percent of the line's width; `value` where rows of a table can be had by it."""

    name: str
    value: str
    n: int
    of: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one title."""

    title: str
    attribute: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Pooled:
    """How many patients the charts are of, and the charts."""

    patients: int
    reports: int
    charts: tuple[Chart, ...]


def pooled(known: Knowledge) -> Pooled | None:
    """The charts as the database stands; `None` without a topic or patients."""
    from litreview.steps.pool import pool

    if known.topic is None:
        return None
    summary = pool(known.path, rules_dir=known.rules_dir)
    charts = _charts(summary, known.topic.facets)
    return Pooled(summary.patients, summary.reports, charts) if charts else None


def _charts(summary: Summary, facets: tuple[str, ...]) -> tuple[Chart, ...]:
    found: dict[tuple[str, str], list[Bar]] = {}
    for line in summary.lines:
        if line.attribute in facets and line.shares:
            bars = found.setdefault((line.title, line.attribute), [])
            for share in line.shares:
                if share.of and share.interval:
                    value = "" if line.group or "|" in share.value else share.value
                    low, high = (round(100 * bound, 1) for bound in share.interval)
                    bars.append(
                        Bar(
                            line.group or share.value,
                            value,
                            share.n,
                            share.of,
                            round(100 * share.n / share.of, 1),
                            low,
                            high,
                        )
                    )
    # What a treatment did comes first, whom it was given to after: the topic names its facets in the other order.
    order = {name: n for n, name in enumerate(facets)}
    charts = [Chart(title, attribute, tuple(bars)) for (title, attribute), bars in found.items() if bars]
    return tuple(sorted(charts, key=lambda chart: -order[chart.attribute]))

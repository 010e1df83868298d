"""An interval for F1, whose two parts are not independent: reports drawn again and again."""

import random
from collections.abc import Sequence

from litreview.evaluate.comparison import Count

ROUNDS, SEED = 1000, 20210623


def f1_interval(reports: Sequence[Count]) -> tuple[float, float] | None:
    """The 95 % percentile interval of F1 over reports drawn with replacement, always the same draws.

    Values of one report stand and fall together, so reports are drawn and not values. `None` where nothing was counted
    in fewer than two reports.
    """
    told = [report for report in reports if report.tp + report.fp + report.fn]
    if len(told) < 2:
        return None
    draw = random.Random(SEED)
    drawn = sorted(_f1(draw.choices(told, k=len(told))) for _ in range(ROUNDS))
    return drawn[int(0.025 * ROUNDS)], drawn[int(0.975 * ROUNDS)]


def _f1(reports: Sequence[Count]) -> float:
    right = 2 * sum(report.tp for report in reports)
    return right / (right + sum(report.fp + report.fn for report in reports))

"""Time to an event where some have not been watched to the end: the Kaplan-Meier estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Span:
    """How long a patient was watched, and whether the event came at its end."""

    patient_id: str
    time: float
    event: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The share still without the event at a time at which it happened, with its 95 % interval."""

    time: float
    at_risk: int
    events: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The curve, with the time by which half have had the event (`None`: not reached) and its 95 % interval."""

    patients: int
    events: int
    steps: tuple[Step, ...]
    median: float | None = None
    low: float | None = None
    high: float | None = None


def estimate(spans: Sequence[Span]) -> Estimate:
    """The Kaplan-Meier estimate (1958, doi:10.1080/01621459.1958.10501452) with intervals on the log-log scale.

    On that scale (Kalbfleisch and Prentice) they stay within 0 and 1; the interval of the median holds every time at
    which a half lies within the curve's (Brookmeyer and Crowley 1982, doi:10.2307/2530286).
    """
    events = sum(span.event for span in spans)
    if not events:
        return Estimate(len(spans), 0, ())
    from numpy import errstate
    from statsmodels.duration.survfunc import SurvfuncRight

    fitted = SurvfuncRight([span.time for span in spans], [int(span.event) for span in spans])
    told = zip(fitted.surv_times, fitted.n_risk, fitted.n_events, fitted.surv_prob, fitted.surv_prob_se, strict=True)
    steps = tuple(
        Step(float(time), int(at_risk), int(happened), float(share), *_limits(float(share), float(error)))
        for time, at_risk, happened, share, error in told
        if happened
    )
    with errstate(divide="ignore", invalid="ignore"):  # where nobody is left the scale has no place for the share
        low, high = fitted.quantile_ci(0.5, method="cloglog")
    return Estimate(len(spans), events, steps, *map(_reached, (fitted.quantile(0.5), low, high)))


def _limits(share: float, error: float) -> tuple[float | None, float | None]:
    """Open where nobody is left: the scale has no place for a share of nothing."""
    from numpy import exp, log

    from litreview.model.proportion import Z95

    if not 0 < share < 1:
        return None, None
    half = Z95 * error / (share * abs(log(share)))
    return float(share ** exp(half)), float(share ** exp(-half))


def _reached(time: float) -> float | None:
    return float(time) if isfinite(time) else None

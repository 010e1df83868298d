"""One share pooled over reports: a one-arm meta-analysis with random effects, and how much the reports differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from litreview.model.proportion import Z95
from litreview.pool.intervals import exact

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

_NODES = 100  # of the Gauss-Hermite quadrature: the pooled log odds no longer change in the sixth digit
_INDISTINCT = 0.05  # chi-square by which reports that differ fit better than reports alike: less is no sign of it
_BOUNDLESS = 6.0  # and one beyond which they would all be 0 or 1


@dataclass(frozen=True, slots=True)
class Arm:
    """`n` of the `of` patients of one report."""

    report: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Pooled:
    """A share pooled over `reports`, with its 95 % interval and the heterogeneity.

    `tau2` is the variance of the log odds between reports, `q` the likelihood-ratio statistic against one share in all
    reports (on `df` degrees of freedom, with its `p`), `i2` the part of `q` beyond what chance gives. They are `None`
    where no report has more than one patient, or only one report is there: nothing can then tell reports from patients.
    Without `tau2` the share is that of all patients together, with the exact interval.
    """

    reports: int
    n: int
    of: int
    share: float
    low: float
    high: float
    tau2: float | None = None
    q: float | None = None
    df: int = 0
    p: float | None = None
    i2: float | None = None


def pooled(arms: Sequence[Arm]) -> Pooled | None:
    """The share of a typical report, by a binomial-normal model; `None` without any patient.

    A logistic regression with a random intercept for each report, by maximum likelihood (Stijnen et al. 2010,
    doi:10.1002/sim.4040). It takes counts as they are: reports of one patient and reports in which none or all
    responded need no half patient added, as the logit needs, and no harmonic mean of sizes, by which the double arcsine
    is turned back (Schwarzer et al. 2019, doi:10.1002/jrsm.1348).
    """
    told = [arm for arm in arms if arm.of > 0]
    n, of = sum(arm.n for arm in told), sum(arm.of for arm in told)
    limits = exact(n, of)
    if limits is None:
        return None
    if len(told) < 2 or all(arm.of == 1 for arm in told):
        return Pooled(len(told), n, of, n / of, *limits)
    q, df, p, i2 = _heterogeneity(told, n / of)
    if n in (0, of):
        return Pooled(len(told), n, of, n / of, *limits, 0.0, q, df, p, i2)
    fitted = _fitted(told, n / of)
    if fitted is None:
        return Pooled(len(told), n, of, n / of, *limits, None, q, df, p, i2)
    centre, error, tau2 = fitted
    low, share, high = (_expit(centre + step * error) for step in (-Z95, 0.0, Z95))
    return Pooled(len(told), n, of, share, low, high, tau2, q, df, p, i2)


def _heterogeneity(arms: Sequence[Arm], common: float) -> tuple[float, int, float, float]:
    """Q, its degrees of freedom, its p and I2 (Higgins and Thompson 2002, doi:10.1002/sim.1186)."""
    from scipy.stats import chi2

    pairs = [pair for arm in arms for pair in ((arm.n, arm.of * common), (arm.of - arm.n, arm.of * (1 - common)))]
    q = max(0.0, 2 * sum(seen * log(seen / expected) for seen, expected in pairs if seen))
    df = len(arms) - 1
    return q, df, float(chi2.sf(q, df)), max(0.0, (q - df) / q) if q else 0.0


def _fitted(arms: Sequence[Arm], common: float) -> tuple[float, float, float] | None:
    """Centre of the log odds, its standard error, and their variance between reports.

    `None` where the counts do not say how far reports lie apart, as where all responded in some and none in the others.
    """
    import numpy as np
    from scipy.optimize import minimize
    from statsmodels.tools.numdiff import approx_hess3

    counted = Counter((arm.n, arm.of) for arm in arms)  # most reports are one of few: 1 of 1, 0 of 1, 2 of 2
    n, of = (np.array(column, float) for column in zip(*counted, strict=True))
    times = np.array(list(counted.values()), float)
    nodes, weights = np.polynomial.hermite.hermgauss(_NODES)

    def loss(at: "NDArray[float64]") -> float:
        return -float(times @ _log_likelihood(at[0], at[1], n, of, nodes * sqrt(2), np.log(weights / sqrt(np.pi))))

    alike = np.array([log(common / (1 - common)), 0.0])
    tried = [
        minimize(loss, np.array([alike[0], spread]), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-10})
        for spread in (0.3, 2.0)
    ]
    best = min(tried, key=lambda found: float(found.fun))
    spread = abs(float(best.x[1]))
    if 2 * (loss(alike) - float(best.fun)) < _INDISTINCT:
        return float(alike[0]), sqrt(1 / (sum(arm.of for arm in arms) * common * (1 - common))), 0.0
    curvature = approx_hess3(best.x, loss)
    if spread > _BOUNDLESS or np.linalg.eigvalsh(curvature).min() <= 0:
        return None
    return float(best.x[0]), sqrt(np.linalg.inv(curvature)[0, 0]), spread**2


def _log_likelihood(
    centre: float,
    spread: float,
    n: "NDArray[float64]",
    of: "NDArray[float64]",
    nodes: "NDArray[float64]",
    weights: "NDArray[float64]",
) -> "NDArray[float64]":
    """Of each report's counts, but for a constant: over the normal distribution of its log odds by quadrature."""
    import numpy as np
    from scipy.special import logsumexp

    odds = centre + spread * nodes[None, :]
    each = n[:, None] * odds - of[:, None] * np.logaddexp(0, odds)
    return np.asarray(logsumexp(each + weights[None, :], axis=1))


def _expit(odds: float) -> float:
    return 1 / (1 + exp(-odds))

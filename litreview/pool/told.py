"""The statistics as text, and as rows for a table."""

from collections.abc import Iterator

from litreview.pool.meta import Pooled
from litreview.pool.shares import ALL, ReportShare
from litreview.pool.statistics import Missing, Statistics
from litreview.pool.times import Curve

COLUMNS = (
    "kind", "title", "among", "by", "group", "reports", "n", "of", "estimate", "low", "high", "tau2", "q", "df", "p",
    "i2", "unit", "untold",
)  # fmt: skip
Row = tuple[str | int | float | None, ...]


def text(statistics: Statistics) -> Iterator[str]:
    """The statistics line by line, with how each kind of them was made."""
    yield f"{statistics.title}: {statistics.patients} unique patients"
    yield from (*((statistics.warning,) if statistics.warning else ()), *statistics.notes)
    yield ""
    yield "Shares pooled over reports: binomial-normal model, 95 % intervals; Q by likelihood ratio"
    for share in statistics.shares:
        yield _head(share) + (": " + _pooled(share.result) if share.result else ": not reported")
    yield ""
    yield "Times to events: Kaplan-Meier, 95 % intervals on the log-log scale"
    yield from (line for curve in statistics.curves for line in _curve(curve))
    yield ""
    yield f"Not reported, of {statistics.patients} patients"
    width = max((len(each.attribute) for each in statistics.missing), default=0)
    yield from (f"  {each.attribute:<{width}}  {each.asked - each.told}" for each in statistics.missing)


def rows(statistics: Statistics) -> Iterator[Row]:
    """A row for every pooled share, curve and attribute, under `COLUMNS`.

    Of a time `n` of `of` patients had the event and `estimate` is the median; of an attribute `n` of `of` is reported.
    """
    yield from map(_share_row, statistics.shares)
    yield from map(_curve_row, statistics.curves)
    yield from map(_missing_row, statistics.missing)


def _head(share: ReportShare) -> str:
    if share.group:
        return f"  {share.by} {share.group}"
    return share.title if share.among == ALL else f"  {share.among}"


def _pooled(result: Pooled) -> str:
    low, high = 100 * result.low, 100 * result.high
    share = f"{100 * result.share:.0f} % ({low:.0f} to {high:.0f})"
    told = f"{result.n}/{result.of} in {_plural(result.reports, 'report')}, {share}"
    if result.q is None or result.i2 is None or result.p is None:
        return told
    spread = "tau2 not to be had" if result.tau2 is None else f"tau2 {result.tau2:.2f}"
    return f"{told}; Q {result.q:.1f} (df {result.df}, p {result.p:.2f}), I2 {100 * result.i2:.0f} %, {spread}"


def _curve(curve: Curve) -> Iterator[str]:
    found = curve.estimate
    untold = f"; not to be had for {len(curve.missing)}" if curve.missing else ""
    events, patients = _plural(found.events, "event"), _plural(found.patients, "patient")
    yield f"{curve.title}, {curve.unit}: {events} in {patients}{untold}"
    if found.steps:
        low, high = _time(found.low), _time(found.high)
        yield f"  median {_time(found.median)} ({low} to {high})"


def _time(value: float | None) -> str:
    return "not reached" if value is None else f"{value:g}"


def _share_row(share: ReportShare) -> Row:
    head = ("share", share.title, share.among, share.by, share.group)
    found = share.result
    if found is None:
        return (*head, *(None,) * 11, "", None)
    figures = (found.share, found.low, found.high, found.tau2, found.q)
    counts = (found.reports, found.n, found.of)
    return (*head, *counts, *map(_rounded, figures), found.df, _rounded(found.p), _rounded(found.i2), "", None)


def _curve_row(curve: Curve) -> Row:
    found = curve.estimate
    figures = map(_rounded, (found.median, found.low, found.high))
    head = ("time", curve.title, "", "", "", None, found.events, found.patients)
    return (*head, *figures, *(None,) * 5, curve.unit, len(curve.missing))


def _missing_row(missing: Missing) -> Row:
    head = ("reported", missing.attribute, "", "", "", None, missing.told, missing.asked)
    part = missing.told / missing.asked if missing.asked else None
    return (*head, _rounded(part), *(None,) * 7, "", missing.asked - missing.told)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

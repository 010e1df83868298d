"""The pooled summary as text, and as rows for a table."""

from collections.abc import Iterator

from litreview.pool.summary import Line, Share, Summary

COLUMNS = (
    "title", "group", "attribute", "how", "value", "n", "of", "share", "low", "high", "median", "minimum", "maximum",
    "reported", "asked",
)  # fmt: skip
Row = tuple[str | int | float | None, ...]


def text(summary: Summary) -> Iterator[str]:
    """The summary line by line, every figure with the number of patients it rests on."""
    yield f"{summary.title}: {_plural(summary.patients, 'unique patient')} from {_plural(summary.reports, 'report')}"
    yield "n/N: N are the patients for whom it is reported; shares with 95 % intervals after Wilson"
    for line in summary.lines:
        yield from _counts(line) if line.how == "counts" else [f"{_title(line)}: {_figure(line)}"]


def rows(summary: Summary) -> Iterator[Row]:
    """A row for every figure, under `COLUMNS`."""
    for line in summary.lines:
        head = (line.title, line.group, line.attribute, line.how)
        tail = (line.reported, line.asked)
        if line.how == "range":
            spread = line.spread
            middle = (spread.median, spread.minimum, spread.maximum) if spread else (None, None, None)
            yield (*head, "", line.reported, None, None, None, None, *middle, *tail)
        for share in line.shares:
            low, high = share.interval or (None, None)
            part = share.n / share.of if share.of else None
            yield (*head, share.value, share.n, share.of, *map(_rounded, (part, low, high)), None, None, None, *tail)


def _counts(line: Line) -> Iterator[str]:
    yield f"{_title(line)} (N = {line.reported}{_missing(line)})"
    width = max((len(share.value) for share in line.shares), default=0)
    yield from (f"  {share.value:<{width}}  {_of(share)}" for share in line.shares)


def _figure(line: Line) -> str:
    if line.how == "range" and line.spread:
        spread = line.spread
        limits = f"range {_number(spread.minimum)} to {_number(spread.maximum)}"
        return f"median {_number(spread.median)} ({limits}; N = {line.reported}{_missing(line)})"
    if line.shares and line.shares[0].of:
        return _of(line.shares[0]) + (f"; not reported in {line.missing}" if line.missing else "")
    return "not reported" + (f" in any of {line.asked}" if line.asked else "")


def _title(line: Line) -> str:
    return f"{line.title}, {line.group}" if line.group else line.title


def _missing(line: Line) -> str:
    return f"; not reported in {line.missing}" if line.missing else ""


def _of(share: Share) -> str:
    if share.interval is None:
        return f"{share.n}/{share.of}"
    low, high = (100 * limit for limit in share.interval)
    return f"{share.n}/{share.of} ({100 * share.n / share.of:.0f} %, {low:.0f} to {high:.0f})"


def _number(value: float) -> str:
    return f"{round(value, 2):g}" if abs(value) < 100_000 else f"{value:.0f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

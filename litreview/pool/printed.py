"""The pooled summary as text, and as rows for a table."""

from collections.abc import Iterator

from litreview.pool.patients import JOINED
from litreview.pool.summary import Line, Share, Spread, Summary

COLUMNS = (
    "title", "group", "attribute", "how", "value", "n", "of", "share", "low", "high", "exact_low", "exact_high",
    "median", "minimum", "maximum", "lower_quartile", "upper_quartile", "reported", "asked", "cases", "cases_untold",
)  # fmt: skip
Row = tuple[str | int | float | None, ...]
_NAMED = 10  # cases; all of them are in the table
_FEW = 3  # numbers of which quartiles say no more than the range


def text(summary: Summary) -> Iterator[str]:
    """The summary line by line, every figure with the number of patients it rests on."""
    yield f"{summary.title}: {_plural(summary.patients, 'unique patient')} from {_plural(summary.reports, 'report')}"
    yield from (*((summary.warning,) if summary.warning else ()), *summary.notes)
    yield "n/N: N are the patients for whom it is reported; shares with 95 % intervals after Wilson"
    for line in summary.lines:
        yield from _counts(line) if line.how == "counts" else [f"{_title(line)}: {_figure(line)}"]
        if not line.group:
            yield from _ungraded(line, summary)


def rows(summary: Summary) -> Iterator[Row]:
    """A row for every figure, under `COLUMNS`: `cases` are the ids of the cases it counts, joined by `; `.

    `cases_untold` are those of the patients for whom the line's attribute is not reported.
    """
    for line in summary.lines:
        head = (line.title, line.group, line.attribute, line.how)
        untold = JOINED.join(summary.cases_of(line.untold))
        if line.how == "range":
            cases = JOINED.join(summary.cases_of(line.told_of))
            yield (*head, "", line.reported, *_BLANK, *_spread(line.spread), line.reported, line.asked, cases, untold)
        for share in line.shares:
            cases = JOINED.join(summary.cases_of(share.patients))
            yield (
                *head,
                share.value,
                share.n,
                *_shared(share),
                *_spread(None),
                line.reported,
                line.asked,
                cases,
                untold,
            )


def figures(line: Line) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every figure of a line: of what, in words, and the patients it counts; last those of whom nothing is reported."""
    for share in line.shares:
        yield share.value if line.how == "counts" else "", _of(share), share.patients
    if line.how == "range":
        yield "", _figure(line), line.told_of
    if line.untold:
        yield "not reported", f"{line.missing}", line.untold


_BLANK = (None,) * 6


def _spread(spread: Spread | None) -> Row:
    if spread is None:
        return (None,) * 5
    figures = (spread.median, spread.minimum, spread.maximum, spread.lower, spread.upper)
    return tuple(map(_rounded, figures))


def _shared(share: Share) -> Row:
    low, high = share.interval or (None, None)
    exact_low, exact_high = share.exact or (None, None)
    part = share.n / share.of if share.of else None
    return (share.of, *map(_rounded, (part, low, high, exact_low, exact_high)))


def _counts(line: Line) -> Iterator[str]:
    yield f"{_title(line)} (N = {line.reported}{_missing(line)})"
    width = max((len(share.value) for share in line.shares), default=0)
    yield from (f"  {share.value:<{width}}  {_of(share)}" for share in line.shares)


def _ungraded(line: Line, summary: Summary) -> Iterator[str]:
    """What is missing for a grade by published criteria, with the cases of those who have none."""
    gaps = summary.ungraded.get(line.attribute, {})
    reasons: dict[str, list[str]] = {}
    for patient in line.untold:
        if why := gaps.get(patient):
            reasons.setdefault(why, []).extend(summary.cases_of([patient]) or [patient])
    for why, cases in sorted(reasons.items(), key=lambda reason: (-len(reason[1]), reason[0])):
        more = f" and {len(cases) - _NAMED} more" if len(cases) > _NAMED else ""
        yield f"  not gradable: {why} ({', '.join(cases[:_NAMED])}{more})"


def _figure(line: Line) -> str:
    if line.how == "range" and line.spread:
        spread = line.spread
        limits = f"range {_number(spread.minimum)} to {_number(spread.maximum)}"
        if line.reported > _FEW:
            limits += f", quartiles {_number(spread.lower)} to {_number(spread.upper)}"
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

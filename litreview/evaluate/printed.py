"""Scores as people read them: tables of text, and errors one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from litreview.evaluate.comparison import Comparison, Count
from litreview.evaluate.erring import worst_first
from litreview.evaluate.figures import (
    Figures,
    Interval,
    Share,
    attribute_figures,
    case_figures,
    eligible_share,
    reason_share,
    value_figures,
)
from litreview.evaluate.reliability import SURE, Judged, bins, brier, costs, judged, sure
from litreview.evaluate.score import Scores
from litreview.model.proportion import wilson

_ERRING = 15  # rules that are named where not every one is asked for
_WIDTH = 120  # characters of a quote that are shown
SORTS = ("attribute", "report", "rule")


def totals(scores: Scores) -> Iterator[str]:
    """The measures over everything, without a single value or report."""
    overlap, asked = scores.overlapping()
    reports = sum(len(report.pmids) for report in scores.reports)
    yield f"{reports} reports, {scores.cases.tp + scores.cases.fn} gold cases, 95 % intervals in brackets"
    yield ""
    yield _HEAD
    yield _line(value_figures(scores))
    yield _line(case_figures(scores))
    yield ""
    yield f"eligible as in the gold: {_share(eligible_share(scores))}"
    yield f"left out for the same reason: {_share(reason_share(scores))}"
    yield f"right values whose evidence shares words with the gold's quote: {_share(Share(overlap, asked))}"
    said = judged(scores.comparisons)
    yield f"values at confidence {SURE:g} or above that are right: {_share(Share(*sure(said)))}"
    if (off := brier(said)) is not None:
        yield f"Brier score of confidence: {off:.3f}"


def by_attribute(scores: Scores, order: Sequence[str]) -> Iterator[str]:
    """A line an attribute."""
    yield _HEAD
    yield from (_line(figures) for figures in attribute_figures(scores, order))


def by_rule(counts: Mapping[str, Count], *, every: bool = False) -> Iterator[str]:
    """The rules that erred, worst first: a few of them, or every rule that found something."""
    yield f"{'rule':<44} {'right':>5} {'wrong':>5}  share wrong"
    rules = worst_first(counts)
    for each in rules if every else [rule for rule in rules if rule.wrong][:_ERRING]:
        share = _measure(each.wrong / (each.right + each.wrong), (each.low, each.high))
        yield f"{each.rule:<44} {each.right:>5} {each.wrong:>5}  {share}"


def reliability(values: Sequence[Judged]) -> Iterator[str]:
    """How often values are right, by how sure the machine was."""
    yield f"{'confidence':<14} {'values':>6} {'said':>6} {'right':>6}  interval"
    for each in bins(values):
        if each.n:
            share, interval = each.right / each.n, wilson(each.right, each.n)
            name = f"{each.low:.2f} to {each.high:.2f}"
            yield f"{name:<14} {each.n:>6} {each.said:>6.2f} {_measure(share, interval).replace(' (', '  (')}"


def threshold(values: Sequence[Judged], thresholds: Sequence[float]) -> Iterator[str]:
    """What filling in from each confidence keeps and loses."""
    yield f"{'fill from':<10} {'right':>6} {'wrong':>6} {'wrong %':>8} {'right kept out':>15} {'wrong kept out':>15}"
    for cost in costs(values, thresholds):
        share = 100 * cost.wrong / max(1, cost.right + cost.wrong)
        kept_out = f"{cost.right_lost:>15} {cost.wrong_lost:>15}"
        yield f"{cost.fill_from:<10.2f} {cost.right:>6} {cost.wrong:>6} {share:>8.1f} {kept_out}"


def errors(comparisons: Iterable[Comparison], *, sort: str = "attribute") -> Iterator[str]:
    """Every value that is not right, with both quotes; `sort` is one of `SORTS`."""
    wrong = sorted((each for each in comparisons if each.result != "right"), key=_KEYS[sort])
    for each in wrong:
        yield ""
        yield f"{each.attribute}  {each.pmid}  {each.case}{'' if each.matched else '  (case without counterpart)'}"
        yield f"  {each.result.upper()}: {_difference(each)}"
        if each.gold_quote:
            yield f"  gold:  {_cut(each.gold_quote)}"
        if each.quote:
            yield f"  found: {_cut(each.quote)}"
            yield f"  rule:  {each.rule_id}  ({', '.join(filter(None, (each.origin, each.section)))})"


_KEYS = {
    "attribute": lambda each: (each.attribute, each.result, each.pmid, each.case),
    "report": lambda each: (each.pmid, each.case, each.attribute),
    "rule": lambda each: (each.rule_id, each.attribute, each.pmid, each.case),
}


def _difference(each: Comparison) -> str:
    if each.result == "missing":
        return f"gold has {each.gold}"
    if each.result == "extra":
        return f"gives {each.found}"
    return f"gives {each.found}, gold has {each.gold}"


def _cut(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words}”" if len(words) <= _WIDTH else f"“{words[: _WIDTH - 1]}…”"


_HEAD = f"{'':<26} {'right':>5} {'wrong':>5} {'missed':>6}  {'precision':<19} {'recall':<19} F1"


def _line(figures: Figures) -> str:
    counted = figures.count
    parts = (
        _measure(counted.precision, counted.precision_interval),
        _measure(counted.recall, counted.recall_interval),
        _measure(counted.f1, figures.f1_interval),
    )
    shown = " ".join(f"{part:<19}" for part in parts)
    return f"{figures.name:<26} {counted.tp:>5} {counted.fp:>5} {counted.fn:>6}  {shown}".rstrip()


def _measure(value: float | None, interval: Interval) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" + (f" ({interval[0]:.2f} to {interval[1]:.2f})" if interval else "")


def _share(share: Share) -> str:
    return f"{share.n}/{share.of}" + (f" ({100 * share.n / share.of:.0f} %)" if share.of else "")

"""The table behind the forest plot: a topic's shares by report, pooled, and by subgroup, as many as are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from litreview.errors import UsageError
from litreview.export import Cell, Table
from litreview.model.analysis import Proportion
from litreview.model.topic import Topic
from litreview.pool.grade import graded
from litreview.pool.intervals import exact
from litreview.pool.shares import ALL, ReportShare, shares
from litreview.steps.exported import Source
from litreview.steps.exported.journal import family
from litreview.steps.pool import load

FOREST = ("title", "by", "label", "n", "of", "share", "low", "high")
_KINDS = dict.fromkeys(("share", "low", "high"), "number") | dict.fromkeys(("n", "of"), "integer")

Row = tuple[Cell, ...]


def forest(source: Source, suffix: str) -> Table:
    """The topic's shares by report, pooled, and by subgroup, each with its 95 % interval.

    Only the share that `source.outcome` names, and in the subgroups of `source.by`, where these are given.
    """
    topic = source.topic
    wanted = _chosen(topic, source.outcome, source.by)
    pooled = load(source.path, topic)
    patients = graded(pooled.patients, topic.criteria)
    found = shares(patients, wanted, reports=pooled.reports, together=patients)
    names = _names_of_reports(source)
    rows = (row for share in found if share.among == ALL for row in _rows(share, names))
    return Table("forest", FOREST, tuple(rows), _KINDS)  # type: ignore[arg-type]


def each_outcome(source: Source) -> Iterator[tuple[str, Source]]:
    """For every share of the topic its title, and the source with that one chosen."""
    for each in source.topic.proportions:
        chosen = replace(source, outcome=each.title)
        chosen.topic = source.topic  # read once
        yield each.title, chosen


def _chosen(topic: Topic, outcome: str, by: tuple[str, ...]) -> tuple[Proportion, ...]:
    """The shares by title (its beginning is enough) or by attribute; the first of those that fit."""
    found = topic.proportions
    if outcome:
        words = outcome.casefold()
        fits = [each for each in found if each.title.casefold() == words]
        fits = fits or [each for each in found if each.title.casefold().startswith(words) or each.attribute == outcome]
        if not fits:
            titles = "; ".join(each.title for each in found)
            raise UsageError(f"{outcome!r} is none of the topic's shares", hint=f"one of: {titles}")
        found = (fits[0],)
    known = [each.name for each in topic.attributes] + [each.name for each in topic.criteria]
    for name in by:
        if name not in known:
            usual = ", ".join(dict.fromkeys(name for each in topic.proportions for name in each.by))
            raise UsageError(f"{name!r} is no attribute to group by", hint=f"usual are {usual}")
    return tuple(each.model_copy(update={"by": by}) for each in found) if by else found


def _rows(share: ReportShare, names: dict[str, str]) -> Iterator[Row]:
    """Of all patients a row a report and the pooled one; of a subgroup the pooled one."""
    if not share.by:
        for arm in sorted(share.arms, key=lambda arm: (-arm.of, names.get(arm.report, arm.report))):
            low, high = exact(arm.n, arm.of) or (None, None)
            yield (share.title, "report", names.get(arm.report, arm.report), arm.n, arm.of, arm.n / arm.of, low, high)
    if result := share.result:
        label = share.group or "All reports"
        yield (share.title, share.by or "all", label, result.n, result.of, result.share, result.low, result.high)


def _names_of_reports(source: Source) -> dict[str, str]:
    """First author and year, with a number where two reports would have the same."""
    seen: dict[str, int] = {}
    names: dict[str, str] = {}
    for record, author, year in source.db.execute(
        "SELECT DISTINCT record_id, first_author, year FROM cases WHERE eligible = 'yes' ORDER BY year, record_id"
    ):
        name = " ".join(str(part) for part in (family(author), year) if part) or record
        seen[name] = seen.get(name, 0) + 1
        names[record] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return names

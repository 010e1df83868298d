"""What `litreview search` prints of a comparison, an explanation and a check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from litreview.cli.plain import plain

if TYPE_CHECKING:
    from litreview.model.review import QueryChange
    from litreview.steps.compare_searches import Comparison, Difference, Stored
    from litreview.steps.explain_search import Explained, Hits, Part
    from litreview.steps.known_reports import Checked

IDS = 20
"""Ids that are told of records that are not in the database."""

_OFFLINE = "counted by the words in DB, which keeps no substance names [nm] and no MeSH tree; PubMed may find more"
_VERDICTS = {"yes": "eligible", "no": "excluded"}


def tell_comparison(comparison: Comparison) -> None:
    """Every search with its hits, then what one finds and another misses."""
    for answer in comparison.answers:
        click.echo(f"{answer.search.name}: {plain(answer.search.title)}")
        click.echo(f"  query: {answer.run.query}")
        click.echo(f"  hits: {answer.run.count}")
        for line in query_change_lines(answer.query_change):
            click.echo(f"  {line}")
        if comparison.eligible:
            click.echo(f"  eligible reports in DB: finds {answer.eligible} of {comparison.eligible}")
    for difference in comparison.differences:
        _tell_difference(difference)


def query_change_lines(change: QueryChange | None) -> Iterator[str]:
    """What a changed query gains and loses; nothing where it did not change."""
    if change:
        yield f"query changed since {change.last_asked}, when it was: {plain(change.former)}"
        yield f"  gains {len(change.gained)}{_listed(change.gained)}, loses {len(change.lost)}{_listed(change.lost)}"


def tell_explained(explained: Explained) -> None:
    """The search, then its clauses by block."""
    search = explained.search
    click.echo(f"{search.name}: {plain(search.title)}")
    if search.source:
        click.echo(f"  source: {plain(search.source)}")
    click.echo(f"  query: {search.text()}")
    if explained.found is not None:
        click.echo(f"  finds {_hits(explained.found)} of {explained.stored} records in DB")
        click.echo(f"  {_OFFLINE}")
    for n, (block, parts) in enumerate(groupby(explained.parts, key=lambda part: part.block)):
        click.echo(f"{'and ' if n else ''}{block}, any of:" if block else "parts:")
        for part in parts:
            _tell_part(part)


def tell_checked(checked: Checked) -> None:
    """A line per known report, then how many were found."""
    for report in checked.found:
        click.echo(f"found: {plain(str(report))}")
    for missed in checked.missed:
        click.echo(f"missed: {plain(str(missed.report))} ({'; '.join(missed.losing)})")
    for unchecked in checked.unchecked:
        click.echo(f"cannot be checked: {plain(str(unchecked.report))} ({unchecked.why})")
    told = f"known reports found: {len(checked.found)} of {len(checked.found) + len(checked.missed)}"
    click.echo(told + (f", cannot be checked: {len(checked.unchecked)}" if checked.unchecked else ""))


def _tell_difference(difference: Difference) -> None:
    stored, unknown = difference.stored, difference.unknown
    click.echo(f"{difference.finds} finds and {difference.misses} misses: {len(stored) + len(unknown)}")
    for record in stored:
        click.echo(f"  {_record(record)}")
    if unknown:
        click.echo(f"  not in DB: {len(unknown)} ({some_ids(unknown)})")


def _record(record: Stored) -> str:
    verdict = _VERDICTS.get(record.eligible, "not screened")
    return f"{record.pmid}  {record.year or '----'}  {verdict}  {plain(record.title)}"


def some_ids(pmids: Sequence[str]) -> str:
    """The first of some PMIDs, and how many more there are; "none" for none."""
    more = len(pmids) - IDS
    return (", ".join(pmids[:IDS]) or "none") + (f" and {more} more" if more > 0 else "")


def _listed(pmids: Sequence[str]) -> str:
    return f" ({some_ids(pmids)})" if pmids else ""


def _tell_part(part: Part) -> None:
    state = "" if not part.block else "on   " if part.on else "off  "
    click.echo(f"  {state}{part.name}{': ' if part.why else ''}{plain(part.why)}")
    if part.terms:
        click.echo(f"       {' OR '.join(part.terms)}")
    if part.alone is not None:
        only = f"; only it: {_hits(part.only)}" if part.only is not None and part.on else ""
        more = f"; on, it would add {_hits(part.only)}" if part.only is not None and not part.on else ""
        click.echo(f"       alone: {_hits(part.alone)}{only}{more}")


def _hits(hits: Hits) -> str:
    return f"{hits.records} ({hits.eligible} eligible)"

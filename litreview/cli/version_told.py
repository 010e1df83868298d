"""What commands print of a version of the review: what came, changed and went, and how estimates moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from litreview.cli.plain import plain
from litreview.export.version.words import case_name, figure, report_name, value

if TYPE_CHECKING:
    from litreview.model.change import Change, Version

SHOWN = 20
"""Lines of a kind that are printed; the report has all."""


def tell_version(version: Version | None, *, quiet: bool = False) -> None:
    """Counts, then new verdicts, patients, values and estimates; nothing where nothing changed, or `quiet`."""
    for line in lines(version) if version and not quiet else ():
        click.echo(plain(line))


def lines(version: Version) -> Iterator[str]:
    """The version, a line a thing, each kind up to `SHOWN`."""
    yield from _counts(version)
    yield from _some("screened", (_screened(version, each) for each in _of(version, "screening")))
    yield from _some("status", (_status(version, each) for each in _of(version, "status")))
    yield from _some(
        "patients gone", (_gone(version, each) for each in _of(version, "patient") if each.change == "gone")
    )
    yield from _some("values", (_moved(version, each) for each in _of(version, "value")))
    for shift in version.shifts:
        if shift.how == "share":
            name = f"{shift.title}, {shift.group}" if shift.group else shift.title
            yield f"{name}: {figure(shift.before)}, now {figure(shift.after)}"
    if version.waiting:
        yield "waiting for a person: " + ", ".join(f"{kind} {count}" for kind, count in version.waiting.items())
    yield f"version {version.number} of the review; the whole: litreview export DB report -o report.md"


def _counts(version: Version) -> Iterator[str]:
    screened = _of(version, "screening")
    records = _of(version, "record")
    moved = {each.subject for kind in ("revision", "status", "duplicate") for each in _of(version, kind)}
    new = {each.subject for each in records if each.change == "new"}
    yield _count("records", len(new), len(moved - new), sum(each.change == "gone" for each in records))
    left = sum(each.before == "included" and each.after != "included" for each in screened)
    gone = sum(each.change == "gone" and each.before == "included" for each in records)
    yield _count("included reports", sum(each.after == "included" for each in screened), 0, left + gone)
    cases = _of(version, "case")
    changed = len({each.subject for each in _of(version, "value")})
    yield _count("cases", _how_many(cases, "new"), changed, _how_many(cases, "gone"))
    patients = _of(version, "patient")
    yield _count("patients", *(_how_many(patients, how) for how in ("new", "changed", "gone")))


def _count(kind: str, new: int, changed: int, gone: int) -> str:
    return f"{kind}: {new} new, {changed} changed, {gone} gone"


def _of(version: Version, kind: str) -> list[Change]:
    return [change for change in version.changes if change.kind == kind]


def _how_many(changes: list[Change], how: str) -> int:
    return sum(change.change == how for change in changes)


def _some(title: str, told: Iterable[str]) -> Iterator[str]:
    listed = list(told)
    if listed:
        yield f"{title}:"
    yield from (f"  {line}" for line in listed[:SHOWN])
    if len(listed) > SHOWN:
        yield f"  ... and {len(listed) - SHOWN} more"


def _screened(version: Version, change: Change) -> str:
    before = f" (before: {change.before})" if change.before else ""
    return f"{report_name(version, change.subject)}: {change.after}{before}: {change.why}"


def _status(version: Version, change: Change) -> str:
    before = f" (before: {change.before})" if change.before else ""
    return f"{report_name(version, change.subject)}: {change.after}{before}"


def _gone(version: Version, change: Change) -> str:
    return f"{change.subject}, {report_name(version, change.record_id)}: {change.why or 'no reason noted'}"


def _moved(version: Version, change: Change) -> str:
    why = f" ({change.why})" if change.why else ""
    return f"{case_name(version, change)}: {change.attribute}: {value(change.before)}, now {value(change.after)}{why}"

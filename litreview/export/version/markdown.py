"""A version as Markdown."""

from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from litreview.export.version.lsr import items
from litreview.export.version.words import case_name, escaped, figure, plural, report_name, value
from litreview.model.change import Change, Version


def write_markdown(version: Version, stream: TextIO) -> int:
    """Write the report of a version; how many changes it tells."""
    stream.writelines(f"{line}\n" for line in lines(version))
    return len(version.changes)


def lines(version: Version) -> Iterator[str]:
    """The report line by line."""
    yield f"# {escaped(version.title)}: what changed"
    yield ""
    if not version.number:
        yield "No version of the review has been made yet: `litreview update` makes the first."
        return
    before = f"; the version before it was made at {version.previous_at}" if version.previous_at else ", the first one"
    yield f"Version {version.number}, made at {version.made_at} (UTC) by `litreview {version.command}`{before}."
    for heading, body in _SECTIONS.items():
        told = list(body(version))
        if told:
            yield from ("", f"## {heading}", "", *told)


def _searches(version: Version) -> Iterator[str]:
    for asked in version.searches:
        found = f"{asked.count:,} records, {asked.new_records:,} not known before"
        yield f"- {escaped(asked.database)}, {asked.searched_at}: {found}"
        yield f"    - query as sent ({escaped(asked.name)}): {escaped(asked.query)}"
        yield f"    - understood as: {escaped(asked.translation)}"
        limits, who = asked.limits or "not noted", asked.asked_by or "not noted"
        yield f"    - limits: {escaped(limits)}; asked by: {escaped(who)}"


def _records(version: Version) -> Iterator[str]:
    found = _of(version, "record", "new")
    if found:
        yield f"{plural(len(found), 'record')} found:"
        yield ""
    for change in found:
        named = version.names.get(change.subject)
        way = f" (found by {escaped(change.why)})" if change.why else ""
        title = f": {escaped(named.title)}" if named else ""
        yield f"- {escaped(report_name(version, change.subject))}{title}{way}"


def _fates(version: Version) -> Iterator[str]:
    """What became of records: revisions, retractions, duplicates, full texts, removals."""
    for change in (*_of(version, "status"), *_of(version, "revision"), *_of(version, "record", "gone")):
        name = escaped(report_name(version, change.subject))
        moved = (
            f": {change.attribute} {value(change.before)}, now {value(change.after)}" if change.attribute else ": gone"
        )
        yield f"- {name}{escaped(moved)}"
    for change in _of(version, "duplicate"):
        told = (
            f"is a duplicate of {report_name(version, str(change.after))}"
            if change.after
            else "stands for itself again"
        )
        yield f"- {escaped(report_name(version, change.subject))} {escaped(told)}"
    for change in _of(version, "full text"):
        yield f"- {escaped(report_name(version, change.subject))}: full text read"


def _became(change: Change) -> str:
    if not change.attribute:
        return "not there any more"
    if change.before is None:
        return str(change.after)
    return f"{change.attribute} {value(change.before)}, now {value(change.after)}"


def _screenings(version: Version) -> Iterator[str]:
    found = _of(version, "screening")
    if found:
        yield "| Report | Verdict | Before | Grounds |"
        yield "|---|---|---|---|"
    for change in found:
        cells = (report_name(version, change.subject), value(change.after), str(change.before or ""), change.why)
        yield _row(cells)


def _patients(version: Version) -> Iterator[str]:
    for change in _of(version, "patient"):
        why = f" ({change.why})" if change.why else ""
        what = f": {change.attribute}" if change.change == "changed" else ""
        yield f"- {change.change}: {escaped(f'{change.subject}, {report_name(version, change.record_id)}{what}{why}')}"
    for change in _of(version, "case"):
        why = f" ({change.why})" if change.why else ""
        yield f"- case {change.change}: {escaped(case_name(version, change) + why)}"


def _values(version: Version) -> Iterator[str]:
    found = _of(version, "value")
    if found:
        yield "| Case | Attribute | Before | Now | Why |"
        yield "|---|---|---|---|---|"
    for change in found:
        told = (change.attribute, value(change.before), value(change.after), change.why)
        yield _row((case_name(version, change), *told))


def _shifts(version: Version) -> Iterator[str]:
    if version.shifts:
        yield "n/N: N are the patients for whom it is reported; shares with 95 % intervals."
        yield ""
        yield "| Estimate | Before | Now |"
        yield "|---|---|---|"
    for shift in version.shifts:
        name = ", ".join(filter(None, (shift.title, shift.group, "" if shift.how == "share" else shift.value)))
        yield _row((name, figure(shift.before), figure(shift.after)))


def _waiting(version: Version) -> Iterator[str]:
    for kind, count in version.waiting.items():
        yield f"- {escaped(kind)}: {count}"
    new = sum(change.change == "new" for change in _of(version, "waiting"))
    if new:
        yield f"- new since the version before: {new}"


def _flow(version: Version) -> Iterator[str]:
    """The flow of this version beside that of the one before."""
    before = {(box.stage, box.arm, box.reason): box.count for box in version.flow_before}
    now = {(box.stage, box.arm, box.reason): box.count for box in version.flow}
    told = [key for key in dict.fromkeys((*now, *before)) if now.get(key) or before.get(key)]
    if told:
        yield "| Stage | Arm | Reason or source | Before | Now |"
        yield "|---|---|---|---|---|"
    for key in told:
        yield _row((*key, str(before.get(key, 0)), str(now.get(key, 0))))


def _lsr(version: Version) -> Iterator[str]:
    yield "| Item | About | From the data | Left to the authors |"
    yield "|---|---|---|---|"
    for item in items(version):
        yield _row((item.number, item.about, item.told, item.open))


_SECTIONS: dict[str, Callable[[Version], Iterable[str]]] = {
    "Searches": _searches,
    "Records found": _records,
    "What became of records": _fates,
    "Screened": _screenings,
    "Patients": _patients,
    "Values that moved": _values,
    "Pooled estimates": _shifts,
    "Waiting for a person": _waiting,
    "Flow": _flow,
    "PRISMA-LSR": _lsr,
}


def _of(version: Version, kind: str, how: str = "") -> list[Change]:
    return [change for change in version.changes if change.kind == kind and (not how or change.change == how)]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"

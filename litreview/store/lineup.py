"""Which cases a report has once people have had their say: some added, some deleted, some split in two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from litreview.model.case import Case, Finding
from litreview.store.database import Database

Row = dict[str, Any]
Again = Callable[[Case], Case]
"""Gives a case back with what was derived from others of its findings derived anew."""

APART = "the machine now tells these patients apart"
LOST = "what it is about is no longer found"


@dataclass
class Lineup:
    """Cases by their ids, which of them people deleted, and why decisions wait (by number, empty: they do not)."""

    cases: dict[str, Case]
    waiting: dict[int, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)


def case_decisions(db: Database, case_ids: Iterable[str]) -> tuple[Row, ...]:
    """The standing decisions that add, delete or split these cases, a person's word after a source's."""
    ids = list(dict.fromkeys(case_ids))
    rows = db.query(
        f"SELECT * FROM decisions WHERE subject IN ({', '.join('?' * len(ids))}) AND undone_at IS NULL "
        "AND action IN ('add_case', 'delete_case', 'split_case') ORDER BY source = '', decision_id",
        ids,
    )
    return tuple(rows)


def line_up(found: dict[str, Case], decisions: Iterable[Row], again: Again) -> Lineup:
    """Apply the decisions, in their order, to the cases that the machine found."""
    lineup = Lineup(dict(found))
    apart = frozenset(found)
    for row in decisions:
        lineup.waiting[row["decision_id"]] = _APPLY[row["action"]](lineup.cases, row, apart, again)
        if row["action"] == "delete_case":
            lineup.deleted.add(row["subject"])
    return lineup


def _add(cases: dict[str, Case], row: Row, apart: frozenset[str], again: Again) -> str:
    if row["subject"] not in cases:
        index = max((case.index for case in cases.values()), default=0) + 1
        cases[row["subject"]] = Case(row["label"], index, "own", ())
    return ""


def _delete(cases: dict[str, Case], row: Row, apart: frozenset[str], again: Again) -> str:
    cases.pop(row["subject"], None)
    return ""


def _split(cases: dict[str, Case], row: Row, apart: frozenset[str], again: Again) -> str:
    whole, other = cases.get(row["subject"]), row["attribute"]
    if whole is None:
        return LOST
    if other in apart:
        return APART
    index = max(case.index for case in cases.values()) + 1
    left, right, missing = parted(whole, row["value"])
    cases[row["subject"]] = again(left)
    cases[other] = replace(again(right), label=row["label"], index=index)
    return f"no longer found: {', '.join(missing)}" if missing else ""


_APPLY = {"add_case": _add, "delete_case": _delete, "split_case": _split}


def parted(whole: Case, parts: str) -> tuple[Case, Case, tuple[str, ...]]:
    """A case in two: what stays, what goes as `parts` say, and the parts that are not there.

    `parts` are separated by `;`: an attribute, or one value of it as `attribute=value` (a candidate's, too), with a `+`
    before it where both patients have it.
    """
    left, right = list(whole.findings), list[Finding]()
    candidates = list(whole.candidates)
    missing = []
    for part in _parts(parts):
        name, value = _named(part)
        moved = [each for each in whole.findings if _is_meant(each, name, value)]
        lost = [each for each in candidates if value and _is_meant(each.finding, name, value)][:1]
        if moved:
            right += moved
            left = left if part.startswith("+") else [each for each in left if each not in moved]
        elif lost:
            right.append(lost[0].finding)
            candidates.remove(lost[0])
        else:
            missing.append(part)
    events = tuple(event for event in whole.events if set(event.evidence) & _words(right))
    stay = tuple(event for event in whole.events if event not in events or set(event.evidence) & _words(left))
    return (
        replace(whole, findings=tuple(left), candidates=tuple(candidates), events=stay),
        replace(whole, findings=tuple(right), candidates=(), events=events),
        tuple(missing),
    )


def named_in(parts: str) -> tuple[str, ...]:
    """The attributes that parts of a case name."""
    return tuple(_named(part)[0] for part in _parts(parts))


def not_there(case: Case, candidates: tuple[Finding, ...], parts: str) -> tuple[str, ...]:
    """The parts of which a case has nothing, neither found nor left aside."""
    there = {(each.attribute, str(each.value)) for each in (*case.findings, *candidates)}
    found = {each.attribute for each in case.findings}
    told = ((part, *_named(part)) for part in _parts(parts))
    return tuple(part for part, name, value in told if not ((name, value) in there if value else name in found))


def _parts(parts: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in parts.split(";") if part.strip())


def _named(part: str) -> tuple[str, str]:
    name, _, value = part.lstrip("+").partition("=")
    return name.strip(), value.strip()


def _is_meant(finding: Finding, name: str, value: str) -> bool:
    return finding.attribute == name and (not value or str(finding.value) == value)


def _words(findings: Iterable[Finding]) -> set[object]:
    return {words for finding in findings for words in finding.evidence}

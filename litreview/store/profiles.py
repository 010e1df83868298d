"""Cases as they are compared: their values, and who reported them, where, when, and with what in view."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from litreview.model.bibliography import PartialDate
from litreview.model.linkage import Profile
from litreview.store.database import Database
from litreview.store.redated import day_rule

if TYPE_CHECKING:
    from litreview.model.topic import Topic

_COMPARED = "(cases.eligible = 'yes' OR case_source = 'cited')"
_CASES = (
    "SELECT cases.*, case_identities.citation FROM cases "
    "JOIN case_identities ON case_identities.case_id = cases.case_id WHERE {where} ORDER BY cases.rowid"
)
_ENTRIES = (
    "SELECT coalesce(duplicate_of, record_id) AS report, record_id, entry FROM records JOIN bibliographies "
    "USING (record_id) WHERE coalesce(duplicate_of, record_id) IN (SELECT record_id FROM cases WHERE {where}) "
    "ORDER BY duplicate_of IS NOT NULL, records.rowid"
)
_DECIDED = (
    "SELECT findings.case_id, attribute FROM cases JOIN findings ON findings.case_id = cases.case_id "
    "WHERE findings.origin = 'decided' AND {where}"
)
_MANY = 500  # names that one statement takes


@dataclass(frozen=True, slots=True)
class _Report:
    """What all records of a report say of it, the leading one first."""

    title: str
    authors: tuple[str, ...]
    hospitals: tuple[str, ...]
    published: PartialDate | None
    cites: frozenset[str]


def load_profiles(
    db: Database, topic: Topic, *, case_ids: Iterable[str] | None = None, all_kinds: bool = True
) -> tuple[Profile, ...]:
    """Cases as they are compared: own ones of eligible reports and all cited ones, or those of `case_ids`; these of
    `all_kinds`, or only as far as they are compared.
    """
    if case_ids is None:
        return tuple(_profiles(db, topic, _COMPARED, ()))
    given = tuple(case_ids)
    also = "" if all_kinds else f" AND {_COMPARED}"
    return tuple(
        profile
        for start in range(0, len(given), _MANY)
        for some in (given[start : start + _MANY],)
        for profile in _profiles(db, topic, f"cases.case_id IN ({_places(some)}){also}", some)
    )


def _profiles(db: Database, topic: Topic, where: str, given: Sequence[str]) -> Iterator[Profile]:
    lists = {attribute.name for attribute in topic.attributes if attribute.type == "list"}
    names = [attribute.name for attribute in topic.attributes]
    reports = _reports(db, where, given)
    decided = _decided(db, topic, where, given)
    for row in db.query(_CASES.format(where=where), list(given)):
        profile = _profile(row, reports[row["record_id"]], names, lists)
        yield replace(profile, decided=decided[profile.case_id]) if profile.case_id in decided else profile


def _decided(db: Database, topic: Topic, where: str, given: Sequence[str]) -> dict[str, frozenset[str]]:
    """The attributes of each case that people have decided on, and those whose values follow from these."""
    found: dict[str, set[str]] = {}
    for case_id, attribute in db.execute(_DECIDED.format(where=where), list(given)):
        found.setdefault(case_id, set()).add(attribute)
    return {case_id: frozenset(names | _following(db, case_id, names, topic)) for case_id, names in found.items()}


def _following(db: Database, case_id: str, decided: set[str], topic: Topic) -> set[str]:
    """What is derived from decided values, or counted from or to an event whose day was decided."""
    base = decided | {rule.event for name in decided if (rule := day_rule(name, topic))}
    derived = db.execute(
        "SELECT attribute, derived_from FROM findings WHERE case_id = ? AND origin = 'derived'", [case_id]
    ).fetchall()
    following: set[str] = set()
    while more := {name for name, rests in derived if base.intersection(rests.split("; "))} - following:
        following |= more
        base |= more
    return following


def _reports(db: Database, where: str, given: Sequence[str]) -> dict[str, _Report]:
    """The reports of the cases; what they cite is told by the reports' own ids."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for report, _, entry in db.execute(_ENTRIES.format(where=where), list(given)):
        entries.setdefault(report, []).append(json.loads(entry))
    known = _named(db, {name for each in entries.values() for entry in each for name in _cited(entry)})
    return {report: _report(each, known) for report, each in entries.items()}


def _report(entries: Sequence[dict[str, Any]], known: dict[str, str]) -> _Report:
    dates = [PartialDate(**entry["published"]) for entry in entries if entry["published"]]
    return _Report(
        title=entries[0]["title"],
        authors=_united(entry["authors"] for entry in entries),
        hospitals=_united(entry.get("affiliations", ()) for entry in entries),
        published=dates[0] if dates else None,
        cites=frozenset(known[name] for entry in entries for name in _cited(entry) if name in known),
    )


def _cited(entry: dict[str, Any]) -> Iterator[str]:
    yield from entry.get("references", ())
    yield from (link["pmid"] for link in entry["related"] if link["pmid"])


def _named(db: Database, names: set[str]) -> dict[str, str]:
    """The report of each PMID and DOI that is known here."""
    found: dict[str, str] = {}
    ordered = sorted(names)
    for start in range(0, len(ordered), _MANY):
        some = ordered[start : start + _MANY]
        rows = db.execute(
            "SELECT value, coalesce(duplicate_of, record_id) FROM identifiers JOIN records USING (record_id) "
            f"WHERE scheme IN ('pmid', 'doi') AND value IN ({_places(some)})",
            some,
        )
        found |= dict(rows.fetchall())
    return found


def _united(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for each in lists for item in each))


def _places(names: Sequence[str]) -> str:
    return ", ".join("?" * len(names))


def _profile(row: dict[str, Any], report: _Report, names: list[str], lists: set[str]) -> Profile:
    values = {name: row[name] for name in names if row[name] is not None}
    return Profile(
        case_id=row["case_id"],
        record_id=row["record_id"],
        source=row["case_source"],
        title=report.title,
        authors=report.authors,
        year=row["year"],
        full_text=row["full_text"] == "yes",
        values={name: tuple(value.split("; ")) if name in lists else value for name, value in values.items()},
        citation=row["citation"],
        patient_id=row["patient_id"],
        label=row["case_label"] or "",
        hospitals=report.hospitals,
        published=report.published,
        cites=report.cites,
    )

"""Patients in the store: ids that stay, one row each made of all their cases, and where each value comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from litreview.errors import UsageError
from litreview.model.case import Value
from litreview.model.linkage import Cluster, Profile
from litreview.store.database import Database, transaction
from litreview.store.profiles import load_profiles

if TYPE_CHECKING:
    from litreview.model.topic import Topic

Merge = Callable[[tuple[Profile, ...]], dict[str, Value]]
"""One patient's values out of the patient's cases."""

Row = dict[str, Any]
_MANY = 400  # patients that are made in one go
_OWN = "case_source = 'own' AND eligible = 'yes'"


def save_patients(
    db: Database, clusters: Iterable[Cluster], *, topic: Topic, merge: Merge, among: Collection[str] | None = None
) -> None:
    """Give every case of the clusters its patient, and make the table of patients from them; where the clusters are
    those of some cases only (`among`), nothing else changes.

    A patient keeps the id it had. Of two that become one the older id stays, and the other leads to it from then on; of
    one that parts the first case keeps it.
    """
    with transaction(db):
        rows = _identities(db, among)
        own = {case_id: patient_id for case_id, patient_id, source in rows if patient_id and source == "own"}
        groups = tuple(clusters)
        given, retired = _patient_ids(groups, own, _elsewhere(db, groups, among))
        moved = [
            (wanted, case_id)
            for case_id, patient_id, source in rows
            if (wanted := given.get(case_id, patient_id if source == "own" else None)) != patient_id
        ]
        db.conn.executemany("UPDATE case_identities SET patient_id = ? WHERE case_id = ?", moved)
        _show_in_cases(db, moved, among)
        _keep_aliases(db, retired, set(given.values()))
        query = "SELECT patient_id FROM patients"
        before = {row[0] for row in db.execute(query)} if among is None else {row[1] for row in rows if row[1]}
        refresh_patients(db, sorted(before | set(given.values())), topic=topic, merge=merge)


def refresh_patients(db: Database, patient_ids: Iterable[str], *, topic: Topic, merge: Merge) -> None:
    """Make the rows of some patients anew from their own cases in eligible reports; one without any goes."""
    wanted = tuple(patient_ids)
    with transaction(db):
        for start in range(0, len(wanted), _MANY):
            _refresh(db, wanted[start : start + _MANY], topic, merge)


def patient_row(
    patient_id: str, cases: Sequence[Profile], pmids: Mapping[str, str], *, topic: Topic, merge: Merge
) -> Row:
    """A row of the table of patients; `pmids` are those of the reports."""
    ordered = sorted(cases, key=lambda case: (case.year or 0, case.case_id))
    values = merge(tuple(cases))
    return {
        "patient_id": patient_id,
        "n_reports": len({case.record_id for case in ordered}),
        "pmids": "; ".join(dict.fromkeys(pmids[case.record_id] for case in ordered if pmids.get(case.record_id))),
        "case_ids": "; ".join(case.case_id for case in ordered),
        **{attribute.name: _shown(values.get(attribute.name)) for attribute in topic.attributes},
    }


def give_patients(db: Database, report: str) -> None:
    """A patient for each own case of a report that has none yet."""
    rows = db.execute(
        "SELECT case_id FROM cases WHERE record_id = ? AND patient_id IS NULL AND case_source = 'own'", [report]
    ).fetchall()
    for (case_id,) in rows:
        for table in ("case_identities", "cases"):
            db.execute(f'UPDATE "{table}" SET patient_id = ? WHERE case_id = ?', [f"p-{case_id}", case_id])


def patients_of(db: Database, report: str) -> tuple[str, ...]:
    """Ids of the patients whose cases a report tells."""
    rows = db.execute("SELECT DISTINCT patient_id FROM cases WHERE record_id = ? AND patient_id IS NOT NULL", [report])
    return tuple(str(row[0]) for row in rows)


def resolve_patient(db: Database, name: str) -> str:
    """The patient behind an id, also one from before two patients became one; `UsageError` where there is none."""
    for query in (
        "SELECT patient_id FROM patients WHERE patient_id = ?",
        "SELECT patient_id FROM patient_aliases WHERE alias = ?",
        "SELECT patient_id FROM case_identities WHERE patient_id = ? LIMIT 1",
    ):
        if row := db.execute(query, [name.strip()]).fetchone():
            return str(row[0])
    raise UsageError(f"{name.strip()} is not a patient of this database", hint="see the table patients")


def _identities(db: Database, among: Collection[str] | None) -> list[tuple[str, str | None, str]]:
    """Case, patient and source, the case known longest first."""
    query = "SELECT case_id, patient_id, source, rowid FROM case_identities"
    if among is None:
        return [row[:3] for row in db.execute(f"{query} ORDER BY rowid")]
    found = [row for name in among for row in db.execute(f"{query} WHERE case_id = ?", [name])]
    return [row[:3] for row in sorted(found, key=lambda row: row[3])]


def _elsewhere(db: Database, clusters: Iterable[Cluster], among: Collection[str] | None) -> set[str]:
    """Ids that new patients would get, and that cases beyond `among` have."""
    if among is None:
        return set()
    query = "SELECT case_id FROM case_identities WHERE patient_id = ?"
    names = {f"p-{cluster.leader}" for cluster in clusters}
    return {name for name in names if any(row[0] not in among for row in db.execute(query, [name]))}


def _show_in_cases(db: Database, moved: Sequence[tuple[str | None, str]], among: Collection[str] | None) -> None:
    if among is not None:
        db.conn.executemany("UPDATE cases SET patient_id = ? WHERE case_id = ?", moved)
        return
    db.execute(
        "UPDATE cases SET patient_id = (SELECT patient_id FROM case_identities AS known "
        "WHERE known.case_id = cases.case_id) WHERE patient_id IS NOT "
        "(SELECT patient_id FROM case_identities AS known WHERE known.case_id = cases.case_id)"
    )


def _refresh(db: Database, wanted: Sequence[str], topic: Topic, merge: Merge) -> None:
    places = ", ".join("?" * len(wanted))
    own = db.execute(
        f"SELECT case_id, patient_id, record_id, pmid FROM cases WHERE patient_id IN ({places}) AND {_OWN}",
        list(wanted),
    ).fetchall()
    pmids = {record_id: pmid for _, _, record_id, pmid in own}
    cases: dict[str, list[Profile]] = {}
    for profile in load_profiles(db, topic, case_ids=[row[0] for row in own]):
        cases.setdefault(str(profile.patient_id), []).append(profile)
    rows = [patient_row(name, told, pmids, topic=topic, merge=merge) for name, told in cases.items()]
    _replace(db, "patients", "patient_id", wanted, rows)
    by_id = {row["patient_id"]: row for row in rows}
    values = [value for name, told in cases.items() if len(told) > 1 for value in _values(by_id[name], told)]
    _replace(db, "patient_values", "patient_id", wanted, values)


def _replace(db: Database, table: str, key: str, wanted: Sequence[str], rows: Sequence[Row]) -> None:
    """Bring the rows of some keys to what they should be; what is as it was is not written."""
    places = ", ".join("?" * len(wanted))
    kept = {
        tuple(row.items()) for row in db.query(f'SELECT * FROM "{table}" WHERE "{key}" IN ({places})', list(wanted))
    }
    new = {tuple(row.items()) for row in rows}
    changed = sorted({dict(row)[key] for row in kept ^ new})
    for name in changed:
        db.execute(f'DELETE FROM "{table}" WHERE "{key}" = ?', [name])
    db.table(table).insert_all(row for row in rows if row[key] in set(changed))


def _values(row: Row, cases: Iterable[Profile]) -> Iterator[Row]:
    """Every value of every case of a patient who is told more than once, and whether the patient's row shows it."""
    for case in cases:
        for name, value in case.values.items():
            shown = row[name]
            used = set(value) <= set(str(shown).split("; ")) if isinstance(value, tuple) else value == shown
            yield {
                "patient_id": row["patient_id"],
                "attribute": name,
                "case_id": case.case_id,
                "value": _shown(value),
                "used": "yes" if used else "no",
            }


def _shown(value: Value | None) -> Value | None:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def _patient_ids(
    clusters: Sequence[Cluster], before: Mapping[str, str], elsewhere: set[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The patient of each case, and for each id that is given up the one that stands for it.

    `before` are the patients of own cases so far, the oldest case first; ids that are borne `elsewhere` are not free.

    An id belongs to the cluster of the case it is named after, else of the oldest case that bears it. A cluster with
    several takes the oldest.
    """
    place = {member: n for n, cluster in enumerate(clusters) for member in cluster.members}
    claims: dict[int, list[str]] = {}
    for name, bearer in _bearers(before, place).items():
        claims.setdefault(place[bearer], []).append(name)
    kept = {n: names[0] for n, names in claims.items()}
    retired = {name: kept[n] for n, names in claims.items() for name in names[1:]}
    taken = elsewhere | set(kept.values())
    for n, cluster in enumerate(clusters):
        if n not in kept:
            kept[n] = _free(f"p-{cluster.leader}", taken)
            taken.add(kept[n])
    return {member: kept[n] for member, n in place.items()}, retired


def _bearers(before: Mapping[str, str], place: Mapping[str, int]) -> dict[str, str]:
    """For every known id, the oldest first, the case that may keep it."""
    bearers: dict[str, str] = {}
    for case_id, name in before.items():
        if case_id in place and (name not in bearers or name == f"p-{case_id}"):
            bearers[name] = case_id
    return bearers


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "a"
    return name


def _keep_aliases(db: Database, retired: Mapping[str, str], living: set[str]) -> None:
    """Ids that were given up lead to the patient who has the case now; one that lives again leads nowhere."""
    for alias, patient_id in retired.items():
        db.execute("UPDATE patient_aliases SET patient_id = ? WHERE patient_id = ?", [patient_id, alias])
        db.execute("INSERT OR REPLACE INTO patient_aliases VALUES (?, ?)", [alias, patient_id])
    known = [row[0] for row in db.execute("SELECT alias FROM patient_aliases").fetchall()]
    for alias in known:
        if alias in living:
            db.execute("DELETE FROM patient_aliases WHERE alias = ?", [alias])

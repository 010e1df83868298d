"""Finds duplicate records and patients told more than once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from litreview import dedupe as deduplication
from litreview import store
from litreview.model.linkage import Cluster, Pair, Profile
from litreview.model.topic import Topic
from litreview.steps.workspace import Workspace

Row = Mapping[str, Any]
Compared = tuple[tuple[Pair, ...], tuple[Cluster, ...]]
Found = tuple[Pair, ...]


def dedupe_records(work: Workspace) -> None:
    """Point duplicate records at the one that stands for the report, as far as people have not said otherwise."""
    clusters = store.while_unchanged(
        work.db, lambda: _compared_records(work), lambda found: _save_records(work, *found)
    )
    work.count("duplicate records", sum(len(cluster.members) - 1 for cluster in clusters))


def regather_records(work: Workspace, *record_ids: str) -> frozenset[str]:
    """Clusters again of the records that a decision on some touches, without comparing any record again; these.

    What is found of records changes with what they say only, and is kept from the last time all were compared.
    """
    with store.transaction(work.db):
        touched = store.touched_records(work.db, record_ids)
        if touched is None:
            dedupe_records(work)
            return frozenset(store.load_records(work.db))
        records = store.load_records(work.db, touched)
        found = deduplication.FoundRecords(*store.load_found_records(work.db, records.keys()))
        gathered = deduplication.gathered_records(records, found, store.decided_pairs(work.db))
        _save_gathered_records(work, *gathered, among=touched)
        return touched


def dedupe_patients(work: Workspace) -> None:
    """Give every case its patient, as far as people have not said otherwise, and make the table of patients."""
    store.while_unchanged(work.db, lambda: _compared_patients(work), lambda found: _save_patients(work, *found))
    _count_patients(work)


def regather_patients(work: Workspace, *case_ids: str) -> None:
    """Clusters and patients again of the cases that a decision on some touches, without comparing any case again.

    What is found of cases changes with their values only, and is kept from the last time all were compared.
    """
    touched = store.touched(work.db, case_ids)
    if touched is None:
        dedupe_patients(work)
        return
    cases = store.load_profiles(work.db, work.topic, case_ids=sorted(touched), all_kinds=False)
    _save_gathered(work, *_gathered(work, cases, store.load_found(work.db, touched)), among=touched)
    _count_patients(work)


def _compared_records(work: Workspace) -> tuple[deduplication.FoundRecords, Compared]:
    records = store.load_records(work.db)
    work.progress("comparing records", 0, len(records))
    found = deduplication.found_records(records)
    work.progress("comparing records", len(records), len(records))
    return found, deduplication.gathered_records(records, found, store.decided_pairs(work.db))


def _save_records(work: Workspace, found: deduplication.FoundRecords, gathered: Compared) -> tuple[Cluster, ...]:
    store.save_found_records(work.db, found.pairs, found.columns)
    _save_gathered_records(work, *gathered)
    return gathered[1]


def _save_gathered_records(
    work: Workspace,
    pairs: tuple[Pair, ...],
    clusters: tuple[Cluster, ...],
    *,
    among: Collection[str] | None = None,
) -> None:
    store.save_links(work.db, "record", pairs, among=among)
    store.save_duplicates(work.db, clusters, among=among)


def _compared_patients(work: Workspace) -> tuple[Found, Compared]:
    profiles = store.load_profiles(work.db, work.topic)
    work.progress("comparing patients", 0, len(profiles))
    found = deduplication.found(profiles, work.topic)
    work.progress("comparing patients", len(profiles), len(profiles))
    return found, _gathered(work, profiles, found)


def _gathered(work: Workspace, cases: Sequence[Profile], found: Found) -> Compared:
    return deduplication.gathered(cases, found, work.topic, store.decided_pairs(work.db))


def _save_patients(work: Workspace, found: Found, gathered: Compared) -> None:
    store.save_found(work.db, found)
    _save_gathered(work, *gathered)


def _save_gathered(
    work: Workspace,
    pairs: tuple[Pair, ...],
    clusters: tuple[Cluster, ...],
    *,
    among: Collection[str] | None = None,
) -> None:
    merge = partial(deduplication.merge, topic=work.topic)
    store.save_links(work.db, "patient", pairs, among=among)
    store.save_patients(work.db, clusters, topic=work.topic, merge=merge, among=among)


def _count_patients(work: Workspace) -> None:
    work.count("patients", work.db.execute("SELECT count(*) FROM patients").fetchone()[0])


def possible_together(db: store.Database) -> tuple[tuple[str, ...], ...]:
    """Patients that would be one if every pair that waits for a person were one, the likeliest pairs first.

    Two patients whom one report tells apart, or a person, stay apart.
    """
    case_rows = db.execute("SELECT case_id, patient_id, record_id FROM cases WHERE case_source = 'own'").fetchall()
    patient_of = {case_id: patient_id for case_id, patient_id, _ in case_rows}
    shown = {row[0] for row in db.execute("SELECT patient_id FROM patients ORDER BY patient_id").fetchall()}
    reports: dict[str, set[str]] = {}
    for _, patient_id, record_id in case_rows:
        reports.setdefault(patient_id, set()).add(record_id)
    pairs = [_of_patients(pair, patient_of) for pair in store.load_links(db, "patient")]
    asked = [pair for pair in pairs if pair.outcome == "possible" and {pair.left, pair.right} <= shown]
    apart = {frozenset((pair.left, pair.right)) for pair in pairs if pair.outcome == "different"}
    groups = deduplication.clusters(
        sorted(shown),
        [replace(pair, outcome="same") for pair in asked if pair.left != pair.right],
        rank=str,
        apart=lambda left, right: bool(reports[left] & reports[right]) or frozenset((left, right)) in apart,
        strength=lambda pair: (-pair.score, pair.left, pair.right),
    )
    return tuple(tuple(sorted(group.members)) for group in groups if len(group.members) > 1)


def load_patients(db: store.Database) -> tuple[Row, ...]:
    """The rows of the table `patients`."""
    return tuple(db.query("SELECT * FROM patients ORDER BY patient_id"))


def patients_with_possible(db: store.Database, topic: Topic, patients: Iterable[Row]) -> tuple[Row, ...]:
    """The same rows, with those that may be one patient taken for one, under the first id."""
    rows = {row["patient_id"]: row for row in patients}
    pmids = dict(db.execute("SELECT record_id, pmid FROM cases").fetchall())
    merge = partial(deduplication.merge, topic=topic)
    for first, *others in possible_together(db):
        ids = [case_id for name in (first, *others) for case_id in rows[name]["case_ids"].split("; ")]
        cases = store.load_profiles(db, topic, case_ids=ids)
        rows[first] = store.patient_row(first, cases, pmids, topic=topic, merge=merge)
        for name in others:
            del rows[name]
    return tuple(rows.values())


def _of_patients(pair: Pair, patient_of: dict[str, str]) -> Pair:
    return replace(pair, left=patient_of.get(pair.left, ""), right=patient_of.get(pair.right, ""), compared=())

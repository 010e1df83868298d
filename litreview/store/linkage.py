"""What belongs together in the store: duplicate records, and cases of one patient."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from litreview.model.case import Value
from litreview.model.linkage import Cluster, Pair, Profile
from litreview.store.database import Database, transaction

if TYPE_CHECKING:
    from litreview.model.topic import Topic

Merge = Callable[[tuple[Profile, ...]], dict[str, Value]]
"""One patient's values out of the patient's cases."""


def save_links(db: Database, kind: str, pairs: Iterable[Pair]) -> None:
    """Keep the pairs of a kind (`record`, `patient`) with outcome, score and reasons, in place of those before."""
    rows = [
        {
            "kind": kind,
            "left_id": pair.left,
            "right_id": pair.right,
            "outcome": pair.outcome,
            "score": pair.score,
            "reasons": "; ".join(pair.reasons),
        }
        for pair in pairs
    ]
    with transaction(db):
        db.execute("DELETE FROM links WHERE kind = ?", [kind])
        db.table("links").insert_all(rows)


def save_duplicates(db: Database, clusters: Iterable[Cluster]) -> int:
    """Point every record of a cluster at its leader, and all others at nothing; the number of records that changed."""
    wanted = {member: cluster.leader for cluster in clusters for member in cluster.members if member != cluster.leader}
    changed = 0
    with transaction(db):
        for record_id, pointed in db.execute("SELECT record_id, duplicate_of FROM records").fetchall():
            if pointed != wanted.get(record_id):
                db.execute(
                    "UPDATE records SET duplicate_of = ?, reconciled_with = NULL WHERE record_id = ?",
                    [wanted.get(record_id), record_id],
                )
                changed += 1
    return changed


def load_profiles(db: Database, topic: Topic, *, case_ids: Iterable[str] | None = None) -> tuple[Profile, ...]:
    """Cases as they are compared: own ones of eligible reports and all cited ones, or those of `case_ids`."""
    where = "(cases.eligible = 'yes' OR case_source = 'cited')"
    given: list[str] = []
    if case_ids is not None:
        given = list(case_ids)
        where = f"cases.case_id IN ({', '.join('?' * len(given))})"
    lists = {attribute.name for attribute in topic.attributes if attribute.type == "list"}
    names = [attribute.name for attribute in topic.attributes]
    rows = db.query(
        "SELECT cases.*, records.authors, case_identities.citation FROM cases JOIN records USING (record_id) "
        f"JOIN case_identities ON case_identities.case_id = cases.case_id WHERE {where} ORDER BY cases.rowid",
        given,
    )
    return tuple(_profile(row, names, lists) for row in rows)


def save_patients(db: Database, clusters: Iterable[Cluster], *, topic: Topic, merge: Merge) -> None:
    """Give every case of the clusters its patient, and make the table of patients from them.

    A patient keeps the id it had: that of the cluster's case that was first known under it.
    """
    with transaction(db):
        before = dict(db.execute("SELECT case_id, patient_id FROM case_identities").fetchall())
        given = _patient_ids(tuple(clusters), before)
        for case_id, patient_id in given.items():
            if before.get(case_id) != patient_id:
                db.execute("UPDATE case_identities SET patient_id = ? WHERE case_id = ?", [patient_id, case_id])
        db.execute(
            "UPDATE cases SET patient_id = (SELECT patient_id FROM case_identities AS known "
            "WHERE known.case_id = cases.case_id) WHERE patient_id IS NOT "
            "(SELECT patient_id FROM case_identities AS known WHERE known.case_id = cases.case_id)"
        )
        shown = {row[0] for row in db.execute("SELECT patient_id FROM patients").fetchall()}
        refresh_patients(db, sorted(shown | set(given.values())), topic=topic, merge=merge)


def refresh_patients(db: Database, patient_ids: Iterable[str], *, topic: Topic, merge: Merge) -> None:
    """Make the rows of some patients anew from their own cases in eligible reports; one without any goes."""
    names = [attribute.name for attribute in topic.attributes]
    with transaction(db):
        for patient_id in patient_ids:
            row = _patient_row(db, patient_id, names, topic, merge)
            if row is None:
                db.execute("DELETE FROM patients WHERE patient_id = ?", [patient_id])
            elif row != next(iter(db.query("SELECT * FROM patients WHERE patient_id = ?", [patient_id])), None):
                db.table("patients").upsert(row, pk="patient_id")


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


def _profile(row: dict[str, Any], names: list[str], lists: set[str]) -> Profile:
    values = {name: row[name] for name in names if row[name] is not None}
    return Profile(
        case_id=row["case_id"],
        record_id=row["record_id"],
        source=row["case_source"],
        authors=tuple(row["authors"].split("; ")) if row["authors"] else (),
        year=row["year"],
        full_text=row["full_text"] == "yes",
        values={name: tuple(value.split("; ")) if name in lists else value for name, value in values.items()},
        citation=row["citation"],
        patient_id=row["patient_id"],
    )


def _patient_ids(clusters: tuple[Cluster, ...], before: dict[str, str | None]) -> dict[str, str]:
    """Clusters whose leader was known choose first, so that a patient that splits keeps its id with its first case."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for cluster in sorted(clusters, key=lambda cluster: before.get(cluster.leader) is None):
        members = (cluster.leader, *cluster.members)
        former = [name for member in members if (name := before.get(member)) is not None and name not in taken]
        patient_id = former[0] if former else f"p-{cluster.leader}"
        while patient_id in taken:
            patient_id += "a"
        taken.add(patient_id)
        given |= dict.fromkeys(members, patient_id)
    return given


def _patient_row(db: Database, patient_id: str, names: list[str], topic: Topic, merge: Merge) -> dict[str, Any] | None:
    ids = db.execute(
        "SELECT case_id, record_id, pmid FROM cases WHERE patient_id = ? AND case_source = 'own' AND eligible = 'yes' "
        "ORDER BY year, case_id",
        [patient_id],
    ).fetchall()
    if not ids:
        return None
    values = merge(load_profiles(db, topic, case_ids=[row[0] for row in ids]))
    shown = {name: "; ".join(map(str, value)) if isinstance(value, tuple) else value for name, value in values.items()}
    return {
        "patient_id": patient_id,
        "n_reports": len({row[1] for row in ids}),
        "pmids": "; ".join(dict.fromkeys(str(row[2]) for row in ids if row[2])),
        "case_ids": "; ".join(row[0] for row in ids),
        **{name: shown.get(name) for name in names},
    }

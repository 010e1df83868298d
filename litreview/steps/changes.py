"""What a run has changed: reports, cases, patients, and the shares that the topic's summary tells."""

from dataclasses import dataclass

from litreview import pool, store
from litreview.model.topic import Topic

Rows = dict[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a knowledge base as far as readers of the review see it: rows by id, shares by title."""

    records: Rows
    reports: Rows
    cases: Rows
    patients: Rows
    shares: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """How many of a kind came, changed and went."""

    kind: str
    new: int
    changed: int
    gone: int


def snapshot(db: store.Database, topic: Topic) -> Snapshot:
    """The state now."""
    return Snapshot(
        records=_rows(db, "SELECT record_id, * FROM records", drop=("reconciled_with", "fulltext_tried")),
        reports=_rows(db, "SELECT record_id, eligible FROM records WHERE eligible = 'yes' AND duplicate_of IS NULL"),
        cases=_rows(db, "SELECT case_id, * FROM cases WHERE eligible = 'yes' AND case_source = 'own'"),
        patients=_rows(db, "SELECT patient_id, * FROM patients"),
        shares=_shares(db, topic),
    )


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """What came, changed and went between two states."""
    kinds = {
        "records": (before.records, after.records),
        "included reports": (before.reports, after.reports),
        "cases": (before.cases, after.cases),
        "patients": (before.patients, after.patients),
    }
    return tuple(
        Change(
            kind,
            new=len(new.keys() - old.keys()),
            changed=sum(old[name] != new[name] for name in old.keys() & new.keys()),
            gone=len(old.keys() - new.keys()),
        )
        for kind, (old, new) in kinds.items()
    )


def shifted(before: Snapshot, after: Snapshot) -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
    """The shares (n of N) that are not what they were, before and after."""
    return {
        title: (before.shares.get(title, (0, 0)), share)
        for title, share in after.shares.items()
        if share != before.shares.get(title, (0, 0))
    }


def _rows(db: store.Database, sql: str, *, drop: tuple[str, ...] = ()) -> Rows:
    cursor = db.execute(sql)
    names = [column[0] for column in cursor.description]
    kept = [n for n, name in enumerate(names) if name not in drop]
    return {str(row[0]): tuple(row[n] for n in kept) for row in cursor}


def _shares(db: store.Database, topic: Topic) -> dict[str, tuple[int, int]]:
    """The summary's shares, n of N, by their lines' titles."""
    summary = pool.summary(tuple(db.query("SELECT * FROM patients")), topic)
    return {
        f"{line.title} ({line.group})" if line.group else line.title: (share.n, share.of)
        for line in summary.lines
        if line.how == "share"
        for share in line.shares
    }

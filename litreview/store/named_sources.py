"""Named sources in the store: the records and cases that they tell of, known again by the source's own names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from litreview.model.bibliography import Record
from litreview.model.case import Value
from litreview.store.database import Database
from litreview.store.documents import now
from litreview.store.identity import Identity, match
from litreview.store.known import known_cases, write_identity
from litreview.store.records import find_records, load_record, merged, save_record
from litreview.store.reports import members_of, report_of

if TYPE_CHECKING:
    from litreview.model.topic import Topic

Values = Mapping[str, tuple[Value, ...]]


def save_source_record(db: Database, source: str, key: str, record: Record) -> str:
    """Keep a record that a source tells of under its own `key`, and give its id; known by that key, or as any record.

    What the source leaves empty is kept.
    """
    name = f"{source}:{key}"
    row = db.execute("SELECT record_id FROM identifiers WHERE scheme = 'source' AND value = ?", [name]).fetchone()
    if row is None:
        record_id = save_record(db, record)
    else:
        record_id = str(row[0])
        filled = merged(load_record(db, record_id), record)
        if record_id in find_records(db, filled):
            record_id = save_record(db, filled)
    db.execute("INSERT OR IGNORE INTO identifiers VALUES ('source', ?, ?)", [name, record_id])
    return record_id


def source_records(db: Database, source: str, key: str, record: Record) -> tuple[str, ...]:
    """The reports that a source's record stands in: the one known by the source's key, else those it is found as."""
    name = f"{source}:{key}"
    rows = db.execute("SELECT record_id FROM identifiers WHERE scheme = 'source' AND value = ?", [name]).fetchall()
    found = tuple(str(row[0]) for row in rows) or find_records(db, record)
    return tuple(dict.fromkeys(report_of(db, record_id) for record_id in found))


def source_cases(
    db: Database, source: str, record_id: str, cases: Sequence[tuple[str, Values]], topic: Topic
) -> tuple[str, ...]:
    """A case id for each label with its values: the one the source had, that of a case of the report, or a new one."""
    report = report_of(db, record_id)
    known = known_cases(db, members_of(db, report), topic)
    mine = _claimed(db, source, {old.case_id for old in known})
    told = [(label, _told(label, values, topic)) for label, values in cases]
    open_cases = tuple(case for label, case in told if label not in mine)
    free = tuple(_claim(old) if old.case_id in mine.values() else old for old in known)
    given = match(open_cases, free, record_id=report)
    found = mine | dict(zip((case.label for case in open_cases), given, strict=True))
    for label, case in told:
        _keep(db, report, found[label], case)
    return tuple(found[label] for label, _ in told)


def undo_unsaid(db: Database, source: str, said: set[int]) -> int:
    """Mark undone what a source no longer says; how many decisions it were."""
    rows = db.execute("SELECT decision_id FROM decisions WHERE source = ? AND undone_at IS NULL", [source]).fetchall()
    gone = [row[0] for row in rows if row[0] not in said]
    for decision_id in gone:
        db.execute(
            "UPDATE decisions SET undone_at = ?, undone_by = ?, waiting = '' WHERE decision_id = ?",
            [now(), source, decision_id],
        )
    return len(gone)


def touch_report(db: Database, record_id: str) -> None:
    """Have the cases of a record's report made again by the next `reconcile`."""
    db.execute("UPDATE records SET reconciled_with = NULL WHERE record_id = ?", [report_of(db, record_id)])


def _claimed(db: Database, source: str, case_ids: set[str]) -> dict[str, str]:
    """The labels under which a source has told of these cases before."""
    rows = db.execute(
        "SELECT label, subject FROM decisions WHERE source = ? AND action = 'add_case' ORDER BY decision_id", [source]
    ).fetchall()
    return {label: case_id for label, case_id in rows if case_id in case_ids}


def _told(label: str, values: Values, topic: Topic) -> Identity:
    marked = [attribute.name for attribute in topic.attributes if attribute.identifies > 0]
    marks = sorted((name, json.dumps(value)) for name in marked for value in values.get(name, ()))
    return Identity("", "own", label, tuple(marks), ())


def _claim(known: Identity) -> Identity:
    """A case that is the source's already: no other is to be taken for it, nor to get its id."""
    return Identity(known.case_id, "claimed", "", (), ())


def _keep(db: Database, report: str, case_id: str, told: Identity) -> None:
    if not db.execute("SELECT 1 FROM case_identities WHERE case_id = ?", [case_id]).fetchone():
        known = Identity(case_id, told.source, told.label, told.marks, ())
        write_identity(db, report, known, citation="", document_ids=())

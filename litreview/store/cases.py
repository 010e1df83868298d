"""The effective values of one case: findings with decisions on top, and the row that shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from litreview.errors import UsageError
from litreview.model.case import Case, Finding
from litreview.model.event import Event
from litreview.store.database import Database, transaction
from litreview.store.decisions import mark_waiting
from litreview.store.overlay import Overlaid, Ruling, overlay
from litreview.store.redated import redated
from litreview.store.rows import cell, evidence_rows, finding_rows, load_events, load_findings, load_proposed
from litreview.store.rulings import rulings

if TYPE_CHECKING:
    from litreview.model.topic import Topic

Derive = Callable[[tuple[Finding, ...], tuple[Event, ...]], tuple[Finding, ...]]
"""Gives all the findings of a case it is given, with what was derived from others of them made and weighed anew."""


def write_effective(db: Database, case_id: str, *, topic: Topic, derive: Derive) -> None:
    """Lay the standing decisions over the machine's findings of a case; write `findings` and the row of `cases`."""
    with transaction(db):
        laid = _laid(db, case_id, rulings(db, case_id, topic), topic, derive)
        rows = finding_rows(case_id, laid.findings, laid.decided)
        db.execute("DELETE FROM findings WHERE case_id = ?", [case_id])
        db.table("findings").insert_all(rows)
        db.table("evidence").upsert_all(list(evidence_rows(rows, laid.findings)), pk=("finding_id", "n"))
        _drop_loose_evidence(db, case_id)
        db.execute(
            "UPDATE decisions SET waiting = '' WHERE subject = ? AND waiting <> '' "
            "AND action NOT IN ('add_case', 'delete_case', 'split_case')",
            [case_id],
        )
        mark_waiting(db, laid.waiting)
        _mark_proposed(db, case_id, laid.proposed)
        _show(db, case_id, laid.findings, topic)


def findings_for(db: Database, case_id: str, reviewer: str, *, topic: Topic, derive: Derive) -> tuple[Finding, ...]:
    """The findings of a case with what a reviewer has decided unseen on top; nothing is written."""
    return _laid(db, case_id, rulings(db, case_id, topic, seen_by=reviewer), topic, derive).findings


def _laid(db: Database, case_id: str, decided: tuple[Ruling, ...], topic: Topic, derive: Derive) -> Overlaid:
    moved = redated(load_events(db, case_id), decided, topic)
    return overlay(
        load_findings(db, "machine_findings", case_id),
        decided,
        lambda findings: derive(moved.without(findings), moved.events),
        load_proposed(db, case_id),
    )


def events_as_decided(db: Database, case_id: str, topic: Topic) -> tuple[Event, ...]:
    """The events of a case, moved to the days that people decided."""
    return redated(load_events(db, case_id), rulings(db, case_id, topic), topic).events


def load_case(db: Database, case_id: str, *, machine: bool = False) -> Case:
    """A case with its effective findings (or the machine's) and events; `UsageError` where there is none."""
    rows = list(
        db.query(
            "SELECT case_label, case_index, case_source, citation, document_ids "
            "FROM cases JOIN case_identities USING (case_id) WHERE case_id = ?",
            [case_id],
        )
    )
    if not rows:
        raise UsageError(f"{case_id} is not a case of this database", hint="see: litreview review list DB")
    row = rows[0]
    return Case(
        label=row["case_label"],
        index=row["case_index"],
        source=row["case_source"],
        findings=load_findings(db, "machine_findings" if machine else "findings", case_id),
        events=load_events(db, case_id),
        document_ids=tuple(row["document_ids"].split("; ")) if row["document_ids"] else (),
        citation=row["citation"],
    )


def _mark_proposed(db: Database, case_id: str, left: tuple[Finding, ...]) -> None:
    """Tell proposals that wait for a person from those on which one has decided."""
    places = [(finding.attribute, finding.value) for finding in left]
    for row in list(db.query("SELECT * FROM candidates WHERE case_id = ? AND proposed <> 'no'", [case_id])):
        state = "yes" if (row["attribute"], row["value"]) in places else "settled"
        db.execute("UPDATE candidates SET proposed = ? WHERE finding_id = ?", [state, row["finding_id"]])


def _drop_loose_evidence(db: Database, case_id: str) -> None:
    db.execute(
        "DELETE FROM evidence WHERE case_id = :case AND finding_id NOT IN ("
        "SELECT finding_id FROM machine_findings WHERE case_id = :case UNION "
        "SELECT finding_id FROM findings WHERE case_id = :case UNION "
        "SELECT finding_id FROM candidates WHERE case_id = :case)",
        {"case": case_id},
    )


def _show(db: Database, case_id: str, findings: tuple[Finding, ...], topic: Topic) -> None:
    values = {
        attribute.name: cell(
            tuple(found.value for found in findings if found.attribute == attribute.name),
            many=attribute.type == "list",
        )
        for attribute in topic.attributes
    }
    if values:
        changes = ", ".join(f'"{name}" = ?' for name in values)
        db.execute(f"UPDATE cases SET {changes} WHERE case_id = ?", [*values.values(), case_id])

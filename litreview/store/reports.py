"""Reports in the store: a record with its duplicates, its cases saved as a set with all that shows them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from litreview.model.case import Case
from litreview.model.review import Verdict
from litreview.store.cases import Derive, write_effective
from litreview.store.database import Database, transaction
from litreview.store.decisions import mark_waiting, verdict_word
from litreview.store.identity import Identity, identity, match
from litreview.store.known import known_cases, write_identity
from litreview.store.lineup import case_decisions, line_up
from litreview.store.rows import candidate_rows, event_rows, evidence_rows, finding_rows
from litreview.store.standing import difference, standing

if TYPE_CHECKING:
    from litreview.model.topic import Topic

_OF_CASES = ("machine_findings", "findings", "candidates", "evidence", "events", "cases")


def report_of(db: Database, record_id: str) -> str:
    """The record that stands for a record's report: itself, or the one it duplicates."""
    row = db.execute("SELECT duplicate_of FROM records WHERE record_id = ?", [record_id]).fetchone()
    return str(row[0]) if row and row[0] else record_id


def members_of(db: Database, report: str) -> tuple[str, ...]:
    """All records of a report, the leading one first."""
    rows = db.execute("SELECT record_id FROM records WHERE duplicate_of = ? ORDER BY record_id", [report])
    return (report, *(str(row[0]) for row in rows))


def is_report(db: Database, record_id: str) -> bool:
    """Whether there is such a record, and it stands for its report."""
    found = db.execute("SELECT 1 FROM records WHERE record_id = ? AND duplicate_of IS NULL", [record_id])
    return found.fetchone() is not None


def all_reports(db: Database) -> tuple[str, ...]:
    """Every report, by its leading record, in the order in which they came."""
    rows = db.execute("SELECT record_id FROM records WHERE duplicate_of IS NULL ORDER BY rowid")
    return tuple(str(row[0]) for row in rows)


def reports_to_reconcile(db: Database, rules_hash: str, *, among: Iterable[str] | None = None) -> tuple[str, ...]:
    """Reports whose records, documents, extraction or rules have changed since their cases were saved, of all or of
    those `among` some records.
    """
    query = "SELECT record_id, reconciled_with FROM records WHERE duplicate_of IS NULL"
    some = "" if among is None else " AND record_id IN (SELECT value FROM json_each(?))"
    given = [] if among is None else [json.dumps(sorted(among))]
    saved = db.execute(f"{query}{some} ORDER BY rowid", given).fetchall()
    return tuple(report for report, before in saved if before != inputs_of(db, report, rules_hash))


def inputs_of(db: Database, report: str, rules_hash: str) -> str:
    """A hash of everything a report's cases are made from."""
    digest = hashlib.sha256(rules_hash.encode())
    for member in members_of(db, report):
        for row in db.execute("SELECT record_id, entry FROM bibliographies WHERE record_id = ?", [member]):
            digest.update("\x1f".join(row).encode())
        read = (
            "SELECT document_id, coalesce(extracted_with, '') FROM documents WHERE record_id = ? ORDER BY document_id"
        )
        for row in db.execute(read, [member]):
            digest.update("\x1f".join(row).encode())
    return digest.hexdigest()[:32]


def save_report_cases(
    db: Database,
    report: str,
    cases: tuple[Case, ...],
    verdict: Verdict,
    *,
    topic: Topic,
    derive: Derive,
    rules_hash: str = "",
) -> tuple[str, ...]:
    """Replace all cases of a report, with findings, evidence, candidates and events, in one transaction; their ids.

    A case that was there before keeps its id, and decisions are laid over its findings. Decisions on a case that is
    gone wait. `rules_hash` is what `reports_to_reconcile` will ask with (default: the topic's).
    """
    with transaction(db):
        members = members_of(db, report)
        known = known_cases(db, members, topic)
        decisions = case_decisions(db, (old.case_id for old in known))
        profiles = tuple(identity(case, topic) for case in cases)
        split_off = frozenset(row["attribute"] for row in decisions if row["action"] == "split_case")
        found = dict(zip(match(profiles, known, record_id=report, last=split_off), cases, strict=True))
        lineup = line_up(found, decisions, lambda case: _again(case, derive))
        _clear(db, members, known)
        _save_verdict(db, members, verdict)
        _know_again(db, report, found, lineup.cases, topic)
        for case_id, case in lineup.cases.items():
            _write_machine(db, case_id, case)
            _write_case_row(db, report, case_id, case)
            write_effective(db, case_id, topic=topic, derive=derive)
        gone = {old.case_id for old in known} - lineup.cases.keys() - lineup.deleted
        _hold_decisions(db, sorted(gone))
        mark_waiting(db, lineup.waiting)
        show_eligibility(db, report)
        db.execute(
            "UPDATE records SET reconciled_with = ? WHERE record_id = ?",
            [inputs_of(db, report, rules_hash or topic.rules_hash), report],
        )
        return tuple(lineup.cases)


def _again(case: Case, derive: Derive) -> Case:
    return replace(case, findings=derive(case.findings, case.events))


def show_eligibility(db: Database, report: str) -> None:
    """Bring `eligible` of a report's records and cases to the verdict, under the standing decision of a person.

    What was withdrawn after a person had included it is left out all the same, until a person includes it again.
    """
    members = members_of(db, report)
    row = db.execute("SELECT eligible, reason FROM screenings WHERE record_id = ?", [report]).fetchone()
    eligible, reason = (row[0], row[1]) if row else (None, None)
    decision, differing = _on_report(db, report, members)
    if decision and not _withdrawn_since(db, report, decision):
        eligible = "yes" if decision["action"] == "include" else "no"
        reason = (decision["value"] or decision["why"]) if eligible == "no" else ""
    for member in members:
        db.execute("UPDATE decisions SET waiting = '' WHERE subject = ? AND waiting <> ''", [member])
        values = [eligible, reason or None, member]
        db.execute("UPDATE records SET eligible = ?, exclusion_reason = ? WHERE record_id = ?", values)
    db.execute(
        "UPDATE cases SET eligible = ?, exclusion_reason = ? WHERE record_id = ?", [eligible, reason or None, report]
    )
    if decision:
        mark_waiting(db, {decision["decision_id"]: _contradicted(db, report, decision)})
    mark_waiting(db, {row["decision_id"]: difference(differing) for row in differing})


def _on_report(
    db: Database, report: str, members: tuple[str, ...]
) -> tuple[dict[str, Any] | None, tuple[dict[str, Any], ...]]:
    """The decision on a report that counts, whichever of its records it was taken on, and those of who differ."""
    rows = db.query(
        f"SELECT * FROM decisions WHERE subject IN ({', '.join('?' * len(members))}) AND undone_at IS NULL "
        "AND action IN ('include', 'exclude') ORDER BY decision_id DESC",
        list(members),
    )
    machine = "include" if verdict_word(db, report) == "yes" else "exclude"
    return standing(list(rows), lambda row: str(row["action"]), machine)


def _withdrawn_since(db: Database, report: str, decision: dict[str, Any]) -> bool:
    """Whether a report that a person included is retracted or deleted now, and screening did not say so then."""
    status = db.execute("SELECT status FROM records WHERE record_id = ?", [report]).fetchone()[0]
    word = verdict_word(db, report)
    return (
        decision["action"] == "include"
        and status in ("retracted", "deleted")
        and word not in ("", "yes", decision["machine"])
    )


def _contradicted(db: Database, report: str, decision: dict[str, Any]) -> str:
    """What screening says now, where that is neither what it said then nor what was decided."""
    word = verdict_word(db, report)
    agreed = (word == "yes") == (decision["action"] == "include")
    if decision["machine"] is None or not word or agreed or word == decision["machine"]:
        return ""
    return f"screening now says: {'eligible' if word == 'yes' else word}"


def load_verdict(db: Database, report: str) -> Verdict | None:
    """The machine's verdict on a report; `None` where it was not screened."""
    for row in db.query("SELECT * FROM screenings WHERE record_id = ?", [report]):
        return Verdict(row["eligible"] == "yes", row["reason"], row["explanation"])
    return None


def remove_record(db: Database, record_id: str) -> None:
    """Take a record out with its documents and cases; decisions on them wait."""
    with transaction(db):
        if report_of(db, record_id) == record_id:
            gone = [
                row[0] for row in db.execute("SELECT case_id FROM cases WHERE record_id = ?", [record_id]).fetchall()
            ]
            for case_id in gone:
                _delete_case(db, case_id)
            _hold_decisions(db, [*gone, record_id])
        else:
            db.execute("UPDATE records SET reconciled_with = NULL WHERE record_id = ?", [report_of(db, record_id)])
        db.execute("DELETE FROM links WHERE kind = 'record' AND ? IN (left_id, right_id)", [record_id])
        db.execute("DELETE FROM records WHERE record_id = ?", [record_id])


def _clear(db: Database, members: tuple[str, ...], known: tuple[Identity, ...]) -> None:
    places = ", ".join("?" * len(members))
    present = db.execute(f"SELECT case_id FROM cases WHERE record_id IN ({places})", list(members)).fetchall()
    for case_id in {old.case_id for old in known} | {row[0] for row in present}:
        _delete_case(db, case_id)


def _delete_case(db: Database, case_id: str) -> None:
    for table in _OF_CASES:
        db.execute(f'DELETE FROM "{table}" WHERE case_id = ?', [case_id])


def _save_verdict(db: Database, members: tuple[str, ...], verdict: Verdict) -> None:
    for member in members:
        row = {
            "record_id": member,
            "eligible": "yes" if verdict.eligible else "no",
            "reason": verdict.reason,
            "explanation": verdict.explanation,
        }
        db.table("screenings").upsert(row, pk="record_id")


def _know_again(db: Database, report: str, found: dict[str, Case], cases: dict[str, Case], topic: Topic) -> None:
    """A case is known by all that was read of it; one that people alone tell of keeps what it was known by."""
    for case_id, case in {**cases, **found}.items():
        if case_id in found or case.findings:
            known = identity(case, topic, case_id=case_id)
            write_identity(db, report, known, citation=case.citation, document_ids=case.document_ids)
        else:
            db.execute("UPDATE case_identities SET record_id = ? WHERE case_id = ?", [report, case_id])


def _write_machine(db: Database, case_id: str, case: Case) -> None:
    found = finding_rows(case_id, case.findings)
    lost = candidate_rows(case_id, case.candidates)
    db.table("machine_findings").insert_all(found)
    db.table("candidates").insert_all(lost)
    db.table("evidence").insert_all(evidence_rows(found, case.findings))
    db.table("evidence").insert_all(evidence_rows(lost, (candidate.finding for candidate in case.candidates)))
    db.table("events").insert_all(event_rows(case_id, case.events, found))


def _write_case_row(db: Database, report: str, case_id: str, case: Case) -> None:
    record: dict[str, Any] = next(iter(db.query("SELECT * FROM records WHERE record_id = ?", [report])))
    full_text = db.execute(
        "SELECT 1 FROM documents JOIN records USING (record_id) "
        "WHERE kind = 'fulltext' AND ? IN (record_id, duplicate_of)",
        [report],
    ).fetchone()
    patient = db.execute("SELECT patient_id FROM case_identities WHERE case_id = ?", [case_id]).fetchone()
    row = {
        "case_id": case_id,
        "record_id": report,
        **{name: record[name] for name in ("pmid", "pmcid", "doi", "year", "title")},
        "first_author": record["authors"].split("; ")[0],
        "case_label": case.label,
        "case_index": case.index,
        "case_source": case.source,
        "full_text": "yes" if full_text else "no",
        "patient_id": patient[0] if patient else None,
    }
    db.table("cases").insert(row)


def _hold_decisions(db: Database, subjects: list[str]) -> None:
    for subject in subjects:
        db.execute(
            "UPDATE decisions SET waiting = 'what it is about is no longer found' "
            "WHERE subject = ? AND undone_at IS NULL",
            [subject],
        )

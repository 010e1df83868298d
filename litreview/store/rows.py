"""Cases as rows: findings, their evidence, candidates and events, and back again."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from litreview.model.case import Candidate, Finding, Value
from litreview.model.document import Span
from litreview.model.event import Event
from litreview.model.evidence import Evidence
from litreview.store.codec import evidence_from_json, evidence_to_json, value_to_json
from litreview.store.database import Database

Row = dict[str, Any]


def finding_rows(case_id: str, findings: Iterable[Finding], decided: dict[str, str] | None = None) -> list[Row]:
    """Rows of `findings` or `machine_findings`; their ids follow from case, attribute, value and place."""
    seen: dict[tuple[str, str], int] = {}
    rows = []
    for n, finding in enumerate(findings, 1):
        key = (finding.attribute, value_to_json(finding.value))
        seen[key] = seen.get(key, 0) + 1
        row = _finding_row(_finding_id(case_id, *key, str(seen[key])), case_id, finding, n)
        if finding.origin == "decided":
            row["decided_by"] = (decided or {}).get(finding.attribute, "")
        rows.append(row)
    return rows


def candidate_rows(case_id: str, candidates: Iterable[Candidate]) -> list[Row]:
    """Rows of `candidates`: those of findings, with the reason."""
    rows = []
    for n, candidate in enumerate(candidates, 1):
        finding = candidate.finding
        key = (finding.attribute, value_to_json(finding.value), candidate.reason, f"candidate {n}")
        told = {"reason": candidate.reason, "proposed": "yes" if candidate.proposed else "no"}
        rows.append(_finding_row(_finding_id(case_id, *key), case_id, finding, n) | told)
    return rows


def evidence_rows(rows: Iterable[Row], items: Iterable[Finding]) -> Iterator[Row]:
    """Rows of `evidence` for rows of findings, in the same order as the findings they were made from."""
    for row, finding in zip(rows, items, strict=True):
        for n, evidence in enumerate(finding.evidence, 1):
            yield {
                "finding_id": row["finding_id"],
                "n": n,
                "role": evidence.role,
                "case_id": row["case_id"],
                **_place(evidence),
            }


def event_rows(case_id: str, events: Iterable[Event], findings: Iterable[Row]) -> Iterator[Row]:
    """Rows of `events`; `finding_id` is the first finding that rests on the same words."""
    by_place = {(row["document_id"], row["start"], row["end"]): row["finding_id"] for row in reversed(list(findings))}
    for n, event in enumerate(events, 1):
        places = [(item.document_id, item.span.start, item.span.end) for item in event.evidence]
        yield {
            "case_id": case_id,
            "kind": event.kind,
            "agent": event.agent,
            "day": event.day,
            "day_qualifier": event.day_qualifier,
            "clock": event.clock,
            "amount": event.amount,
            "unit": event.unit,
            "finding_id": next((by_place[place] for place in places if place in by_place), None),
            "n": n,
            "exact": event.exact,
            "derived_from": "; ".join(event.derived_from),
            "evidence": evidence_to_json(event.evidence),
        }


def load_findings(db: Database, table: str, case_id: str) -> tuple[Finding, ...]:
    """The findings of a case from `findings` or `machine_findings`, in order, with all their evidence."""
    return _with_evidence(db, case_id, f'SELECT * FROM "{table}" WHERE case_id = ? ORDER BY n')


def load_proposed(db: Database, case_id: str) -> tuple[Finding, ...]:
    """The values of a case that are, or were, proposed to a person, with all their evidence."""
    return _with_evidence(db, case_id, "SELECT * FROM candidates WHERE case_id = ? AND proposed <> 'no' ORDER BY n")


def load_candidates(db: Database, case_id: str) -> tuple[Finding, ...]:
    """All that was found of a case and not chosen, with all its evidence."""
    return _with_evidence(db, case_id, "SELECT * FROM candidates WHERE case_id = ? ORDER BY n")


def _with_evidence(db: Database, case_id: str, sql: str) -> tuple[Finding, ...]:
    evidence: dict[str, list[Evidence]] = {}
    for row in db.query("SELECT * FROM evidence WHERE case_id = ? ORDER BY finding_id, n", [case_id]):
        span = Span(row["start"], row["end"])
        item = Evidence(row["document_id"], span, row["quote"], row["section"], row["role"])
        evidence.setdefault(row["finding_id"], []).append(item)
    return tuple(_finding(row, tuple(evidence.get(row["finding_id"], ()))) for row in db.query(sql, [case_id]))


def load_events(db: Database, case_id: str) -> tuple[Event, ...]:
    """The events of a case, in order."""
    return tuple(
        Event(
            kind=row["kind"],
            day=row["day"],
            clock=row["clock"],
            agent=row["agent"],
            day_qualifier=row["day_qualifier"],
            exact=row["exact"],
            amount=row["amount"],
            unit=row["unit"],
            evidence=evidence_from_json(row["evidence"]),
            derived_from=_split(row["derived_from"]),
        )
        for row in db.query("SELECT * FROM events WHERE case_id = ? ORDER BY n", [case_id])
    )


def cell(values: tuple[Value, ...], *, many: bool) -> Value | None:
    """A case's values of one attribute as the wide tables show them: lists joined by `; `, `None` for not reported."""
    if not values:
        return None
    flat = [item for value in values for item in (value if isinstance(value, tuple) else (value,))]
    return "; ".join(dict.fromkeys(str(item) for item in flat)) if many else flat[0]


def _finding_id(*parts: str) -> str:
    return "f" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _finding_row(finding_id: str, case_id: str, finding: Finding, n: int) -> Row:
    leading = finding.evidence[0] if finding.evidence else None
    nowhere: Row = {"quote": None, "document_id": None, "section": None, "start": None, "end": None}
    return {
        "finding_id": finding_id,
        "case_id": case_id,
        "attribute": finding.attribute,
        "value": "; ".join(map(str, finding.value)) if isinstance(finding.value, tuple) else finding.value,
        "qualifier": finding.qualifier,
        "unit": finding.unit,
        "origin": finding.origin,
        "derived_from": "; ".join(finding.derived_from),
        "confidence": finding.confidence,
        "rule_id": finding.rule_id,
        "decided_by": None,
        "signs": "; ".join(finding.signs),
        "doubts": "; ".join(finding.doubts),
        "n": n,
        **(_place(leading) if leading else nowhere),
    }


def _place(evidence: Evidence) -> Row:
    return {
        "quote": evidence.quote,
        "document_id": evidence.document_id,
        "section": evidence.section,
        "start": evidence.span.start,
        "end": evidence.span.end,
    }


def _finding(row: Row, evidence: tuple[Evidence, ...]) -> Finding:
    return Finding(
        attribute=row["attribute"],
        value=row["value"],
        evidence=evidence,
        qualifier=row["qualifier"],
        unit=row["unit"],
        origin=row["origin"],
        derived_from=_split(row["derived_from"]),
        confidence=row["confidence"],
        rule_id=row["rule_id"],
        signs=_split(row["signs"]),
        doubts=_split(row["doubts"]),
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("; ")) if joined else ()

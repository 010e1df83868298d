"""Cases that are, or may be, one patient, with what was compared side by side: read, without changing anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litreview import store


@dataclass(frozen=True, slots=True)
class Side:
    """One of two cases: its id, its patient, what the report calls it, and the report in brief."""

    case_id: str
    patient_id: str
    label: str
    report: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One attribute of both cases, with the words of both reports and what it weighs."""

    attribute: str
    how: str
    bits: float
    left: str
    right: str
    left_quote: str
    right_quote: str


@dataclass(frozen=True, slots=True)
class PatientPair:
    """Two cases, how likely they are one patient, what ties their reports, and the evidence, the weightiest first."""

    left: Side
    right: Side
    outcome: str
    score: float
    ties: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def patient_pairs(path: Path, *, about: str = "", waiting: bool = True) -> tuple[PatientPair, ...]:
    """The pairs that wait for a person, the likeliest first, or all of them; `about` one case or patient, or all."""
    with store.open_database(path, readonly=True) as db:
        wanted = _cases_of(db, about) if about else None
        return tuple(
            _pair(db, row)
            for row in db.query("SELECT * FROM links WHERE kind = 'patient' ORDER BY score DESC, left_id, right_id")
            if (not waiting or row["outcome"] == "possible")
            and (wanted is None or wanted & {row["left_id"], row["right_id"]})
        )


def _cases_of(db: store.Database, name: str) -> frozenset[str]:
    """The case of that id, or all cases of the patient of that id."""
    if db.execute("SELECT 1 FROM cases WHERE case_id = ?", [name]).fetchone():
        return frozenset({name})
    rows = db.execute("SELECT case_id FROM cases WHERE patient_id = ?", [store.resolve_patient(db, name)]).fetchall()
    return frozenset(row[0] for row in rows)


def _pair(db: store.Database, row: dict[str, Any]) -> PatientPair:
    names = [row["left_id"], row["right_id"]]
    evidence = tuple(_evidence(db, names))
    compared = {each.attribute for each in evidence}
    reasons = row["reasons"].split("; ")
    ties = tuple(reason for reason in reasons if not any(f" {name}: " in reason for name in compared))
    left, right = (_side(db, name) for name in names)
    return PatientPair(left, right, row["outcome"], row["score"], ties, evidence)


def _evidence(db: store.Database, names: list[str]) -> Iterator[Evidence]:
    for row in db.query("SELECT * FROM pair_evidence WHERE left_id = ? AND right_id = ?", names):
        told = {name: _text(row[name]) for name in ("left_value", "right_value", "left_quote", "right_quote")}
        yield Evidence(row["attribute"], row["how"], row["bits"], *told.values())


def _side(db: store.Database, case_id: str) -> Side:
    for row in db.query("SELECT * FROM cases WHERE case_id = ?", [case_id]):
        report = " ".join(filter(None, (row["first_author"], _text(row["year"]))))
        return Side(case_id, row["patient_id"] or "", row["case_label"] or "", report)
    return Side(case_id, "", "", "no longer there")


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else " ".join(str(value).split())

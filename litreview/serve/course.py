"""A case as its page shows it: values with their words, what lost, the course, the person's other reports."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from litreview.model.document import Span
from litreview.serve.codebook import Column, attributes
from litreview.serve.history import Past, past
from litreview.serve.kin import alike, others
from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import unit_words, words
from litreview.serve.paper import Mark, Paper, show
from litreview.serve.reading import documents_of, one, rows
from litreview.serve.reviewed import Review, review_of
from litreview.serve.timeline import Timeline, timeline
from litreview.serve.values import number, written

Row = Mapping[str, Any]

SHOWN = 12
"""Candidates of an attribute that its case's page shows; the table of candidates has all."""


@dataclass(frozen=True, slots=True)
class Words:
    """One quotation: its place on the page (empty where the document is gone), and what it does for the value."""

    anchor: str
    quote: str
    section: str
    role: str


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a case. `reason` says of a candidate why it was not chosen, `doubts` what speaks against a value."""

    value: str
    raw: str
    unit: str
    origin: str
    derived_from: str
    confidence: float
    rule_id: str
    decided_by: str
    reason: str
    signs: str
    doubts: tuple[str, ...]
    proposed: bool
    words: tuple[Words, ...]

    @property
    def anchors(self) -> str:
        """The places of all its words on the page."""
        return " ".join(dict.fromkeys(item.anchor for item in self.words if item.anchor))


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one attribute that rest on the same words and came the same way."""

    members: tuple[Told, ...]

    @property
    def leading(self) -> Told:
        """The first, whose words stand for all."""
        return self.members[0]

    @property
    def confidence(self) -> float:
        """That of the least sure."""
        return min(told.confidence for told in self.members)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What speaks against any of them."""
        return tuple(dict.fromkeys(doubt for told in self.members for doubt in told.doubts))

    @property
    def rules(self) -> str:
        """The rules that found them."""
        return ", ".join(dict.fromkeys(told.rule_id for told in self.members if told.rule_id))


@dataclass(frozen=True, slots=True)
class Line:
    """An attribute of a case: its values, those proposed to a person, and the candidates that lost."""

    column: Column
    values: tuple[Told, ...]
    proposed: tuple[Told, ...]
    candidates: tuple[Told, ...]

    @property
    def nearest(self) -> tuple[Told, ...]:
        """The candidates that came nearest to being chosen, as many as a page has room for."""
        return self.candidates[:SHOWN]

    @property
    def raw(self) -> str:
        """The values as a person would type them."""
        return "; ".join(told.raw for told in self.values)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The values, those that belong together in one."""
        found: dict[object, list[Told]] = {}
        for told in self.values:
            found.setdefault((told.words, told.origin, told.derived_from, told.decided_by), []).append(told)
        return tuple(Group(tuple(group)) for group in found.values())


@dataclass(frozen=True, slots=True)
class Moment:
    """An event of the course."""

    kind: str
    agent: str
    day: str
    clock: str
    amount: str
    derived_from: str
    words: tuple[Words, ...]

    @property
    def anchors(self) -> tuple[str, ...]:
        """The places of its words on the page."""
        return tuple(dict.fromkeys(item.anchor for item in self.words if item.anchor))


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of a case shows."""

    case: dict[str, Any]
    citation: str
    report: dict[str, Any]
    lines: tuple[Line, ...]
    silent: tuple[Column, ...]
    moments: tuple[Moment, ...]
    timeline: Timeline | None
    papers: tuple[Paper, ...]
    others: tuple[dict[str, Any], ...]
    alike: tuple[dict[str, Any], ...]
    waiting: tuple[dict[str, Any], ...]
    past: tuple[Past, ...]
    review: Review | None

    @property
    def columns(self) -> tuple[Column, ...]:
        """All attributes, with a value or without."""
        return (*(line.column for line in self.lines), *self.silent)


def read_case(connection: sqlite3.Connection, case_id: str, known: Knowledge, viewer: str = "") -> CasePage | None:
    """The page of a case, `None` where there is no such case."""
    case = one(connection, "SELECT * FROM cases WHERE case_id = ?", case_id)
    if case is None:
        return None
    evidence = _evidence(connection, case_id)
    findings = rows(connection, "SELECT * FROM findings WHERE case_id = ? ORDER BY n", case_id)
    candidates = rows(connection, "SELECT * FROM candidates WHERE case_id = ? ORDER BY confidence DESC, n", case_id)
    events = rows(connection, "SELECT * FROM events WHERE case_id = ? ORDER BY day IS NULL, day, n", case_id)
    chosen = {finding["finding_id"] for finding in findings}
    documents = documents_of(connection, case["record_id"], {item["document_id"] for item in _all(evidence)})
    numbered = {document.document_id: n for n, document in enumerate(documents, 1)}
    places = _places(evidence, chosen, events)
    lines = tuple(_lines(attributes(known), findings, candidates, evidence, numbered))
    moments = tuple(_moment(event, numbered, known) for event in events)
    identity = one(connection, "SELECT citation FROM case_identities WHERE case_id = ?", case_id) or {}
    return CasePage(
        case=case,
        citation=identity.get("citation", ""),
        report=one(connection, "SELECT * FROM records WHERE record_id = ?", case["record_id"]) or {},
        lines=tuple(line for line in lines if line.values or line.proposed or line.candidates),
        silent=tuple(line.column for line in lines if not (line.values or line.proposed or line.candidates)),
        moments=moments,
        timeline=timeline(events, [moment.anchors for moment in moments], known),
        papers=tuple(
            show(document, _marks(n, places.get(document.document_id, {}))) for n, document in enumerate(documents, 1)
        ),
        others=others(connection, case),
        alike=alike(connection, case),
        waiting=tuple(
            rows(
                connection,
                "SELECT attribute, action, value, waiting FROM decisions WHERE subject = ? AND undone_at IS NULL "
                "AND waiting <> ''",
                case_id,
            )
        ),
        past=past(connection, case_id, viewer),
        review=review_of(connection, case["record_id"], viewer),
    )


def _evidence(connection: sqlite3.Connection, case_id: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for item in rows(connection, "SELECT * FROM evidence WHERE case_id = ? ORDER BY finding_id, n", case_id):
        found.setdefault(item["finding_id"], []).append(item)
    return found


def _all(evidence: Mapping[str, list[Row]]) -> Iterator[Row]:
    return (item for items in evidence.values() for item in items)


Places = dict[tuple[int, int], bool]
"""Start and end of marked words, and whether a value or event rests on them or only a candidate."""


def _places(evidence: Mapping[str, list[Row]], chosen: set[str], events: Iterable[Row]) -> dict[str, Places]:
    """The marked places of each document."""
    found: dict[str, Places] = {}
    for finding_id, items in evidence.items():
        for item in items:
            here = found.setdefault(item["document_id"], {})
            place = (item["start"], item["end"])
            here[place] = here.get(place, False) or finding_id in chosen
    for event in events:
        for item in json.loads(event["evidence"]):
            start, end = item["span"]
            found.setdefault(item["document_id"], {})[start, end] = True
    return found


def _marks(n: int, places: Places) -> list[Mark]:
    return [Mark(Span(start, end), _anchor(n, start, end), used) for (start, end), used in places.items()]


def _anchor(n: int, start: int, end: int) -> str:
    return f"d{n}-{start}-{end}"


def _lines(
    columns: Mapping[str, Column],
    findings: list[dict[str, Any]],
    candidates: list[dict[str, Any]],
    evidence: Mapping[str, list[Row]],
    numbered: Mapping[str, int],
) -> Iterator[Line]:
    """Attributes in the topic's order, then any that the topic no longer has."""
    unknown = {row["attribute"] for row in (*findings, *candidates)} - columns.keys()
    for name in (*columns, *sorted(unknown)):
        others = [_told(row, columns, evidence, numbered) for row in candidates if row["attribute"] == name]
        yield Line(
            columns.get(name) or Column(name, words(name)),
            tuple(_told(row, columns, evidence, numbered) for row in findings if row["attribute"] == name),
            tuple(told for told in others if told.proposed),
            tuple(told for told in others if not told.proposed),
        )


def _told(
    row: Row, columns: Mapping[str, Column], evidence: Mapping[str, list[Row]], numbered: Mapping[str, int]
) -> Told:
    items = evidence.get(row["finding_id"], [])
    return Told(
        value=written(row["value"], row["qualifier"]),
        raw="" if row["value"] is None else number(row["value"]),
        unit=unit_words(row["unit"] or ""),
        origin=row["origin"],
        derived_from=", ".join(
            columns[name].label if name in columns else words(name) for name in row["derived_from"].split("; ") if name
        ),
        confidence=row["confidence"],
        rule_id=row["rule_id"].removeprefix(f"{row['attribute']}."),
        decided_by=row["decided_by"] or "",
        reason=row.get("reason", ""),
        signs=row["signs"],
        doubts=tuple(filter(None, row["doubts"].split("; "))),
        proposed=row.get("proposed") == "yes",
        words=tuple(
            _words(numbered, item["document_id"], item["start"], item["end"], item["quote"], item) for item in items
        ),
    )


def _words(numbered: Mapping[str, int], document_id: str, start: int, end: int, quote: str, item: Row) -> Words:
    anchor = _anchor(numbered[document_id], start, end) if document_id in numbered else ""
    return Words(anchor, quote, item.get("section", ""), item.get("role", ""))


def _moment(event: Row, numbered: Mapping[str, int], known: Knowledge) -> Moment:
    names = {kind.kind: kind.name for kind in known.topic.events} if known.topic else {}
    items = json.loads(event["evidence"])
    open_days = f" ± {number(event['exact'])}" if event["exact"] else ""
    return Moment(
        kind=names.get(event["kind"], words(event["kind"])),
        agent=event["agent"],
        day=written(event["day"], event["day_qualifier"]) + open_days if event["day"] is not None else "",
        clock=names.get(event["clock"], words(event["clock"])).lower(),
        amount=f"{number(event['amount'])} {event['unit']}".strip() if event["amount"] is not None else "",
        derived_from=", ".join(names.get(name, words(name)) for name in event["derived_from"].split("; ") if name),
        words=tuple(
            _words(numbered, item["document_id"], item["span"][0], item["span"][1], item["quote"], item)
            for item in items
        ),
    )

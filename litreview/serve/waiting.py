"""What waits for a person, as its page shows it: in the order of the queue, by kind, with whom each item is about."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from litreview.serve.codebook import Column, attributes
from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import words
from litreview.serve.reading import at_once, rows
from litreview.serve.remembered import remembered
from litreview.serve.values import written

AT_ONCE = 50
_PAIR = "duplicate"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits; `about` and `other` are the case or report, and for a pair the other one.

    `beside` is what speaks for and against a pair, the weightiest first.
    """

    kind: str
    subject: str
    attribute: str
    column: Column | None
    value: str
    raw: str
    reason: str
    number: str
    confidence: float
    about: dict[str, Any]
    other: dict[str, Any]
    beside: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, how many there are of each kind, and where the next page starts (0: nowhere)."""

    items: tuple[Item, ...]
    kinds: tuple[tuple[str, int], ...]
    kind: str
    after: int


def read_queue(connection: sqlite3.Connection, known: Knowledge, kind: str = "", start: int = 0) -> Queue:
    """What waits, of one kind or of all."""
    where, values = ("WHERE kind = ?", [kind]) if kind else ("", [])
    found = rows(connection, f"SELECT * FROM queue {where} LIMIT ? OFFSET ?", *values, AT_ONCE + 1, start)
    named = named_subjects(connection, [str(row[key]) for row in found for key in ("subject", "value")])
    known_columns = attributes(known)
    return Queue(
        tuple(_item(row, named, known_columns, _beside(connection, row)) for row in found[:AT_ONCE]),
        remembered(_kinds, known),
        kind,
        start + AT_ONCE if len(found) > AT_ONCE else 0,
    )


def _kinds(known: Knowledge) -> tuple[tuple[str, int], ...]:
    """How much of each kind waits."""
    counted = "SELECT kind, count(*) AS n FROM queue GROUP BY kind"
    return at_once(known, lambda connection: tuple((row["kind"], row["n"]) for row in rows(connection, counted)))


def _item(
    row: dict[str, Any],
    named: dict[str, dict[str, Any]],
    columns: dict[str, Column],
    beside: tuple[dict[str, Any], ...],
) -> Item:
    return Item(
        kind=row["kind"],
        subject=row["subject"],
        attribute=row["attribute"],
        column=columns.get(row["attribute"])
        or (Column(row["attribute"], words(row["attribute"])) if row["attribute"] else None),
        value=written(row["value"]),
        raw="" if row["value"] is None else str(row["value"]),
        reason=row["reason"],
        number=str(row["item"] or ""),
        confidence=row["confidence"] or 0.0,
        about=named.get(row["subject"], {}),
        other=named.get(str(row["value"]), {}),
        beside=beside,
    )


def _beside(connection: sqlite3.Connection, row: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    if not row["kind"].startswith(_PAIR):
        return ()
    return tuple(
        rows(
            connection,
            "SELECT attribute, left_value, right_value, how, left_quote, right_quote FROM pair_evidence "
            "WHERE left_id = ? AND right_id = ? LIMIT 30",
            row["subject"],
            row["value"],
        )
    )


def named_subjects(connection: sqlite3.Connection, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Cases and records by their ids, with what they are called and which page they have."""
    places = ", ".join("?" * len(ids))
    cases = rows(
        connection,
        "SELECT case_id AS id, 'case' AS page, first_author AS author, year, case_label AS label, title FROM cases "
        f"WHERE case_id IN ({places})",
        *ids,
    )
    records = rows(
        connection,
        "SELECT record_id AS id, 'report' AS page, authors AS author, year, '' AS label, title FROM records "
        f"WHERE record_id IN ({places})",
        *ids,
    )
    return {row["id"]: row for row in (*records, *cases)}

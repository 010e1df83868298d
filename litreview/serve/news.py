"""What the last run changed, and those before it: the versions of a review as their page tells them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from litreview.serve.codebook import attributes
from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import words
from litreview.serve.reading import one, rows
from litreview.serve.values import written

_MOST = 300
_COUNTED = "SELECT kind, change, count(*) AS n FROM changes WHERE version = ? GROUP BY kind, change ORDER BY min(n)"
_MOVED = "n_before IS NOT n_after OR of_before IS NOT of_after OR median_before IS NOT median_after"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that came, changed or went, and the page that tells of it."""

    kind: str
    change: str
    page: str
    subject: str
    name: str
    label: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class News:
    """A version: when and by what, how much of each kind, each thing, and the figures that moved."""

    version: int
    made_at: str
    command: str
    counts: tuple[tuple[str, str, int], ...]
    happened: tuple[Happened, ...]
    more: int
    shifts: tuple[dict[str, str], ...]
    versions: tuple[dict[str, Any], ...]


def read_news(connection: sqlite3.Connection, known: Knowledge, version: int = 0) -> News | None:
    """The version asked for, or the last; `None` where there is none such."""
    found = one(connection, "SELECT * FROM versions WHERE version = ? OR ? = 0 ORDER BY version DESC", version, version)
    if found is None:
        return News(0, "", "", (), (), 0, (), ()) if version == 0 else None
    number = found["version"]
    counts = _counts(connection, number)
    return News(
        version=number,
        made_at=found["made_at"],
        command=found["command"],
        counts=counts,
        happened=tuple(_happened(connection, known, number)),
        more=max(sum(n for _, _, n in counts) - _MOST, 0),
        shifts=tuple(
            _shift(row)
            for row in rows(connection, f"SELECT * FROM shifts WHERE version = ? AND ({_MOVED}) ORDER BY n", number)
        ),
        versions=tuple(
            rows(connection, "SELECT version, command, made_at FROM versions ORDER BY version DESC LIMIT 50")
        ),
    )


def last_news(connection: sqlite3.Connection) -> dict[str, Any] | None:
    """The last version in a line: when it was made, and how much of each kind it brought."""
    found = one(connection, "SELECT version, made_at FROM versions ORDER BY version DESC")
    return found | {"counts": _counts(connection, found["version"])} if found else None


def _counts(connection: sqlite3.Connection, version: int) -> tuple[tuple[str, str, int], ...]:
    return tuple((row["change"], row["kind"], row["n"]) for row in rows(connection, _COUNTED, version))


def _happened(connection: sqlite3.Connection, known: Knowledge, version: int) -> list[Happened]:
    columns = attributes(known)
    found = rows(connection, "SELECT * FROM changes WHERE version = ? ORDER BY n LIMIT ?", version, _MOST)
    names = _names(connection, [row["subject"] for row in found])
    return [
        Happened(
            kind=row["kind"],
            change=row["change"],
            page=names[row["subject"]][0] if row["subject"] in names else "",
            subject=row["subject"],
            name=names[row["subject"]][1] if row["subject"] in names else row["subject"],
            label=columns[row["attribute"]].label if row["attribute"] in columns else words(row["attribute"]),
            before=written(row["before"]),
            after=written(row["after"]),
            why=row["why"],
        )
        for row in found
    ]


def _names(connection: sqlite3.Connection, subjects: list[str]) -> dict[str, tuple[str, str]]:
    """The page of each subject, and what it is called there."""
    places = ", ".join("?" * len(subjects))
    found = {
        row["record_id"]: ("report", row["title"])
        for row in rows(connection, f"SELECT record_id, title FROM records WHERE record_id IN ({places})", *subjects)
    }
    cases = f"SELECT case_id, first_author, year, case_label FROM cases WHERE case_id IN ({places})"
    for row in rows(connection, cases, *subjects):
        who = " ".join(str(row[name]) for name in ("first_author", "year") if row[name])
        found[row["case_id"]] = ("case", ", ".join(filter(None, (who, row["case_label"]))))
    patients = f"SELECT patient_id FROM patients WHERE patient_id IN ({places})"
    return found | {row["patient_id"]: ("patient", row["patient_id"]) for row in rows(connection, patients, *subjects)}


def _shift(row: dict[str, Any]) -> dict[str, str]:
    name = ": ".join(part for part in (row["group"], row["value"]) if part)
    return {"title": row["title"], "name": name, "before": _figure(row, "before"), "after": _figure(row, "after")}


def _figure(row: dict[str, Any], when: str) -> str:
    n, of, low, high, median = (row[f"{part}_{when}"] for part in ("n", "of", "low", "high", "median"))
    if median is not None:
        return f"median {written(median)}"
    if n is None or not of:
        return ""
    interval = f", {100 * low:.0f} to {100 * high:.0f}" if low is not None else ""
    return f"{n}/{of} ({100 * n / of:.0f} %{interval})"

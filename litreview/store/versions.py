"""Versions of the review in the store: what changed, how estimates moved, and the flow as it stood."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from litreview.model.change import Asked, Box, Change, Figure, Made, Named, Shift, Version
from litreview.store.database import Database, transaction
from litreview.store.documents import now
from litreview.store.told import tell

_FIGURE = tuple(field.name for field in fields(Figure))
_CHANGE = tuple(field.name for field in fields(Change))
_PARTS = attrgetter(*_CHANGE)
_CHANGES = f"INSERT INTO changes (version, n, {', '.join(_CHANGE)}) VALUES (?, ?{', ?' * len(_CHANGE)})"


def save_version(
    db: Database, run_id: int, command: str, changes: tuple[Change, ...], shifts: tuple[Shift, ...]
) -> int:
    """Keep what changed as the next version, and its state as that which the one after is compared with; its number."""
    with transaction(db):
        version = int(db.execute("SELECT coalesce(max(version), 0) + 1 FROM versions").fetchone()[0])
        row = {
            "version": version,
            "run_id": run_id,
            "command": command,
            "made_at": now(),
            "last_search": db.execute("SELECT coalesce(max(search_id), 0) FROM searches").fetchone()[0],
            "waiting": json.dumps(dict(db.execute(_WAITING).fetchall()), ensure_ascii=False),
            "people": json.dumps(dict(db.execute(_PEOPLE).fetchall()), ensure_ascii=False),
        }
        db.table("versions").insert(row)
        db.conn.executemany(_CHANGES, ((version, n, *_PARTS(change)) for n, change in enumerate(changes, 1)))
        db.table("shifts").insert_all(
            {"version": version, "n": n, **_shift_row(shift)} for n, shift in enumerate(shifts, 1)
        )
        db.execute("INSERT INTO flows SELECT ?, n, stage, arm, reason, count FROM flow", [version])
        tell(db)
        return version


def rest_on_searches(db: Database) -> None:
    """Note that the last version is what the searches so far have left, those too that brought nothing."""
    db.execute(
        "UPDATE versions SET last_search = (SELECT max(search_id) FROM searches WHERE fetched_at IS NOT NULL) "
        "WHERE version = (SELECT max(version) FROM versions) "
        "AND last_search < (SELECT max(search_id) FROM searches WHERE fetched_at IS NOT NULL)"
    )


def last_version(db: Database) -> int:
    """The number of the latest version, 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(version), 0) FROM versions").fetchone()[0])


def version_line(db: Database) -> str:
    """The latest version in words, empty where there is none."""
    row = db.execute("SELECT version, made_at, command FROM versions ORDER BY version DESC LIMIT 1").fetchone()
    return f"version {row[0]}, made at {row[1]} by {row[2]}" if row else ""


def load_version(db: Database, number: int, *, topic: str = "", title: str = "") -> Version:
    """A version with all that makes it readable: searches, flow, and what reports and cases are called."""
    row = next(iter(db.query("SELECT * FROM versions WHERE version = ?", [number])))
    before = next(iter(db.query("SELECT * FROM versions WHERE version = ?", [number - 1])), None)
    return Version(
        number=number,
        made_at=row["made_at"],
        command=row["command"],
        topic=topic,
        title=title,
        changes=_changes(db, number),
        shifts=_shifts(db, number),
        previous_at=before["made_at"] if before else "",
        made_with=_made(db, row["run_id"]),
        previous_with=_made(db, before["run_id"]) if before else Made(),
        searches=_searches(db, before["last_search"] if before else 0, row["last_search"]),
        flow=_flow(db, number),
        flow_before=_flow(db, number - 1),
        waiting=json.loads(row["waiting"]),
        people=json.loads(row["people"]),
        names=_names(db, number),
        labels=_labels(db, number),
    )


_WAITING = "SELECT kind, count(*) FROM queue GROUP BY kind ORDER BY kind"
_PEOPLE = (
    "SELECT decided_by, count(*) FROM decisions WHERE undone_at IS NULL AND decided_by <> '' "
    "GROUP BY decided_by ORDER BY decided_by"
)


def _shift_row(shift: Shift) -> dict[str, Any]:
    named = {name: getattr(shift, name) for name in ("title", "group", "value", "how")}
    sides = {"before": shift.before, "after": shift.after}
    return named | {f"{name}_{side}": getattr(figure, name) for side, figure in sides.items() for name in _FIGURE}


def _changes(db: Database, number: int) -> tuple[Change, ...]:
    names = ", ".join(_CHANGE)
    return tuple(
        Change(*row) for row in db.execute(f"SELECT {names} FROM changes WHERE version = ? ORDER BY n", [number])
    )


def _shifts(db: Database, number: int) -> tuple[Shift, ...]:
    return tuple(
        Shift(
            row["title"],
            row["group"],
            row["value"],
            row["how"],
            Figure(**{name: row[f"{name}_before"] for name in _FIGURE}),
            Figure(**{name: row[f"{name}_after"] for name in _FIGURE}),
        )
        for row in db.query("SELECT * FROM shifts WHERE version = ? ORDER BY n", [number])
    )


def _made(db: Database, run_id: int) -> Made:
    row = db.execute("SELECT version, topic_version, rules_hash FROM runs WHERE run_id = ?", [run_id]).fetchone()
    return Made(*row) if row else Made()


def _searches(db: Database, after: int, until: int) -> tuple[Asked, ...]:
    """The searches between two; of one that was asked again, as after a run that was cut off, the last answer.

    What was new is what was new at most: the run that was cut off may have fetched some of it.
    """
    names = ", ".join(f'"{field.name}"' for field in fields(Asked))
    rows = db.execute(
        f"SELECT {names} FROM searches WHERE search_id > ? AND search_id <= ? ORDER BY search_id", [after, until]
    )
    asked: dict[tuple[str, str, str], Asked] = {}
    for found in (Asked(*row) for row in rows):
        before = asked.pop((found.database, found.name, found.query), found)
        new = max(before.new_records, found.new_records)
        asked[found.database, found.name, found.query] = replace(found, new_records=new)
    return tuple(asked.values())


def _flow(db: Database, number: int) -> tuple[Box, ...]:
    rows = db.execute("SELECT stage, arm, reason, count FROM flows WHERE version = ? ORDER BY n, arm, reason", [number])
    return tuple(Box(*row) for row in rows)


def _names(db: Database, number: int) -> dict[str, Named]:
    rows = db.execute(
        "SELECT record_id, pmid, doi, title, authors, year FROM records WHERE record_id IN "
        "(SELECT record_id FROM changes WHERE version = :v UNION SELECT subject FROM changes WHERE version = :v)",
        {"v": number},
    )
    return {
        row[0]: Named(row[1] or "", row[2] or "", row[3], (row[4] or "").split("; ")[0], row[5])
        for row in rows.fetchall()
    }


def _labels(db: Database, number: int) -> dict[str, str]:
    rows = db.execute(
        "SELECT case_id, label FROM case_identities WHERE case_id IN (SELECT subject FROM changes WHERE version = ?)",
        [number],
    )
    return dict(rows.fetchall())

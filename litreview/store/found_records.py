"""Pairs of records as the comparison found them, and which records a decision on some of them touches."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from litreview.model.linkage import Pair
from litreview.store.database import Database, insert, transaction
from litreview.store.reached import reached, some

_PAIRS = ("left_id", "right_id", "outcome", "score", "reasons")


def save_found_records(db: Database, pairs: Iterable[Pair], columns: Iterable[str]) -> None:
    """Keep the pairs that were found, and whose titles come again and again, in place of those before."""
    with transaction(db):
        for table in ("found_records", "found_columns"):
            db.execute(f"DELETE FROM {table}")
        insert(db, "found_records", _PAIRS, map(_row, pairs))
        insert(db, "found_columns", ("record_id",), ((name,) for name in sorted(columns)))


def load_found_records(db: Database, record_ids: Collection[str]) -> tuple[tuple[Pair, ...], frozenset[str]]:
    """The pairs of which both records are among these, and those of them whose titles come again and again."""
    pairs: list[Pair] = []
    columns: set[str] = set()
    for part in some(sorted(record_ids)):
        places = ", ".join("?" * len(part))
        query = f"SELECT * FROM found_records WHERE left_id IN ({places}) ORDER BY left_id, right_id"
        pairs += (_pair(row) for row in db.query(query, list(part)) if row["right_id"] in record_ids)
        found = db.execute(f"SELECT record_id FROM found_columns WHERE record_id IN ({places})", list(part))
        columns.update(row[0] for row in found.fetchall())
    return tuple(pairs), frozenset(columns)


def touched_records(db: Database, record_ids: Iterable[str]) -> frozenset[str] | None:
    """These records and all that are joined to them by whatever way, or might be again; `None` where nothing was found
    yet, so that nobody can tell.
    """
    if db.execute("SELECT 1 FROM found_records LIMIT 1").fetchone() is None:
        return None
    return reached(db, record_ids, partial(_joined, db))


def _joined(db: Database, names: Sequence[str]) -> Iterator[str]:
    places = ", ".join("?" * len(names))
    for query in (
        f"SELECT right_id FROM found_records WHERE left_id IN ({places}) AND outcome = 'same'",
        f"SELECT left_id FROM found_records WHERE right_id IN ({places}) AND outcome = 'same'",
        f"SELECT duplicate_of FROM records WHERE record_id IN ({places}) AND duplicate_of IS NOT NULL",
        f"SELECT record_id FROM records WHERE duplicate_of IN ({places})",
    ):
        yield from (row[0] for row in db.execute(query, list(names)))


def _row(pair: Pair) -> tuple[object, ...]:
    return (pair.left, pair.right, pair.outcome, pair.score, json.dumps(pair.reasons, ensure_ascii=False))


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(row["left_id"], row["right_id"], row["outcome"], row["score"], tuple(json.loads(row["reasons"])))

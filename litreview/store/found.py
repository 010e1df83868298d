"""Pairs of cases as the comparison found them, and which cases a decision on some of them touches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from litreview.model.linkage import Comparison, Pair
from litreview.store.database import Database, insert, transaction
from litreview.store.reached import reached, some

_COLUMNS = ("left_id", "right_id", "outcome", "score", "reasons", "compared")
# A pair that is the same joins; and a cited case belongs to the likeliest of all that its citation may mean.
_JOINING = "(outcome = 'same' OR (SELECT source FROM case_identities WHERE case_id = left_id) = 'cited')"


def save_found(db: Database, pairs: Iterable[Pair]) -> None:
    """Keep the pairs that were found in place of those before."""
    with transaction(db):
        db.execute("DELETE FROM found_links")
        insert(db, "found_links", _COLUMNS, map(_row, pairs))


def load_found(db: Database, case_ids: Iterable[str]) -> tuple[Pair, ...]:
    """The pairs of which both cases are among these."""
    wanted = frozenset(case_ids)
    rows = (row for part in some(sorted(wanted)) for row in _of_left(db, part))
    return tuple(_pair(row) for row in rows if row["right_id"] in wanted)


def touched(db: Database, case_ids: Iterable[str]) -> frozenset[str] | None:
    """These cases and all that are joined to them by whatever way, or might be again; `None` where nothing was found
    yet, so that nobody can tell.
    """
    if db.execute("SELECT 1 FROM found_links LIMIT 1").fetchone() is None:
        return None
    return reached(db, case_ids, partial(_joined, db))


def _joined(db: Database, names: Sequence[str]) -> Iterator[str]:
    places = ", ".join("?" * len(names))
    for one, other in (("left_id", "right_id"), ("right_id", "left_id")):
        query = f"SELECT {other} FROM found_links WHERE {one} IN ({places}) AND {_JOINING}"
        yield from (row[0] for row in db.execute(query, list(names)))
    query = (
        "SELECT case_id FROM case_identities WHERE patient_id IN "
        f"(SELECT patient_id FROM case_identities WHERE case_id IN ({places}))"
    )
    yield from (row[0] for row in db.execute(query, list(names)))


def _of_left(db: Database, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    places = ", ".join("?" * len(names))
    yield from db.query(
        f"SELECT * FROM found_links WHERE left_id IN ({places}) ORDER BY left_id, right_id", list(names)
    )


def _row(pair: Pair) -> tuple[object, ...]:
    compared = [(each.attribute, each.left, each.right, each.how, each.bits) for each in pair.compared]
    told = (json.dumps(each, ensure_ascii=False) for each in (pair.reasons, compared))
    return (pair.left, pair.right, pair.outcome, pair.score, *told)


def _pair(row: dict[str, Any]) -> Pair:
    compared = (
        Comparison(name, _value(left), _value(right), how, bits)
        for name, left, right, how, bits in json.loads(row["compared"])
    )
    reasons = tuple(json.loads(row["reasons"]))
    return Pair(row["left_id"], row["right_id"], row["outcome"], row["score"], reasons, tuple(compared))


def _value(told: Any) -> Any:
    return tuple(told) if isinstance(told, list) else told

"""What belongs together in the store: pairs with their reasons, and duplicate records."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from litreview.model.case import Value
from litreview.model.linkage import Cluster, Pair
from litreview.store.database import Database, transaction


def save_links(db: Database, kind: str, pairs: Iterable[Pair], *, among: Collection[str] | None = None) -> None:
    """Keep the pairs of a kind (`record`, `patient`) with outcome, score and reasons, in place of those before, or of
    those before `among` some.

    Of two cases all that was compared is kept as well, attribute by attribute.
    """
    pairs = tuple(pairs)
    rows = [
        {
            "kind": kind,
            "left_id": pair.left,
            "right_id": pair.right,
            "outcome": pair.outcome,
            "score": pair.score,
            "reasons": "; ".join(pair.reasons),
        }
        for pair in pairs
    ]
    with transaction(db):
        for table in ("links", "link_evidence"):
            _clear(db, table, kind, among)
        db.table("links").insert_all(rows)
        db.conn.executemany(
            "INSERT INTO link_evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    kind,
                    pair.left,
                    pair.right,
                    n,
                    each.attribute,
                    _shown(each.left),
                    _shown(each.right),
                    each.how,
                    each.bits,
                )
                for pair in pairs
                for n, each in enumerate(pair.compared)
            ),
        )


def _clear(db: Database, table: str, kind: str, among: Collection[str] | None) -> None:
    if among is None:
        db.execute(f"DELETE FROM {table} WHERE kind = ?", [kind])
        return
    for left in sorted(among):
        rows = db.execute(f"SELECT DISTINCT right_id FROM {table} WHERE kind = ? AND left_id = ?", [kind, left])
        for right in {row[0] for row in rows} & set(among):
            db.execute(f"DELETE FROM {table} WHERE kind = ? AND left_id = ? AND right_id = ?", [kind, left, right])


def load_links(db: Database, kind: str) -> tuple[Pair, ...]:
    """The pairs of a kind, the likeliest first, without what was compared."""
    rows = db.query("SELECT * FROM links WHERE kind = ? ORDER BY score DESC, left_id, right_id", [kind])
    return tuple(
        Pair(row["left_id"], row["right_id"], row["outcome"], row["score"], tuple(row["reasons"].split("; ")))
        for row in rows
    )


def save_duplicates(db: Database, clusters: Iterable[Cluster], *, among: Collection[str] | None = None) -> int:
    """Point every record of a cluster at its leader, and all others (or those `among` some) at nothing; the number of
    records that changed.
    """
    wanted = {member: cluster.leader for cluster in clusters for member in cluster.members if member != cluster.leader}
    changed = 0
    with transaction(db):
        for record_id, pointed in _pointed(db, among):
            if pointed != wanted.get(record_id):
                db.execute(
                    "UPDATE records SET duplicate_of = ?, reconciled_with = NULL WHERE record_id = ?",
                    [wanted.get(record_id), record_id],
                )
                changed += 1
    return changed


def _pointed(db: Database, among: Collection[str] | None) -> list[tuple[str, str | None]]:
    """Records, and where each points."""
    query = "SELECT record_id, duplicate_of FROM records"
    if among is None:
        return db.execute(query).fetchall()
    return db.execute(
        f"{query} WHERE record_id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(among))]
    ).fetchall()


def _shown(value: Value | None) -> Value | None:
    return "; ".join(value) if isinstance(value, tuple) else value

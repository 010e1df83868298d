"""Cases that tell of the same person, and those that may."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from litreview.serve.reading import rows

_OTHERS = """
SELECT case_id, record_id, first_author, year, title, case_label, case_source, eligible FROM cases
WHERE patient_id = ? AND case_id <> ? ORDER BY case_source = 'cited', year, case_id
"""
_ALIKE = """
WITH compared (other, score) AS (
    SELECT right_id, score FROM links WHERE kind = 'patient' AND left_id = :case
    UNION ALL SELECT left_id, score FROM links WHERE kind = 'patient' AND right_id = :case
    UNION ALL SELECT case_id, 0 FROM cases WHERE record_id = :record AND case_id <> :case
)
SELECT case_id, first_author, year, case_label, max(score) AS score FROM compared JOIN cases ON case_id = other
GROUP BY case_id ORDER BY score DESC, case_id LIMIT 30
"""


def others(connection: sqlite3.Connection, case: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Other cases that tell of the same person, own ones first."""
    return tuple(rows(connection, _OTHERS, case["patient_id"], case["case_id"])) if case["patient_id"] else ()


def alike(connection: sqlite3.Connection, case: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Cases that somebody might call the same person, the likeliest first: those compared, then the report's own."""
    given = {"case": case["case_id"], "record": case["record_id"]}
    cursor = connection.execute(_ALIKE, given)
    names = [column[0] for column in cursor.description]
    return tuple(dict(zip(names, row, strict=True)) for row in cursor)

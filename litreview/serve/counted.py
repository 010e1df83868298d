"""How many rows a table page has, and how many of each value: counted in one go, and once for each state of the data.

Who decides blindly or is not signed in sees the same table, for what is not disclosed is in no table; so a count may be
kept for all. Whether a visitor may see the table at all is asked before, each time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import escape_sqlite

from litreview.serve.asked import Rows
from litreview.serve.knowledge import Knowledge
from litreview.serve.remembered import keep, recalled, state


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows, and for each column its values with their numbers, the most frequent first; `None`: not in time."""

    rows: int | None
    values: tuple[tuple[str, tuple[tuple[Any, int], ...] | None], ...]


async def count(datasette: Any, known: Knowledge, rows: Rows, columns: tuple[str, ...]) -> Counts:
    """Count the rows by the columns, or tell what was counted since the last change of the database."""
    now = state(known)
    key = (known, rows.source, tuple(sorted(rows.params.items())), columns)
    kept = recalled(key, now)
    if kept:
        assert isinstance(kept[0], Counts)
        return kept[0]
    found = await _counted(datasette, known, rows, columns)
    if found.rows is not None and not rows.context.get("extra_wheres_for_ui"):  # a reader's own SQL may ask the clock
        keep(key, now, found)
    return found


async def _counted(datasette: Any, known: Knowledge, rows: Rows, columns: tuple[str, ...]) -> Counts:
    """One pass: rows grouped by all of the columns are few, and each column's numbers are sums over them."""
    names = [escape_sqlite(column) for column in columns]
    group = f" group by {', '.join(names)}" if names else ""
    sql = f"select {', '.join([*names, 'count(*)'])} {rows.source}{group}"
    try:
        groups = (await datasette.get_database(known.name).execute(sql, dict(rows.params))).rows
    except QueryInterrupted:
        return Counts(None, tuple((column, None) for column in columns))
    values = []
    for place, column in enumerate(columns):
        numbers: Counter[Any] = Counter()
        for group_of in groups:
            if group_of[place] is not None:
                numbers[group_of[place]] += group_of[-1]
        values.append((column, tuple(sorted(numbers.items(), key=_most_first))))
    return Counts(sum(group_of[-1] for group_of in groups), tuple(values))


def _most_first(item: tuple[Any, int]) -> tuple[int, bool, Any]:
    value, number = item
    return -number, isinstance(value, str), value

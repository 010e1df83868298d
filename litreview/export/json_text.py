"""Write a table as JSON: a list of objects, or an object a line."""

import json
from typing import TextIO

from litreview.export.table import Plain, Table


def write_json(table: Table, stream: TextIO) -> int:
    """Write one list of objects; how many it were."""
    count = 0
    stream.write("[")
    for row in table.plain_rows():
        stream.write(("," if count else "") + "\n  " + _object(table, row))
        count += 1
    stream.write("\n]\n" if count else "]\n")
    return count


def write_jsonl(table: Table, stream: TextIO) -> int:
    """Write an object a line; how many it were."""
    count = 0
    for row in table.plain_rows():
        stream.write(_object(table, row) + "\n")
        count += 1
    return count


def _object(table: Table, row: list[Plain]) -> str:
    return json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False, allow_nan=False)

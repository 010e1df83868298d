"""Write a table as Parquet: whole numbers, numbers and texts as such, a piece at a time."""

from collections.abc import Sequence
from itertools import islice
from typing import Any, BinaryIO

from litreview.export.extras import need
from litreview.export.table import Kind, Plain, Table

_PIECE = 10_000  # rows that are held at once


def write_parquet(table: Table, stream: BinaryIO) -> int:
    """Write every column in its kind; how many rows it were."""
    arrow, parquet = need("pyarrow", "export"), need("pyarrow.parquet", "export")
    types = {"integer": arrow.int64(), "number": arrow.float64(), "text": arrow.string()}
    kinds: list[Kind] = [table.kinds.get(name, "text") for name in table.columns]
    schema = arrow.schema([(name, types[kind]) for name, kind in zip(table.columns, kinds, strict=True)])
    rows, count = table.plain_rows(), 0
    with parquet.ParquetWriter(stream, schema) as writer:
        while piece := list(islice(rows, _PIECE)):
            count += len(piece)
            columns = zip(*piece, strict=True)
            writer.write_table(arrow.table([_typed(*pair) for pair in zip(columns, kinds, strict=True)], schema=schema))
    return count


def _typed(column: Sequence[Plain], kind: Kind) -> list[Any]:
    if kind == "text":
        return [None if value is None else str(value) for value in column]
    return list(column)

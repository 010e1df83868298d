"""Write a table as comma or tab separated text that a spreadsheet may open."""

import csv
from typing import TextIO

from litreview.export.formula import is_dangerous
from litreview.export.table import Plain, Table


def write_csv(table: Table, stream: TextIO) -> int:
    """Write commas between cells; how many rows it were."""
    return _write(table, stream, ",")


def write_tsv(table: Table, stream: TextIO) -> int:
    """Write tabs between cells; how many rows it were."""
    return _write(table, stream, "\t")


def _write(table: Table, stream: TextIO, delimiter: str) -> int:
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    count = 0
    for row in table.plain_rows():
        writer.writerow([_guarded(cell) for cell in row])
        count += 1
    return count


def _guarded(cell: Plain) -> Plain:
    """An apostrophe makes a spreadsheet show a text as it stands; a lone carriage return would end the row."""
    if not isinstance(cell, str):
        return cell
    return ("'" if is_dangerous(cell) else "") + cell.replace("\r\n", "\n").replace("\r", "\n")

"""Write a package: a zip with `datapackage.json` and a CSV a table, the same bytes for the same content."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from litreview.export.package.cells import Kind, Value, written
from litreview.export.zips import add, opened

DESCRIPTOR = "datapackage.json"
_FIELD_TYPES = {"text": "string", "integer": "integer", "number": "number", "bytes": "string", "any": "any"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a packed table."""

    name: str
    kind: Kind
    nullable: bool
    description: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """A table to be packed; `rows` may be read once only."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Package:
    """Tables, what is said of the whole, and files that travel along under their names."""

    about: dict[str, Any]
    tables: Iterable[Packed]
    files: dict[str, bytes] = field(default_factory=dict)


def write_package(package: Package, stream: BinaryIO) -> int:
    """Write the zip; how many rows all tables have together."""
    resources, count = [], 0
    with zipfile.ZipFile(stream, "w") as archive:
        for table in package.tables:
            resource, rows = _write_table(archive, table)
            resources.append(resource)
            count += rows
        for name, content in package.files.items():
            add(archive, name, content)
        text = json.dumps(package.about | {"resources": resources}, ensure_ascii=False, indent=2) + "\n"
        add(archive, DESCRIPTOR, text.encode())
    return count


def _write_table(archive: zipfile.ZipFile, table: Packed) -> tuple[dict[str, Any], int]:
    """One CSV; what the descriptor says of it, and how many rows it has."""
    path, digest, size, count = f"data/{table.name}.csv", hashlib.sha256(), 0, 0
    with opened(archive, path) as target:
        for line in _lines(table):
            digest.update(line)
            size += len(line)
            count += 1
            target.write(line)
    return _resource(table, path, digest.hexdigest(), size), count - 1


def _lines(table: Packed) -> Iterable[bytes]:
    """The header and every row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    yield text.getvalue().encode()
    for row in table.rows:
        text.seek(0)
        text.truncate()
        writer.writerow(
            [
                written(value, column.kind, nullable=column.nullable)
                for value, column in zip(row, table.columns, strict=True)
            ]
        )
        yield text.getvalue().encode("utf-8", "backslashreplace")


def _resource(table: Packed, path: str, digest: str, size: int) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": _FIELD_TYPES[column.kind]}
        | ({"format": "binary"} if column.kind == "bytes" else {})
        | ({"description": column.description} if column.description else {})
        for column in table.columns
    ]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": path,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": fields, "missingValues": [""]} | ({"primaryKey": list(table.key)} if table.key else {}),
    }

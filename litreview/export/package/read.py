"""Read a package again: its descriptor, and the rows of each table once their hash has been checked."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from litreview.errors import ReadError
from litreview.export.package.write import DESCRIPTOR
from litreview.model.long_cells import long_cells

_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, OSError)
_WHOLE = "export the package again, or take another copy of it"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A package that has been opened."""

    name: str
    archive: zipfile.ZipFile
    descriptor: Mapping[str, Any]

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables, as the database has them, in the package's order."""
        return tuple(Path(str(resource["path"])).stem for resource in self.descriptor["resources"])

    def rows(self, table: str) -> Iterator[Sequence[str]]:
        """The header and then every row; `ReadError` where the file is not what the descriptor says."""
        path = f"data/{table}.csv"
        self._check(table, path)
        try:
            with long_cells(), self.archive.open(path) as stream:
                yield from csv.reader(io.TextIOWrapper(stream, encoding="utf-8", newline=""))
        except (csv.Error, UnicodeDecodeError) as error:
            raise ReadError(f"{self.name}: {path} cannot be read: {error}", hint=_WHOLE) from error

    def file(self, path: str) -> bytes:
        """A file that travelled along."""
        return self.archive.read(path)

    def _check(self, table: str, path: str) -> None:
        told = next(each for each in self.descriptor["resources"] if each["path"] == path)
        digest = hashlib.sha256()
        try:
            with self.archive.open(path) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        except _BROKEN as error:
            raise ReadError(f"{self.name}: {path} cannot be read: {error}", hint=_WHOLE) from error
        if told.get("hash") != f"sha256:{digest.hexdigest()}":
            raise ReadError(f"{self.name}: {path} was changed after it was exported", hint=_WHOLE)


def open_package(stream: IO[bytes], name: str) -> Unpacked:
    """The package; `ReadError` for what is none."""
    try:
        archive = zipfile.ZipFile(stream)
        descriptor = json.loads(archive.read(DESCRIPTOR))
        paths = [str(resource["path"]) for resource in descriptor["resources"]]
    except (*_BROKEN, TypeError) as error:
        raise ReadError(
            f"{name} is not a package of litreview", hint="make one with: litreview export DB package -o package.zip"
        ) from error
    if any(path != f"data/{Path(path).stem}.csv" for path in paths):
        raise ReadError(f"{name} is another program's package", hint="litreview reads those that it has exported")
    return Unpacked(name, archive, descriptor)

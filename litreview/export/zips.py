"""Zip files that are the same bytes for the same content."""

import zipfile
from typing import IO

_LONG_AGO = (2000, 1, 1, 0, 0, 0)


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Put a file into an archive, without the time of the day."""
    archive.writestr(_part(name), content)


def opened(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A file of an archive to write to piece by piece, without the time of the day."""
    return archive.open(_part(name), "w", force_zip64=True)


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, date_time=_LONG_AGO)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = 0o644 << 16
    return part

"""Write phenopackets, each made a message of the official library first: it refuses what the schema does not have."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO

from litreview.export.extras import need
from litreview.export.zips import add


@dataclass(frozen=True, slots=True)
class Cohort:
    """Phenopackets as plain objects, under the name and question of a review."""

    name: str
    description: str
    members: Sequence[dict[str, Any]]
    meta: dict[str, Any]


def write_cohort(cohort: Cohort, stream: TextIO) -> int:
    """Write one Cohort message; how many members it has."""
    told = {"id": cohort.name, "description": cohort.description, "members": cohort.members, "metaData": cohort.meta}
    stream.write(_text(told, "Cohort", indent=2) + "\n")
    return len(cohort.members)


def write_lines(cohort: Cohort, stream: TextIO) -> int:
    """Write a phenopacket a line; how many it were."""
    stream.writelines(f"{text}\n" for text in _texts(cohort, indent=None))
    return len(cohort.members)


def write_files(cohort: Cohort, stream: BinaryIO) -> int:
    """Write a file a phenopacket, in a zip; how many it were."""
    with zipfile.ZipFile(stream, "w") as archive:
        for member, text in zip(cohort.members, _texts(cohort, indent=2), strict=True):
            add(archive, f"{member['id']}.json", f"{text}\n".encode())
    return len(cohort.members)


def _texts(cohort: Cohort, *, indent: int | None) -> Iterator[str]:
    return (_text(member, "Phenopacket", indent=indent) for member in cohort.members)


def _text(told: dict[str, Any], kind: str, *, indent: int | None) -> str:
    library, json_format = need("phenopackets", "export"), need("google.protobuf.json_format", "export")
    message = json_format.ParseDict(told, getattr(library, kind)())
    return str(json_format.MessageToJson(message, indent=indent, ensure_ascii=False))

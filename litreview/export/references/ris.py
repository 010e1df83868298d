"""Write references as RIS, by rispy."""

from collections.abc import Sequence
from typing import Any, TextIO

import rispy

from litreview.export.references.reference import Reference, authors, pages

_KINDS = {"article": "JOUR", "conference": "CONF"}


def write_ris(references: Sequence[Reference], stream: TextIO) -> int:
    """Write them all; how many it were."""
    stream.write(rispy.dumps([_entry(reference) for reference in references]).lstrip("\n"))
    return len(references)


def _entry(reference: Reference) -> dict[str, Any]:
    record = reference.record
    first, last = pages(record)
    told = {
        "id": reference.key,
        "authors": [f"{each.family}, {each.given}" if each.given else each.family for each in authors(record)],
        "title": record.title,
        "secondary_title": record.journal,
        "year": record.year and str(record.year),
        "date": record.published and str(record.published).replace("-", "/"),
        "volume": record.volume,
        "number": record.issue,
        "start_page": first,
        "end_page": last,
        "doi": record.doi,
        "accession_number": record.pmid,
        "custom2": record.pmcid,
        "language": record.language,
        "keywords": list(record.keywords),
        "name_of_database": "PubMed" if record.pmid else "",
    }
    return {"type_of_reference": _KINDS[reference.kind]} | {
        name: _plain(value) for name, value in told.items() if value
    }


def _plain(value: Any) -> Any:
    """On one line: a line break would begin another field."""
    return [_plain(each) for each in value] if isinstance(value, list) else " ".join(str(value).split())

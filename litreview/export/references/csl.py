"""Write references as CSL-JSON, which citation processors and reference managers read."""

import json
from collections.abc import Sequence
from typing import Any, TextIO

from litreview.export.references.reference import Reference, authors, pages
from litreview.model.bibliography import PartialDate

_KINDS = {"article": "article-journal", "conference": "paper-conference"}


def write_csl(references: Sequence[Reference], stream: TextIO) -> int:
    """Write one list of items; how many it were."""
    json.dump([_item(reference) for reference in references], stream, ensure_ascii=False, indent=2)
    stream.write("\n")
    return len(references)


def _item(reference: Reference) -> dict[str, Any]:
    record = reference.record
    told = {
        "id": reference.key,
        "type": _KINDS[reference.kind],
        "title": record.title,
        "author": [
            {"family": each.family, "given": each.given} if each.given else {"literal": each.family}
            for each in authors(record)
        ],
        "container-title": record.journal,
        "issued": record.published and {"date-parts": [_parts(record.published)]},
        "volume": record.volume,
        "issue": record.issue,
        "page": "-".join(filter(None, pages(record))),
        "DOI": record.doi,
        "PMID": record.pmid,
        "PMCID": record.pmcid,
        "language": record.language,
        "keyword": ", ".join(record.keywords),
    }
    return {name: value for name, value in told.items() if value}


def _parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part is not None]

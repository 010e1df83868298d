"""NBIB, the MEDLINE format that PubMed's "Citation manager" saves, read by Bio.Medline."""

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from Bio import Medline

from litreview.model.bibliography import PartialDate, Record, RelatedRecord
from litreview.readers import dates, identifiers, xml_stream
from litreview.readers.abstract import Abstract, Part, abstract_document
from litreview.readers.builder import fold
from litreview.readers.decoding import decode, read_all
from litreview.readers.item import Item
from litreview.readers.pubmed import status

# MEDLINE's tags for the links between records, with PubMed XML's names for them.
_LINKS = {
    "RIN": "RetractionIn", "ROF": "RetractionOf", "EIN": "ErratumIn", "EFR": "ErratumFor", "CON": "CommentOn",
    "CIN": "CommentIn", "ECI": "ExpressionOfConcernIn", "ECF": "ExpressionOfConcernFor", "UIN": "UpdateIn",
    "UOF": "UpdateOf", "RPI": "RepublishedIn", "RPF": "RepublishedFrom", "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom", "RRI": "RetractedandRepublishedIn", "RRF": "RetractedandRepublishedFrom",
}  # fmt: skip


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Records with their abstracts; one without a PMID is a problem."""
    lines = io.StringIO(decode(read_all(stream, name), name))
    for number, entry in enumerate(_entries(lines), start=1):
        fields = {tag: said for tag, said in entry.items() if said}
        if not fields:
            continue
        pmid = identifiers.pmid(_one(fields, "PMID"))
        if pmid is None and not _one(fields, "TI"):
            yield xml_stream.problem(
                f"{name}: record {number}", "the record has neither PMID nor title", "export it again"
            )
            continue
        record = _record(fields, pmid)
        yield record, abstract_document(record.title, Abstract(_parts(record.abstract)), format="nbib", source=name)


def _entries(lines: io.StringIO) -> Iterator[dict[str, Any]]:
    return map(dict, Medline.parse(lines))  # type: ignore[no-untyped-call]


def _record(fields: dict[str, Any], pmid: str | None) -> Record:
    types, title = tuple(_all(fields, "PT")), _one(fields, "TI") or _one(fields, "BTI")
    related = tuple(_related(fields))
    languages = [word.lower() for word in _all(fields, "LA")]
    return Record(
        title=re.sub(r"^\[(.*)\]\.?$", r"\1", title) if any(word != "eng" for word in languages) else title,
        pmid=pmid,
        pmcid=identifiers.pmcid(_one(fields, "PMC")),
        doi=next(
            (identifiers.doi(said) for said in _all(fields, "AID") + _all(fields, "LID") if "[doi]" in said), None
        ),
        authors=tuple(_all(fields, "AU") + _all(fields, "CN")),
        journal=_one(fields, "JT") or _one(fields, "TA"),
        published=dates.from_text(_one(fields, "DP")),
        volume=_one(fields, "VI"),
        issue=_one(fields, "IP"),
        pages=_one(fields, "PG"),
        language="; ".join(languages),
        vernacular_title=_one(fields, "TT"),
        abstract=_one(fields, "AB"),
        publication_types=types,
        mesh_terms=tuple(term.replace("*", "").partition("/")[0] for term in _all(fields, "MH")),
        keywords=tuple(word.lstrip("*") for word in _all(fields, "OT")),
        status=status(types, related, title, _one(fields, "PST").lower()),
        related=related,
        revised=_day(_one(fields, "LR")),
    )


def _related(fields: dict[str, Any]) -> Iterator[RelatedRecord]:
    for tag, kind in _LINKS.items():
        for words in _all(fields, tag):
            pmid = re.search(r"PMID:\s*(\d+)", words)
            yield RelatedRecord(kind, pmid.group(1) if pmid else None, words)


def _parts(abstract: str) -> tuple[Part, ...]:
    """The abstract at its labels: words in capitals with a colon at the start or after a sentence."""
    pieces = re.split(r"(?:^|(?<=[.!?)])\s+)([A-Z][A-Z ,/&'’-]{2,60}):\s+", abstract)
    lead = (Part("", pieces[0]),) if pieces[0].strip() else ()
    return lead + tuple(
        Part(label, text) for label, text in zip(pieces[1::2], pieces[2::2], strict=True) if text.strip()
    )


def _day(digits: str) -> PartialDate | None:
    return dates.from_parts(digits[:4], digits[4:6], digits[6:8])


def _one(fields: dict[str, Any], tag: str) -> str:
    return next(iter(_all(fields, tag)), "")


def _all(fields: dict[str, Any], tag: str) -> list[str]:
    value = fields.get(tag, [])
    return [fold(str(item)) for item in (value if isinstance(value, list) else [value])]

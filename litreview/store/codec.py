"""Frozen values to JSON text and back, so that what is loaded equals what was saved."""

import json
from dataclasses import fields
from typing import Any

from litreview.model.bibliography import PartialDate, Record, RelatedRecord
from litreview.model.case import Candidate, DocumentCase, Finding, Value
from litreview.model.document import Cell, Document, Section, Span, Table
from litreview.model.event import Event
from litreview.model.evidence import Evidence


def record_to_json(record: Record) -> str:
    """A record, whole."""
    return _dump(record)


def record_from_json(text: str) -> Record:
    """The record that `record_to_json` was given."""
    given = json.loads(text)
    given["published"] = _date(given["published"])
    given["revised"] = _date(given["revised"])
    given["related"] = tuple(RelatedRecord(**related) for related in given["related"])
    for name in ("authors", "publication_types", "mesh_terms", "keywords", "affiliations", "references"):
        given[name] = tuple(given.get(name, ()))
    return Record(**given)


def structure_to_json(document: Document) -> str:
    """A document's sections, paragraphs and tables."""
    return _dump({"sections": document.sections, "paragraphs": document.paragraphs, "tables": document.tables})


def document_from_row(row: dict[str, Any]) -> Document:
    """The document of a row of `documents`."""
    structure = json.loads(row["structure"])
    return Document(
        document_id=row["document_id"],
        kind=row["kind"],
        format=row["format"],
        source=row["source"],
        text=row["text"],
        sections=tuple(_section(section) for section in structure["sections"]),
        paragraphs=tuple(Span(*span) for span in structure["paragraphs"]),
        tables=tuple(_table(table) for table in structure["tables"]),
        licence=row["licence"],
    )


def case_to_json(case: DocumentCase) -> str:
    """A document's case, whole."""
    return _dump(case)


def case_from_json(text: str) -> DocumentCase:
    """The case that `case_to_json` was given."""
    given = json.loads(text)
    given["findings"] = tuple(_finding(finding) for finding in given["findings"])
    given["candidates"] = tuple(
        Candidate(_finding(candidate["finding"]), candidate["reason"]) for candidate in given["candidates"]
    )
    given["events"] = tuple(event_from_plain(event) for event in given["events"])
    given["spans"] = tuple(Span(*span) for span in given["spans"])
    given["aliases"] = tuple(given["aliases"])
    return DocumentCase(**given)


def evidence_to_json(evidence: tuple[Evidence, ...]) -> str:
    """Evidence as a list."""
    return _dump(evidence)


def evidence_from_json(text: str) -> tuple[Evidence, ...]:
    """The evidence that `evidence_to_json` was given."""
    return tuple(_evidence(item) for item in json.loads(text))


def event_from_plain(given: dict[str, Any]) -> Event:
    """An event from its JSON object."""
    evidence = tuple(_evidence(item) for item in given.pop("evidence"))
    return Event(**{**given, "derived_from": tuple(given["derived_from"])}, evidence=evidence)


def value_to_json(value: Value) -> str:
    """A value, a tuple as a list."""
    return _dump(value)


_NAMES: dict[type, tuple[str, ...]] = {}


def _plain(value: Any) -> Any:
    """What JSON has no words for. Spans are pairs: a long document has thousands of them."""
    if isinstance(value, Span):
        return [value.start, value.end]
    kind = type(value)
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind))
    return {name: getattr(value, name) for name in _NAMES[kind]}


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def _date(given: dict[str, int | None] | None) -> PartialDate | None:
    return None if given is None else PartialDate(**given)  # type: ignore[arg-type]


def _section(given: dict[str, Any]) -> Section:
    return Section(kind=given["kind"], span=Span(*given["span"]), path=tuple(given["path"]))


def _table(given: dict[str, Any]) -> Table:
    return Table(
        span=Span(*given["span"]),
        cells=tuple(Cell(**{**cell, "span": Span(*cell["span"])}) for cell in given["cells"]),
        label=given["label"],
        caption=None if given["caption"] is None else Span(*given["caption"]),
        foot=tuple(Span(*span) for span in given["foot"]),
    )


def _finding(given: dict[str, Any]) -> Finding:
    value = given["value"]
    return Finding(
        **{
            **given,
            "value": tuple(value) if isinstance(value, list) else value,
            "evidence": tuple(_evidence(item) for item in given["evidence"]),
            "derived_from": tuple(given["derived_from"]),
            "signs": tuple(given.get("signs", ())),
            "doubts": tuple(given.get("doubts", ())),
        }
    )


def _evidence(given: dict[str, Any]) -> Evidence:
    return Evidence(**{**given, "span": Span(*given["span"])})

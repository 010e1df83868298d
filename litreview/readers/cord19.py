"""CORD-19 JSON: one paper per file, sections as words beside each paragraph."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO

from litreview.errors import ReadError
from litreview.model.bibliography import Record
from litreview.model.document import Document
from litreview.readers import dates, identifiers
from litreview.readers.abstract import add_title
from litreview.readers.builder import Builder, fold
from litreview.readers.decoding import decode, read_all
from litreview.readers.html_tables import grids
from litreview.readers.item import Item
from litreview.readers.sections import vocabulary


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The paper with its body text; `ReadError` for any other JSON."""
    try:
        paper = json.loads(decode(read_all(stream, name), name))
    except (ValueError, RecursionError) as error:
        raise ReadError(
            f"{name}: not whole JSON: {error}", hint="download the file again; it may be cut off"
        ) from error
    if not isinstance(paper, dict) or not isinstance(paper.get("body_text", paper.get("abstract")), list):
        raise ReadError(
            f"{name}: JSON, but not a CORD-19 paper (no body_text)", hint="export the articles as PubMed or JATS XML"
        )
    try:
        record = _record(paper)
        yield record, _document(paper, record, name)
    except (AttributeError, TypeError, KeyError) as error:
        raise ReadError(f"{name}: a CORD-19 paper with a part that is not as it should be: {error}") from error


def _record(paper: dict[str, Any]) -> Record:
    meta = paper.get("metadata") or {}
    return Record(
        title=fold(str(meta.get("title") or "")),
        pmcid=identifiers.pmcid(_identifier(paper, meta, "pmcid") or _pmcid(str(paper.get("paper_id") or ""))),
        pmid=identifiers.pmid(_identifier(paper, meta, "pubmed_id") or _identifier(paper, meta, "pmid")),
        doi=identifiers.doi(_identifier(paper, meta, "doi")),
        authors=tuple(filter(None, map(_author, meta.get("authors") or ()))),
        journal=fold(str(meta.get("journal") or meta.get("venue") or "")),
        published=dates.from_text(str(meta.get("publish_time") or meta.get("year") or "")),
        abstract="\n".join(_texts(paper.get("abstract") or ())),
        licence=str(meta.get("license") or ""),
    )


def _identifier(paper: dict[str, Any], meta: dict[str, Any], key: str) -> str:
    return str(meta.get(key) or paper.get(key) or "")


def _pmcid(paper_id: str) -> str:
    """The paper's id is a PMCID, or for text of PDFs a hash, which is nobody's identifier."""
    return paper_id if paper_id.upper().startswith("PMC") else ""


def _author(author: dict[str, Any]) -> str:
    given = " ".join([str(author.get("first") or ""), *map(str, author.get("middle") or ())])
    return f"{author.get('last') or ''} {identifiers.initials(given)}".strip()


def _document(paper: dict[str, Any], record: Record, name: str) -> Document | None:
    builder = Builder()
    add_title(builder, record.title)
    with builder.section("abstract", "Abstract", printed=False):
        for text in _texts(paper.get("abstract") or ()):
            builder.paragraph(text)
    if not any(_texts(paper.get("body_text") or ())):
        return builder.build(kind="abstract", format="cord19", source=name)
    _body(builder, paper["body_text"])
    for entry in (paper.get("ref_entries") or {}).values():
        _float(builder, entry)
    with builder.section("back", "References", printed=False):
        for reference in (paper.get("bib_entries") or {}).values():
            builder.note(str(reference.get("title") or ""))
    return builder.build(kind="fulltext", format="cord19", source=name, licence=record.licence)


def _texts(entries: Any) -> Iterator[str]:
    return (fold(str(entry.get("text") or "")) for entry in entries)


def _body(builder: Builder, entries: list[dict[str, Any]]) -> None:
    """Paragraphs under their headings. A patient's heading belongs below the case section before it."""
    headings = vocabulary()
    runs = [
        (fold(str(heading or "")), list(run)) for heading, run in groupby(entries, lambda entry: entry.get("section"))
    ]
    while runs:
        heading, run = runs.pop(0)
        with builder.section(headings.kind(heading) if heading else "other", heading):
            _paragraphs(builder, run)
            while runs and headings.is_label(runs[0][0]) and builder.kind == "case" and not headings.is_label(heading):
                below, run = runs.pop(0)
                with builder.section("case", below):
                    _paragraphs(builder, run)


def _paragraphs(builder: Builder, run: list[dict[str, Any]]) -> None:
    for text in _texts(run):
        builder.paragraph(text)


def _float(builder: Builder, entry: dict[str, Any]) -> None:
    """A figure's legend, or a table with its cells where the file has them."""
    kind = str(entry.get("type_str") or entry.get("type") or "").capitalize()
    label = fold(f"{kind} {entry.get('fig_num') or entry.get('num') or ''}")
    caption, html = fold(str(entry.get("text") or "")), entry.get("html")
    if isinstance(html, str) and html.strip():
        builder.table(label, caption, grids(html), ())
    else:
        builder.caption(label, caption)

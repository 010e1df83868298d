"""A record as it is compared: identifiers, title, authors, and where it was printed."""

import re
from dataclasses import dataclass

from litreview.dedupe import authors, places, titles
from litreview.dedupe.notices import Kind
from litreview.dedupe.words import plain
from litreview.model.bibliography import Record

_NOTICES = {"published erratum", "retraction of publication", "expression of concern"}
_COMMENTS = {"comment"}
_MEETING_TYPES = {"meeting abstract", "conference abstract", "congress", "congresses"}
_PROCEEDINGS = {
    *("inproceedings", "conference", "proceedings", "conf", "cpaper", "conference paper", "conference proceedings"),
    "proceedings paper",
}
_AT_A_MEETING = re.compile(r"\b(?:conference|congress|annual meeting|scientific meeting|symposium)\b", re.I)
_PREPRINTS = re.compile(r"\b(?:medrxiv|biorxiv|arxiv|ssrn|research square|preprints?|chemrxiv|psyarxiv)\b", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a record tells it from others."""

    pmid: str
    pmcid: str
    doi: str
    title: titles.Title
    authors: authors.Authors
    year: int
    volume: str
    issue: str
    pages: places.Pages
    journal: str
    abstract: str
    kind: Kind
    meeting: bool
    proceedings: bool
    preprint: bool

    @property
    def content(self) -> tuple[str, ...]:
        """What it says in an order of its own, so that no order of the records matters."""
        place = (self.volume.zfill(6), str(self.pages.first).zfill(8), self.issue, self.doi, self.pmid, self.pmcid)
        return (
            self.title.key,
            " ".join(sorted(self.authors.family)),
            str(self.year),
            *place,
            self.journal,
            self.abstract,
        )

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of its place, whichever field they stand in."""
        first = str(self.pages.first) if self.pages.first else ""
        return frozenset(number for number in (self.volume, self.issue, first) if number)


def entry(record: Record) -> Entry:
    """The record, plain enough to be compared."""
    title = titles.title(record.title)
    types = {kind.lower() for kind in record.publication_types}
    volume = places.number(record.volume)
    pages = places.pages(record.pages)
    return Entry(
        pmid=record.pmid or "",
        pmcid=record.pmcid or "",
        doi=record.doi or "",
        title=title,
        authors=authors.authors(record.authors),
        year=record.year or 0,
        volume="" if volume == str(record.year) else volume,
        issue=places.number(record.issue),
        pages=pages,
        journal=record.journal,
        abstract=record.abstract,
        kind=title.kind or _kind(types),
        meeting=bool(types & _MEETING_TYPES) or (not types & _PROCEEDINGS and _printed_with_a_meeting(record, pages)),
        proceedings=bool(types & _PROCEEDINGS),
        preprint=bool(_PREPRINTS.search(record.journal)),
    )


def _kind(types: set[str]) -> Kind:
    if types & _NOTICES:
        return "correction"
    return "reply" if types & _COMMENTS else ""


def _printed_with_a_meeting(record: Record, pages: places.Pages) -> bool:
    """The marks of a meeting's abstract: a page or two of a supplement, or under the name of a congress."""
    supplement = "s" in (*pages.mark, record.pages[-1:].lower()) or "sup" in (record.issue + record.volume).lower()
    if pages.last - pages.first > 1:
        return False
    return (supplement and bool(pages.first)) or bool(_AT_A_MEETING.search(plain(record.journal)))

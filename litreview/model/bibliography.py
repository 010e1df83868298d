"""Records: bibliographic entries, with dates that know how much of them was said."""

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["published", "ahead_of_print", "corrected", "concern", "retracted", "deleted"]


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it was given: a year, a year and month, or a full day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class RelatedRecord:
    """A link that PubMed states between two records, such as `ErratumFor` or `RetractionIn`."""

    kind: str
    pmid: str | None = None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A bibliographic entry.

    Identifiers are bare (`90000001`, `PMC9900001`, `10.5555/x` in lower case), `None` where unknown. `authors` are
    "Family GG"; a collective author is its name. `affiliations` are as printed, each once. `references` are the PMIDs
    and DOIs of what it cites, as far as the source has them. `revised` is the source's date of last revision.
    """

    title: str
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    authors: tuple[str, ...] = ()
    journal: str = ""
    published: PartialDate | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    language: str = ""
    vernacular_title: str = ""
    abstract: str = ""
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    status: Status = "published"
    related: tuple[RelatedRecord, ...] = ()
    revised: PartialDate | None = None
    licence: str = ""
    affiliations: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """Year of publication, `None` where it is not known."""
        return self.published.year if self.published else None

    @property
    def superseded_by(self) -> tuple[str, ...]:
        """PMIDs of the corrected version that was published anew in its place."""
        return tuple(link.pmid for link in self.related if link.kind == "CorrectedandRepublishedIn" and link.pmid)

    @property
    def first_author(self) -> str:
        """The first author as printed, empty where there is none."""
        return self.authors[0] if self.authors else ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong with one subject, saved so that the run can go on."""

    stage: str
    subject: str
    sentence: str
    hint: str = field(default="")

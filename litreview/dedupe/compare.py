"""Two entries side by side: what agrees, what differs, and what one of them does not say."""

import re
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from litreview.dedupe import authors, journals, places, titles
from litreview.dedupe.entry import Entry
from litreview.dedupe.words import plain

_SAME_ABSTRACT = 95  # percent of letters of what both abstracts have
_LONG_ENOUGH = 200


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two entries go together; `agree` and `differ` name the facts of print that both state."""

    one: Entry
    other: Entry
    title: titles.Likeness
    likeness: float
    authors: authors.Agreement
    pages: places.PageAgreement
    agree: frozenset[str]
    differ: frozenset[str]

    @property
    def telling(self) -> bool:
        """Whether both titles are more than "Editorial"."""
        return self.one.title.telling and self.other.title.telling

    @property
    def page(self) -> int:
        """The first page that both are on, or the earlier of the two."""
        return min(self.one.pages.first, self.other.pages.first)

    @property
    def placed(self) -> bool:
        """Whether both say something of where they were printed."""
        return all(each.volume or each.pages.first for each in (self.one, self.other))

    @property
    def meetings(self) -> int:
        """How many of the two are abstracts of a meeting."""
        return self.one.meeting + self.other.meeting


def compare(one: Entry, other: Entry) -> Comparison:
    """Everything that tells whether two entries are one report."""
    title, likeness = titles.likeness(one.title, other.title)
    pages = places.agreement(one.pages, other.pages)
    facts = _facts(one, other, pages)
    differ = frozenset(name for name, told in facts.items() if told is False)
    if differ & {"volume", "issue", "first page"} and _shifted(one, other):
        differ -= {"volume", "issue", "first page"}
    return Comparison(
        one=one,
        other=other,
        title=title,
        likeness=likeness,
        authors=authors.agreement(one.authors, other.authors),
        pages=pages,
        agree=frozenset(name for name, told in facts.items() if told),
        differ=differ,
    )


def same_abstract(one: Entry, other: Entry) -> bool:
    """Whether both have an abstract and it is the same as far as the shorter goes."""
    if len(one.abstract) < _LONG_ENOUGH or len(other.abstract) < _LONG_ENOUGH:
        return False
    short, long = sorted((plain(one.abstract), plain(other.abstract)), key=len)
    return ratio(short, long[: len(short)], score_cutoff=_SAME_ABSTRACT) > 0


def same_words(found: Comparison) -> bool:
    """Whether title and abstract are the same, whoever is said to have written them."""
    one, other = found.one, found.other
    told = same_abstract(one, other) or (one.abstract != "" and plain(one.abstract) == plain(other.abstract))
    return found.title in ("same", "alike") and found.telling and told


def _facts(one: Entry, other: Entry, pages: places.PageAgreement) -> dict[str, bool | None]:
    """What both state, alike or not; `None` where it tells nothing."""
    naming = journals.naming(one.journal, other.journal)
    return {
        "PMID": _equal(one.pmid, other.pmid),
        "DOI": _doi(one.doi, other.doi),
        "year": _year(one.year, other.year),
        "volume": _equal(one.volume, other.volume),
        "issue": _equal(one.issue, other.issue),
        "first page": {"unknown": None, "slip": False, "other": False}.get(pages, True),
        "journal": {"same": True, "other": False}.get(naming),
    }


def _equal(left: str, right: str) -> bool | None:
    return left == right if left and right else None


def _doi(left: str, right: str) -> bool | None:
    """One that is cut off says nothing, and a version is the same."""
    told = _equal(*(re.sub(r"[./]v\d+$", "", each) for each in (left, right)))
    return None if told is False and (left.startswith(right) or right.startswith(left)) else told


def _year(left: int, right: int) -> bool | None:
    """A year apart is online and in print."""
    if not left or not right or abs(left - right) == 1:
        return None
    return left == right


def _shifted(one: Entry, other: Entry) -> bool:
    """Whether one lacks a field, and its numbers are all among those of the other, only in other fields."""
    few, many = sorted((one.numbers, other.numbers), key=len)
    return len(few) == 2 and len(many) == 3 and few <= many

"""What two reports have in common: authors, a hospital, and that one cites the other, in bits and in words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from litreview.dedupe.authors import folded, surname
from litreview.dedupe.levels import Years
from litreview.dedupe.titles import Title, likeness, title
from litreview.dedupe.words import plain
from litreview.model.linkage import Profile
from litreview.model.sameness import Ties

# What is part of an institution's name, in the languages in which affiliations are printed; a department is no place.
_INSTITUTION = re.compile(
    r"hospi|h[oô]pital|ospedal|spital|klini|clini|univers|institut|infirmar|krankenhaus|sykehus|sjukhus|szpital|"
    r"nemocnice|cent(?:re|er|ro|rum)\b|foundation|college|school|academ|charit|registry",
    re.I,
)
_DEPARTMENT = re.compile(
    r"^\W*(?:\d+\s*)?(?:department|dept|division|unit|section|service|ward|laborator|program|faculty|chair|"
    r"abteilung|klinik f[uü]r|servicio|reparto|d[eé]partement)\b",
    re.I,
)


_CITES = "one report cites the other"
_TITLED = "one title"
_APART = "no hospital in common"


@dataclass(frozen=True, slots=True)
class Bond:
    """How much likelier a shared patient is for what two reports share, with the reasons.

    A `follow_up` cites the other, and is by some of the same people; `like_named` ones of theirs bear one title.
    """

    bits: float
    reasons: tuple[str, ...]
    years: Years
    follow_up: bool = False
    like_named: bool = False

    @property
    def near_by(self) -> bool:
        """Whether the two reports come from the same people, or may."""
        return bool(self.reasons)


class Bonds:
    """The people and places of reports, and how many reports have each."""

    def __init__(self, cases: Iterable[Profile], ties: Ties) -> None:
        reports = {case.record_id: case for case in cases}
        self._ties = ties
        self.people = {record_id: people(case) for record_id, case in reports.items()}
        self.places = {record_id: places(case) for record_id, case in reports.items()}
        self._printed: dict[str, str] = {}
        for name in sorted({name for case in reports.values() for name in case.authors}):
            self._printed.setdefault(person(name), name)
        self._reports = len(reports)
        self._by_person = Counter(person for each in self.people.values() for person in each)
        self._by_place = Counter(place for each in self.places.values() for place in each)

    def between(self, one: Profile, other: Profile) -> Bond:
        """What ties the reports of two cases."""
        years = between(one, other)
        found = sorted(self._found(one, other), reverse=True)
        bits = min(found[0][0] + self._ties.both * (len(found) - 1), self._ties.most) if found else 0.0
        reasons = tuple(reason for _, reason in found)
        if found and self._apart(one, other):
            bits -= self._ties.apart
            reasons = (*reasons, _APART)
        bits -= self._ties.years * max(years.between - 3, 0)
        by_some = bool(self.people[one.record_id] & self.people[other.record_id])
        like_named = by_some and one_title(one.title, other.title)
        reasons = (*reasons, _TITLED) if like_named else reasons
        return Bond(bits, reasons, years, follow_up=by_some and _CITES in reasons, like_named=like_named)

    def _found(self, one: Profile, other: Profile) -> Iterable[tuple[float, str]]:
        ties = self._ties
        if shared := self.people[one.record_id] & self.people[other.record_id]:
            weight = sum(min(ties.author, self._rare(self._by_person[person], ties.names)) for person in shared)
            names = ", ".join(sorted(self._printed[person] for person in shared)[:4])
            yield min(weight, ties.authors), f"shared {'author' if len(shared) == 1 else 'authors'} {names}"
        if spots := self.places[one.record_id] & self.places[other.record_id]:
            weight = max(self._rare(self._by_place[place], ties.names / 4) for place in spots)
            yield min(weight, ties.hospital), f"shared place {sorted(spots)[0]}"
        if other.record_id in one.cites or one.record_id in other.cites:
            yield ties.cited, _CITES

    def _apart(self, one: Profile, other: Profile) -> bool:
        """Whether the two come from other hospitals, as far as both name theirs."""
        here, there = self.places[one.record_id], self.places[other.record_id]
        return bool(here and there) and not here & there

    def _rare(self, reports: int, names: float) -> float:
        """Bits of a name that so many reports have; the two that are compared do not count."""
        return log2((max(self._reports - 2, 0) + names) / (max(reports - 2, 0) + 1))


def people(case: Profile) -> frozenset[str]:
    """Authors by family name and first initial."""
    return frozenset(filter(None, map(person, case.authors)))


def one_title(one: str, other: str) -> bool:
    """Whether two titles that say something are one, but for a misprint, a subtitle or an end that was cut off."""
    left, right = _title(one), _title(other)
    return left.telling and right.telling and likeness(left, right)[0] in ("same", "alike", "part")


@lru_cache(maxsize=65_536)
def _title(text: str) -> Title:
    return title(text)


@lru_cache(maxsize=65_536)
def person(author: str) -> str:
    """A family name with the first initial, as two papers are likely to agree on.

    >>> person("Prescott-Hale JE"), person("Prescott-Hale, Jane"), person("Müller-da Costa, Jörg")
    ('prescotthale j', 'prescotthale j', 'mullerdacosta j')
    """
    family = surname(author)
    rest = plain(author).removeprefix(family).strip()
    return f"{''.join(map(folded, family.split()))} {rest[:1]}".strip() if len(family) > 1 else ""


def places(case: Profile) -> frozenset[str]:
    """Hospitals, universities and institutes of the affiliations, without departments, towns and countries."""
    parts = (part for place in case.hospitals for part in re.split(r"[,;]", place))
    return frozenset(plain(part) for part in parts if _INSTITUTION.search(part) and not _DEPARTMENT.match(part))


def between(one: Profile, other: Profile) -> Years:
    """The time between two reports, as far as both are dated."""
    (left, left_month), (right, right_month) = _date(one), _date(other)
    if left is None or right is None or (left == right and None in (left_month, right_month)):
        return Years(0.0, None)
    months = 12 * (left - right) + (left_month or 6) - (right_month or 6)
    return Years(abs(months) / 12, months > 0 if months else None)


def _date(case: Profile) -> tuple[int | None, int | None]:
    return (case.published.year, case.published.month) if case.published else (case.year, None)

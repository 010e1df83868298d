"""Authors as they are compared: family names, whichever way round and however many of them were printed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import JaroWinkler

from litreview.dedupe.words import plain

Agreement = Literal["same", "some", "other", "unknown"]

_PARTICLES = {
    "de", "da", "do", "dos", "das", "di", "del", "della", "der", "den", "des", "du", "la", "le", "el", "al", "van",
    "von", "vom", "zu", "zur", "ter", "ten", "te", "bin", "ibn", "abu", "af", "av", "y", "e", "st", "jr", "sr", "ii",
}  # fmt: skip
_NOBODY = {"anonymous", "anon", "et al", "others", "unknown", "no authors listed", "not available"}
_INITIALS = re.compile(r"(?:[\s,]+[A-ZÀ-Þ][A-ZÀ-Þ.\-]{0,4})+$")
_MISSPELT = 0.9


@dataclass(frozen=True, slots=True)
class Authors:
    """Words of the family names and of given names in full, those of the first author apart."""

    first: frozenset[str]
    family: frozenset[str]
    given: frozenset[str]


def authors(names: Iterable[str]) -> Authors:
    """The authors, plain enough to be compared."""
    people = [person for name in names if plain(name) not in _NOBODY and (person := _person(name))[0]]
    return Authors(
        first=people[0][0] | people[0][1] if people else frozenset(),
        family=frozenset().union(*(family for family, _ in people)),
        given=frozenset().union(*(given for _, given in people)),
    )


def surname(author: str) -> str:
    """The family name of "Family GG" or "Family, Given"."""
    return plain(_split(author)[0])


def agreement(one: Authors, other: Authors) -> Agreement:
    """Whether two lists of authors are one: most names of the shorter one are in the longer."""
    if not one.family or not other.family:
        return "unknown"
    share = max(_share(one, other), _share(other, one))
    if share >= 0.5:
        return "same"
    return "some" if share or _misspelt(one, other) else "other"


def within(one: Authors, other: Authors) -> bool:
    """Whether every family name of the shorter list is in the longer one."""
    return bool(one.family and other.family) and max(_share(one, other), _share(other, one)) == 1


def _split(name: str) -> tuple[str, str]:
    """Family and given names; without a comma, what is not initials at the end is the family's."""
    family, comma, given = name.strip().partition(",")
    if comma:
        return family, given
    found = _INITIALS.search(family)
    return (family[: found.start()], found.group()) if found and found.start() else (family, "")


def _person(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words that tell of the family, and given names in full; initials are left out."""
    family, given = _split(name)
    words = [folded(word) for word in plain(family).split()]
    telling = frozenset(word for word in words if len(word) > 1 and word not in _PARTICLES)
    spelled = frozenset(folded(word) for word in plain(given).split() if len(word) > 2) - _PARTICLES
    return (telling or frozenset(words)), spelled


def folded(word: str) -> str:
    """Without the letters by which a dot or stroke is written out: Mueller is Müller is Muller."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u") if len(word) > 3 else word


def _share(one: Authors, other: Authors) -> float:
    """How much of one's family names the other has among all its names."""
    return len(one.family & (other.family | other.given)) / len(one.family)


def _misspelt(one: Authors, other: Authors) -> bool:
    return any(
        JaroWinkler.similarity(left, right) >= _MISSPELT for left in one.first for right in other.first if len(left) > 3
    )

"""A reference: a record with the key it is cited by."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from litreview.model.bibliography import Record

_PERSON = re.compile(r"(?P<family>.+?) (?P<initials>[A-ZÀ-Þ]{1,4}(?:-[A-ZÀ-Þ])*)$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A record under a key that no other has."""

    key: str
    record: Record

    @property
    def kind(self) -> str:
        """Article, unless the record says that it is a contribution to a meeting."""
        types = " ".join(self.record.publication_types).lower()
        return "conference" if "congress" in types or "meeting" in types or "conference" in types else "article"


@dataclass(frozen=True, slots=True)
class Author:
    """A person by family and given names (or initials, "G. G."), or a group by its name."""

    family: str
    given: str = ""


def references(records: Iterable[Record]) -> tuple[Reference, ...]:
    """A key for each: first author and year, with a letter where two would have the same."""
    listed = tuple(records)
    stems = [_stem(record) for record in listed]
    many, letters = Counter(stems), {stem: count() for stem in stems}
    return tuple(
        Reference(stem + (_letter(next(letters[stem])) if many[stem] > 1 else ""), record)
        for stem, record in zip(stems, listed, strict=True)
    )


def authors(record: Record) -> Iterator[Author]:
    """The authors as printed, taken apart."""
    for name in record.authors:
        if found := _PERSON.match(name):
            yield Author(found["family"], " ".join(f"{letter}." for letter in found["initials"] if letter != "-"))
        else:
            family, _, given = name.partition(", ")
            yield Author(family, given)


def pages(record: Record) -> tuple[str, str]:
    """First and last page, the last written out ("123-8" ends on 128)."""
    first, _, last = re.sub(r"\s*[-–—]\s*", "-", record.pages).partition("-")
    if last.isdigit() and first.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


def _stem(record: Record) -> str:
    author = next(authors(record), Author("anon"))
    plain = unicodedata.normalize("NFKD", author.family).encode("ascii", "ignore").decode()
    return (re.sub(r"[^A-Za-z]", "", plain) or "anon") + (str(record.year) if record.year else "")


def _letter(number: int) -> str:
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)

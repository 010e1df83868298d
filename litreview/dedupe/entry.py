"""A record as it is compared: identifiers, words of the title, and where it was printed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio, token_sort_ratio

from litreview.model.bibliography import Record

_NOTICES = ("Published Erratum", "Retraction of Publication", "Comment", "Expression of Concern")
_MEETING = ("Meeting Abstract", "Congress", "Congresses")


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a record tells it from others; `telling` says that the title is more than "Reply"."""

    names: dict[str, str]
    title: str
    telling: bool
    surname: str
    author: frozenset[str]
    year: int | None
    volume: str
    issue: str
    page: str
    journal: str
    meeting: bool
    notice: bool

    def traits(self) -> Iterator[tuple[str, ...]]:
        """What two records of one report are likely to share at least one of."""
        yield from self.names.items()
        if self.telling:
            words = sorted(set(self.title.split()), key=lambda word: (-len(word), word))
            yield ("title", self.title)
            yield ("beginning", self.title[:24])
            yield ("words", *words[:3])
        if self.surname and self.page:
            yield ("author and page", self.surname, self.page)
        if self.page and self.volume:
            yield ("place", self.volume, self.page)

    def likeness(self, other: "Entry") -> float:
        """How alike the titles are, 0 to 1; a title that was cut off counts as far as it goes."""
        if self.title == other.title:
            return 1.0
        short, long = sorted((self.title, other.title), key=len)
        whole = max(ratio(short, long), token_sort_ratio(short, long)) / 100
        if len(short) >= 40:
            return max(whole, 0.97 * ratio(short, long[: len(short)]) / 100)
        return whole

    def shares_author(self, other: "Entry") -> bool:
        """Whether the first authors may be the same; one that is not known may be anybody."""
        if not self.author or not other.author or self.author & other.author:
            return True
        return JaroWinkler.similarity(self.surname, other.surname) >= 0.9

    def same_place(self, other: "Entry") -> bool:
        """Whether both were printed on one page of one volume."""
        return bool(self.volume and self.page) and (self.volume, self.page) == (other.volume, other.page)

    def contradictions(self, other: "Entry") -> tuple[str, ...]:
        """Facts of print that both state and that differ."""
        told: list[str] = []
        if self.names.get("doi") and other.names.get("doi") and self.names["doi"] != other.names["doi"]:
            told.append("DOI")
        if self.year and other.year and abs(self.year - other.year) > 1:
            told.append("year")
        if self.volume and other.volume and self.volume != other.volume:
            told.append("volume")
        if self.page and other.page and self.page != other.page:
            told.append("first page")
        elif not (self.page and other.page) and self.issue and other.issue and self.issue != other.issue:
            told.append("issue")
        if self.journal and other.journal and not _one_journal(self.journal, other.journal):
            told.append("journal")
        return tuple(told)

    def support(self, other: "Entry") -> tuple[str, ...]:
        """Facts of print that both state alike."""
        pairs = {
            "year": (self.year, other.year),
            "volume": (self.volume, other.volume),
            "first page": (self.page, other.page),
            "first author": (self.surname, other.surname),
            "journal": (self.journal, other.journal),
        }
        return tuple(name for name, (one, another) in pairs.items() if one and one == another)


def entry(record: Record) -> Entry:
    """The record, plain enough to be compared."""
    title = plain(_bare_title(record.title))
    names = {scheme: str(getattr(record, scheme)) for scheme in ("pmid", "pmcid", "doi") if getattr(record, scheme)}
    return Entry(
        names=names,
        title=title,
        telling=len(title) >= 25 or len(title.split()) >= 5,
        surname=surname(record.first_author),
        author=frozenset(word for word in plain(record.first_author).split() if len(word) > 2),
        year=record.year,
        volume=_digits(record.volume),
        issue=_digits(record.issue),
        page=_digits(re.split(r"[-–]", record.pages)[0]),
        journal=plain(record.journal),
        meeting=any(kind in _MEETING for kind in record.publication_types),
        notice=any(kind in _NOTICES for kind in record.publication_types),
    )


def plain(text: str) -> str:
    """Words in small letters, without accents, markup and punctuation."""
    bare = unicodedata.normalize("NFKD", re.sub(r"<[^>]{1,20}>", "", text)).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def surname(author: str) -> str:
    """The family name of "Family GG" or "Family, Given"."""
    family = author.split(",")[0] if "," in author else re.sub(r"(\s+[A-ZÀ-Þ][A-ZÀ-Þ.\-]{0,4})+$", "", author.strip())
    return plain(family)


def _bare_title(title: str) -> str:
    """Without the brackets of a translated title, and without what an index adds in brackets behind it."""
    bare = re.sub(r"^\[(.{25,}?)\]", r"\1", title.strip())
    return re.sub(r"(?<=.{25})\s*\[[^\]]*\]?\.?\s*$", "", bare)


_SMALL_WORDS = {"of", "the", "and", "in", "for", "on", "a", "an", "fur", "und", "der", "die", "de", "et"}


def _one_journal(left: str, right: str) -> bool:
    """Whether one name may be short for the other: its words begin words of the longer one, in their order."""
    words = [[word for word in name.split() if word not in _SMALL_WORDS] for name in (left, right)]
    short, long = sorted(words, key=lambda each: (sum(map(len, each)), each))
    if not short or "".join(short) == "".join(word[0] for word in long):
        return True
    rest = iter(long)
    return all(any(word.startswith(start) or start.startswith(word) for word in rest) for start in short)


def _digits(text: str) -> str:
    found = re.search(r"\d+", text)
    return found.group().lstrip("0") if found else ""

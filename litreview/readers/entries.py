"""Entries of a bibliography: fields under our names, whatever a format calls them, made into records."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from litreview.model.bibliography import Problem, Record
from litreview.readers import dates, identifiers
from litreview.readers.abstract import Abstract, Part, abstract_document
from litreview.readers.builder import fold
from litreview.readers.item import Item
from litreview.readers.pubmed import status

Entry = tuple[str, Record] | Problem
"""A record with the id it has in its bibliography, empty where it has none."""

_MISSING = {"", "unknown", "nan", "none", "null", "n/a", "na", "no title"} | {
    f"[no {what} available]" for what in ("title", "abstract", "author name", "source")
}
_PUBMED = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})\b")
_INITIALS = re.compile(r"(?<=\w)(?:\s+(?:[A-ZÀ-Þ]\.?-?){1,4})+$")
_CITATION = re.compile(r";\s*([^();:]*)(?:\(([^)]*)\))?\s*:\s*([\w–-]+)")


def record(told: Mapping[str, str], authors: Sequence[str] = ()) -> Record:
    """A record from its fields; what says only that it is missing is left out.

    >>> record({"title": "A bite", "year": "2020", "pages": "UNKNOWN"}).pages
    ''
    """
    given = {name: fold(value) for name, value in told.items() if fold(value).lower() not in _MISSING}
    title, types = given.get("title", ""), tuple(filter(None, re.split(r"\s*;\s*", given.get("kind", ""))))
    volume, issue, pages = _place(given)
    return Record(
        title=title,
        pmid=identifiers.pmid(given.get("pmid")) or _pmid_in(given.get("url", "")),
        pmcid=identifiers.pmcid(given.get("pmcid")),
        doi=identifiers.doi(given.get("doi")) or identifiers.doi(given.get("url")),
        authors=tuple(authors),
        journal=given.get("journal", ""),
        published=dates.from_text(given.get("year")),
        volume=volume,
        issue=issue,
        pages=pages,
        language=given.get("language", "").lower(),
        vernacular_title=given.get("vernacular_title", ""),
        abstract=given.get("abstract", ""),
        publication_types=types,
        keywords=tuple(filter(None, re.split(r"\s*;\s*", given.get("keywords", "")))),
        status=status(types, (), title),
    )


def items(entries: Iterable[Entry], name: str, *, format: str) -> Iterator[Item]:
    """The records, each with its abstract as a document where it has one; one with nothing to go by is a problem."""
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, Problem):
            yield entry
            continue
        found = entry[1]
        if not (found.title or found.pmid or found.doi):
            subject = f"{name}: record {number}"
            yield Problem("read", subject, "the record has neither title nor PMID nor DOI", "export it again")
        elif not found.abstract:
            yield found, None
        else:
            parts = Abstract((Part("", found.abstract),))
            yield found, abstract_document(found.title, parts, format=format, source=name)


def authors(text: str) -> tuple[str, ...]:
    """Names out of one string: separated by "and", semicolons, or commas after initials; "Doe, J. B." is "Doe JB".

    >>> authors("Doe J, Roe BC")
    ('Doe J', 'Roe BC')
    """
    bare = fold(text)
    if bare.lower() in _MISSING:
        return ()
    if ";" in bare:
        names = re.split(r"\s*;\s*(?:and\s+)?", bare)
    elif re.search(r"\s+and\s+", bare):
        names = re.split(r",?\s+and\s+", bare)
    else:
        names = _by_commas(bare)
    return tuple(author(name) for name in names if name.strip(" ,.;"))


def author(name: str) -> str:
    """A name as records have it: initials behind the family, without dots; full given names stay behind a comma."""
    family, comma, given = (part.strip() for part in name.strip(" ;").partition(","))
    if not comma and (found := _INITIALS.search(family)):
        family, given = family[: found.start()], found.group()
    letters = re.sub(r"[\s.\-‐–]", "", given)
    if letters.isupper() and len(letters) <= 4:
        return f"{family} {letters}"
    return f"{family}, {given}" if given else family


def _by_commas(text: str) -> list[str]:
    """ "Doe J, Roe BC" are two, "Doe, J., Roe, B." too, "Doe, John" is one."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if len(pieces) > 1 and all(re.search(r"\s(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}$", piece) for piece in pieces):
        return pieces
    given = pieces[1::2]
    if len(pieces) > 2 and len(pieces) % 2 == 0 and all(re.fullmatch(r"(?:\w\.?[\s-]?){1,4}", each) for each in given):
        return [f"{family}, {initials}" for family, initials in zip(pieces[::2], given, strict=True)]
    return pieces if len(pieces) > 2 else [text]


def _place(given: Mapping[str, str]) -> tuple[str, str, str]:
    """Volume, issue and pages, from a citation such as "J Fict. 2020;3(2):10-2" where they have no fields."""
    volume, issue, pages = (given.get(name, "") for name in ("volume", "issue", "pages"))
    first, last = given.get("first_page", ""), given.get("last_page", "")
    pages = pages or (f"{first}-{last}" if first and last and last != first else first or given.get("article", ""))
    found = _CITATION.search(given.get("citation", ""))
    if found and not (volume or pages):
        volume, issue, pages = (part.strip() if part else "" for part in found.groups())
    return volume, issue, pages


def _pmid_in(text: str) -> str | None:
    found = _PUBMED.search(text)
    return found.group(1) if found else None

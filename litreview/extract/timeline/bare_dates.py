"""Dates without their year ("on 2 May", "in June", "on the 13th of the same month"), and the year they fall in."""

import re
from collections.abc import Iterator
from datetime import date

from litreview.extract.amounts.letters import fold
from litreview.model.bibliography import PartialDate
from litreview.model.pattern import Pattern

UNSAID = 0  # a year, or month, that is not printed
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Months are told from "may" and "march" by their capital.
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_NO_YEAR = r"(?![\s,-]*(?:of\s+)?(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_BARE = (
    re.compile(rf"(?<![\d.,/+-]){_DAY}[\s-]+(?:of\s+|day\s+of\s+)?{_MONTH}{_NO_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}(?![\d.]*\d|\s*(?:%|mg|days|weeks|months|years|patients)){_NO_YEAR}"),
    re.compile(rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|of|[Ee]arly|[Ll]ate|[Mm]id[\s-]?)\s*(?:early\s+|late\s+|mid-?\s*)?{_MONTH}{_NO_YEAR}"),
    re.compile(r"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)\s+of\s+(?:the\s+same|that)\s+month\b"),
)  # fmt: skip
ANY_MONTH = Pattern(r"(?-i:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|same month|that month)")


def bare_dates(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    """Start, end and date of every date that lacks its year; the year is `UNSAID`."""
    folded = fold(text)
    if not ANY_MONTH.search(folded):
        return
    reached = -1
    found = sorted((match for pattern in _BARE for match in pattern.finditer(folded)), key=lambda one: one.start())
    for match in found:
        parts = match.groupdict()
        month = _MONTHS.index(parts["month"][:3].lower()) + 1 if parts.get("month") else UNSAID
        day = int(parts["day"]) if parts.get("day") else None
        start = match.start("month") if day is None else min(match.start("day"), match.start())
        if start > reached and (day is None or 1 <= day <= 31):
            reached = match.end()
            yield start, match.end(), PartialDate(UNSAID, month, day)


def completed(bare: PartialDate, last: PartialDate | None) -> PartialDate | None:
    """A date with the year, or month, of the date told last: the one that lies nearest to it."""
    if bare.year != UNSAID:
        return bare
    if last is None or last.month is None:
        return None
    month = bare.month or last.month
    years = (last.year,) if bare.month == UNSAID else (last.year - 1, last.year, last.year + 1)
    known = date(last.year, last.month, last.day or 15)
    nearest = min(years, key=lambda year: abs((date(year, month, 15) - known).days))
    try:
        date(nearest, month, bare.day or 1)
    except ValueError:
        return None
    return PartialDate(nearest, month, bare.day)

"""Dates as far as they were said: from PubMed's parts, and from the free text it also allows."""

import re
from datetime import date

from litreview.model.bibliography import PartialDate

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_YEAR = re.compile(r"(?<!\d)(1[789]\d\d|20\d\d)(?!\d)")
_NAMED = re.compile(rf"\b({'|'.join(_NAMES)})[a-z]*\b\.?", re.IGNORECASE)
_NUMERIC = re.compile(r"^\s*(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_DAY = re.compile(r"(?<![\d:])([0-3]?\d)(?:st|nd|rd|th)?(?![\d:])")


def from_parts(year: str | None, month: str | None = None, day: str | None = None) -> PartialDate | None:
    """A date from a year, a month (number or name) and a day; what cannot be is left out, not guessed."""
    match = _YEAR.search(year or "")
    if not match:
        return None
    number = month_number(month)
    return checked(int(match.group()), number, int(day) if number and (day or "").strip().isdigit() and day else None)


def from_text(text: str | None) -> PartialDate | None:
    """The first date of a free text such as `1998 Dec-1999 Jan`, `2000 Spring`, `July 1, 2022` or `2022-07-01`.

    Of a range the first date counts, as in PubMed's own sort date; a season is no month.
    """
    words = text or ""
    numeric = _NUMERIC.match(words)
    if numeric:
        year, month, day = numeric.groups()
        return from_parts(year, month, day)
    match = _YEAR.search(words)
    if not match:
        return None
    month_at = _NAMED.search(words)
    second = _YEAR.search(words, match.end())
    if not month_at or (second and month_at.start() > second.start()):
        return PartialDate(int(match.group()))
    return checked(int(match.group()), month_number(month_at.group()), _day_near(words, month_at, match))


def month_number(month: str | None) -> int | None:
    """A month's number from its number or English name, `None` for a season or nonsense."""
    words = (month or "").strip().lower().rstrip(".")
    if words.isascii() and words.isdigit():
        return int(words) if 1 <= int(words) <= 12 else None
    return _MONTHS.get(words[:3]) if words.isalpha() and words[:3] in _MONTHS else None


def checked(year: int, month: int | None, day: int | None) -> PartialDate:
    """A date without a month or day that the calendar does not have."""
    if month is None or not 1 <= month <= 12:
        return PartialDate(year)
    try:
        return PartialDate(year, month, date(year, month, day).day) if day else PartialDate(year, month)
    except ValueError:
        return PartialDate(year, month)


def _day_near(words: str, month: re.Match[str], year: re.Match[str]) -> int | None:
    """The day right after the month's name ("Jun 3"), or right before it and not part of the year ("3 June 2020")."""
    after = re.match(r"[\s,]*" + _DAY.pattern, words[month.end() :])
    if after:
        return int(after.group(1))
    before = re.search(_DAY.pattern + r"\s*$", words[: month.start()])
    return int(before.group(1)) if before else None

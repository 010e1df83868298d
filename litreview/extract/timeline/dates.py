"""Calendar dates as they are printed, as far as they were given."""

import re
from collections.abc import Iterator
from datetime import date

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.letters import fold
from litreview.model.bibliography import PartialDate
from litreview.model.pattern import Pattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_NAMED = _MONTH.replace("(?P<month>", "(?:")
ANY_YEAR = Pattern(r"(?:19|20)\d\d")
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[-/]\d)"
_WORDS = (
    re.compile(rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s-]+(?:(?:day\s+)?of\s+)?{_MONTH}[\s,-]+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}[\s,-]+(?:of\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(r"(?<![\d.-])(?P<year>(?:19|20)\d\d)[-/](?P<number>[01]\d)[-/](?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<![\d/.-])(?P<number>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\d/-])"),
)
_NUMERIC = re.compile(r"(?<![\d./-])(?P<a>\d\d?)(?P<mark>[/.-])(?P<b>\d\d?)(?P=mark)(?P<year>(?:19|20)\d\d)(?!\.?\d)")
_YEAR_ALONE = re.compile(
    r"\b(?:in|since|from|until|of|during|early|late|mid)[\s-]+(?P<year>(?:19|20)\d\d)(?!\d|[-/,]\d|\s*\))"
)


def dates(text: str, habit: Habit) -> Iterator[tuple[int, int, PartialDate]]:
    """Start, end and date of every calendar date; a doubtful 03/04/2020 is only its year where no habit decides."""
    folded = fold(text)
    if not ANY_YEAR.search(folded):
        return
    taken: list[tuple[int, int]] = []
    for start, end, found in (*_listed(folded), *_in_words(folded), *_in_figures(folded, habit), *_years(folded)):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield start, end, found


_SHORT_YEAR = re.compile(
    rf"(?<![\w./-])(?:[0-3]?\d(?P<mark>[/.-])[01]?\d(?P=mark)|[0-3]?\d[\s-]+{_MONTH}[\s'-]+|{_NAMED}\s?['-]\s?)"
    r"(?P<short>\d\d)(?![\w/.-]?\d)",
    re.IGNORECASE,
)


def with_centuries(words: str) -> str:
    """The words of a cell with years of two figures written out ("14/05/18", "May-18"); not for running text.

    >>> with_centuries("14/05/18")
    '14/05/2018'
    """
    return _SHORT_YEAR.sub(lambda match: f"{match[0][:-2]}20{match['short']}", fold(words))


def middle(found: PartialDate) -> tuple[float, float]:
    """The middle of what a date leaves open, as a proleptic ordinal day, and the half-width in days."""
    if found.month is None:
        return date(found.year, 7, 1).toordinal(), 182.0
    if found.day is None:
        return date(found.year, found.month, 15).toordinal(), 15.0
    return date(found.year, found.month, found.day).toordinal(), 0.0


_DAYS = r"[0-3]?\d(?:st|nd|rd|th)?"
_LIST = rf"(?P<days>{_DAYS}(?:\s*,\s*{_DAYS})*\s*,?\s*(?:and|&)\s*)"
_LISTS = (
    re.compile(
        rf"(?<![\d.,-]){_LIST}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}[\s,-]+{_YEAR}", re.IGNORECASE
    ),
    re.compile(rf"\b{_MONTH}\s+{_LIST}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE),
)


def _listed(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    """Days that share a month and a year: "on 3, 10 and 17 March 2021"."""
    for pattern in _LISTS:
        for match in pattern.finditer(text):
            month = _MONTHS.index(match["month"][:3].lower()) + 1
            for day in re.finditer(r"\d+", match["days"]):
                if found := _valid(int(match["year"]), month, int(day.group())):
                    yield match.start("days") + day.start(), match.start("days") + day.end(), found
            if found := _valid(int(match["year"]), month, int(match["day"])):
                yield match.start("day"), match.end(), found


def _in_words(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    for pattern in _WORDS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["month"][:3].lower()) + 1
            day = int(parts["day"]) if parts.get("day") else None
            if found := _valid(int(parts["year"]), month, day):
                yield match.start(), match.end(), found


def _in_figures(text: str, habit: Habit) -> Iterator[tuple[int, int, PartialDate]]:
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        day_first = first > 12 or (second <= 12 and (habit.day_first is True or match["mark"] == "."))
        decided = day_first or second > 12 or habit.day_first is False or first == second
        day, month = (first, second) if day_first else (second, first)
        if found := _valid(year, month, day) if decided else PartialDate(year):
            yield match.start(), match.end(), found


def _years(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    for match in _YEAR_ALONE.finditer(text):
        yield match.start("year"), match.end("year"), PartialDate(int(match["year"]))


def _valid(year: int, month: int, day: int | None) -> PartialDate | None:
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)

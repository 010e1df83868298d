"""Numbered clocks: "day +58", "d+58", "+152", "week 8", "the 19th day of treatment", "days +30, +43 and +62"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.numbers import numbers
from litreview.extract.timeline.time_anchors import AFTER, BEFORE, words_behind
from litreview.extract.timeline.time_expression import TimeExpression
from litreview.extract.timeline.time_units import UNIT, Unit, in_days, left_open, unit_name
from litreview.model.pattern import Pattern
from litreview.model.values import dataclass

_HEAD = Pattern(
    r"(?<![A-Za-z0-9/])(?<!\bper )(?<!\beach )(?<!\bevery )(?<!\ba )(?<!\d )"
    r"(?P<unit>days?|weeks?|wks?|w|months?|mos?|years?|d\.?)\s*(?:no\.?\s*|#\s*|\()?(?P<sign>[+-])?\s?"
    r"(?P<first>\d{1,4}(?:\.\d)?)(?![\d.,]*\d|\s?(?:%|mg|g/|×|x\s?10|µ))",
)
_BARE = re.compile(r"(?<![\w.,+\d)-])\s?\(?\+(?P<first>\d{2,4})(?![\d.,]*\d|\s?(?:%|mg|(?!d(?:ays?)?\b)[A-Za-z/]))")
_MORE = re.compile(
    r"(?P<joint>\s*(?:,\s*and|,|/|and|&|or|to|-|through|until|und|as well as)\s*)"
    r"(?P<sign>[+-])?(?P<n>\d{1,4})(?![\d%]|[.,]\d)"
)
_ORDINAL = re.compile(
    rf"\s+(?:(?P<anchor>(?:post|pre)[\s-]?[A-Za-z-]+)\s+)?{UNIT}"
    r"(?=\s+(?:of|after|post|following|from|since)\b|\s*[,.;)]|$)"
)
ANY_POINT = (_HEAD, Pattern(_BARE.pattern))
# Whatever counts as an ordinal ends in one of these, and texts without are spared the reading of their numbers.
ANY_ORDINAL = Pattern(rf"(?:st|nd|rd|th){_ORDINAL.pattern}")
_IN = re.compile(r"\b(?:in|during|throughout|within)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_IN_THE = re.compile(r"\b(?:in|during|from|since|by)\s+the\s+$", re.IGNORECASE)
_BEHIND = re.compile(rf"\)?\s*(?:d(?:ays?)?\s+)?(?:(?P<after>of|{AFTER})|(?P<before>{BEFORE}))(?=[\s-])", re.IGNORECASE)
# "Died on day 239 of sepsis": that is the cause, and no clock.
_DIED = re.compile(r"\b(?:died|expired|succumbed|deceased|death)\s+(?:on|at)\s+(?:the\s+)?$", re.IGNORECASE)
_OF = re.compile(r"\)?\s*of\b")
_GLUED = re.compile(r"\)?\s*post[\s-]?(?=[A-Za-z])", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:(?:post|after)[\s-]?(?P<anchor>[A-Za-z][\w-]{1,25})(?:\s+on)?|(?P<clock>treatment|therapy|hospital|admission))\s+$",
    re.IGNORECASE,
)


def points(text: str, habit: Habit) -> Iterator[TimeExpression]:
    """Every point on a numbered clock; the members of a list one by one, of a stretch ("+3 to +6") the first."""
    reached = 0
    heads = [*_HEAD.finditer(text), *(_BARE.finditer(text) if "+" in text else ())]
    if len(heads) > 1:
        heads.sort(key=lambda match: (match.start("first"), -len(match.group())))
    for series, match in enumerate(heads):
        if match.start("first") >= reached:
            members, reached = _members(text, match)
            unit = unit_name(match["unit"].rstrip(".")) if match.re is _HEAD.compiled else "days"
            yield from _listed(text, match, members, unit, reached, series)


@dataclass(frozen=True, slots=True)
class _Member:
    """One number of a list, with its sign and what joins it to the one before."""

    start: int
    end: int
    amount: float
    sign: str
    joint: str


def _members(text: str, match: re.Match[str]) -> tuple[list[_Member], int]:
    """The numbers that a head is followed by, and where the list ends."""
    sign = (match["sign"] or "") if match.re is _HEAD.compiled else "+"
    start = match.start() if match.re is _HEAD.compiled else match.start("first") - 1
    members = [_Member(start, match.end("first"), float(match["first"]), sign, "")]
    plural = match.re is _HEAD.compiled and match["unit"].lower().endswith("s")
    end = match.end("first")
    while more := _goes_on(text, end, plural, bool(sign)):
        members.append(
            _Member(more.start("n"), more.end("n"), float(more["n"]), more["sign"] or "", more["joint"].strip())
        )
        end = more.end("n")
    return members, end


_STRETCH = ("to", "-", "through", "until")


def _listed(
    text: str, match: re.Match[str], members: list[_Member], unit: Unit, end: int, series: int
) -> Iterator[TimeExpression]:
    between = bool(_BETWEEN.search(text[max(0, match.start() - 20) : match.start()]))
    anchor = _anchor_behind(text, end) or _anchor_ahead(text, match.start())
    if anchor and _OF.match(text, end) and _DIED.search(text, max(0, match.start() - 24), match.start()):
        anchor = None
    kept = [member for position, member in enumerate(members) if not _is_end(position, member, between)]
    width = in_days(members[1].amount - members[0].amount, unit) if len(members) == 2 and len(kept) == 1 else 0.0
    for member in kept:
        stop = end if len(kept) == 1 else member.end
        point = _point(text, member, stop, unit, anchor, series if len(kept) > 1 else None)
        if point.series is not None and unit != "days" and kept[0].amount == 1:
            # "In weeks 1, 2, 3 and 5": the first week is where they begin.
            point = replace(point, days=in_days(member.amount - 1, unit))
        yield replace(point, exact=point.exact + width, qualifier="range") if width > 0 else point


def _is_end(position: int, member: _Member, between: bool) -> bool:
    return member.joint in _STRETCH or (position == 1 and between)


_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_CLOSED = re.compile(r"(?:\s*,\s*\d{1,4})*\s*,?\s*(?:and|&|or|und)\s*\d")


def _goes_on(text: str, position: int, plural: bool, signed: bool) -> re.Match[str] | None:
    """The next member of a list: with a sign like the first, or of a plural that an "and" will close."""
    more = _MORE.match(text, position)
    if more is None:
        return _STRETCH_OF_DAYS.match(text, position) or _another_day(text, position)
    if more["sign"]:
        return more if signed or plural else None
    if more["joint"].strip() in _STRETCH:
        return more
    closing = more["joint"].strip().lstrip(", ") in ("and", "&", "or", "und")
    return more if plural and (closing or _CLOSED.match(text, more.end())) else None


_DAY = r"(?:days?|d|weeks?)\s*(?P<sign>[+-])?(?P<n>\d{1,4})(?!\d)"
_STRETCH_OF_DAYS = re.compile(rf"(?P<joint>\s*(?:to|-|through|until)\s*){_DAY}", re.IGNORECASE)
_AND_DAY = re.compile(rf"(?P<joint>\s*,?\s*and\s*){_DAY}", re.IGNORECASE)
_NEXT_DAY = re.compile(
    rf"(?P<joint>\s*,\s*){_DAY}(?=(?:\s*,\s*(?:days?|d)\s*[+-]?\d{{1,4}})*\s*,?\s*and\s+(?:days?|d)\s*[+-]?\d)",
    re.IGNORECASE,
)


def _another_day(text: str, position: int) -> re.Match[str] | None:
    """ "Between day +55 and day +58", or a list: "on day +102, day +109 and day +116"."""
    return _AND_DAY.match(text, position) or _NEXT_DAY.match(text, position)


def _point(
    text: str, member: _Member, end: int, unit: Unit, anchor: tuple[int, int] | None, series: int | None
) -> TimeExpression:
    value = -member.amount if member.sign == "-" else member.amount
    days, exact = in_days(value, unit), left_open(value, unit)
    if (
        unit != "days"
        and value >= 1
        and (series is not None or _IN.search(text[max(0, member.start - 40) : member.start]))
    ):
        # "In week 8" is the eighth week: seven weeks are over, the eighth is not. Where nothing is said of what the
        # weeks are counted from, it is told at its end; so are months, since "in month 7" is rarely the seventh one.
        exact += 0.5
        days = in_days(value - 0.5, unit) if series is not None or (anchor and unit != "months") else days
    return TimeExpression(
        member.start,
        end,
        "point",
        value,
        unit,
        days,
        exact,
        anchor=anchor,
        signed=bool(member.sign),
        series=series,
    )


def _anchor_behind(text: str, position: int) -> tuple[int, int] | None:
    match = _BEHIND.match(text, position) or _GLUED.match(text, position)
    return words_behind(text, match.end()) if match else None


def _anchor_ahead(text: str, position: int) -> tuple[int, int] | None:
    """ "Post-transplant day 58"."""
    match = _AHEAD.search(text, max(0, position - 40), position)
    return match.span("anchor" if match["anchor"] else "clock") if match else None


def ordinals(text: str, habit: Habit) -> Iterator[TimeExpression]:
    """Every point that an ordinal tells: "the 19th day of treatment"."""
    for number in numbers(text, habit):
        match = _ORDINAL.match(text, number.end) if number.kind == "ordinal" else None
        if match is None:
            continue
        unit = unit_name(match["unit"])
        anchor = match.span("anchor") if match["anchor"] else _anchor_behind(text, match.end())
        ahead = unit == "weeks" and _IN_THE.search(text[max(0, number.start - 16) : number.start])
        if unit == "years" or (anchor is None and unit != "days" and not ahead):
            continue
        days = in_days(number.value, unit)
        exact = left_open(number.value, unit) + (0.5 if unit != "days" else 0.0)
        yield TimeExpression(number.start, match.end(), "point", number.value, unit, days, exact, anchor=anchor)

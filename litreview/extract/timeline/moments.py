"""Moments: times side by side that mean one and the same ("on day +159, 41 days after the first dose")."""

import re
from collections.abc import Sequence

from litreview.extract.amounts.letters import fold
from litreview.extract.timeline.time_expression import TimeExpression
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """One time of a text, told in one or more ways; `end` lies behind the words it is counted from.

    With `lasting` it is a mere duration, which is a time only for what is said to last so long.
    """

    start: int
    end: int
    ways: tuple[TimeExpression, ...]
    lasting: bool


def moments(text: str, told: Sequence[TimeExpression]) -> tuple[Moment, ...]:
    """Every moment of a text whose times are known, in order; frequencies, ages and what defines a clock are none."""
    if not told:
        return ()
    folded = fold(text)
    groups: list[list[TimeExpression]] = []
    for time in told:
        if time.form in ("repeat", "age") or _DEFINES.match(folded, time.start):
            continue
        if groups and _same(folded, groups[-1][-1], time):
            groups[-1].append(time)
        else:
            groups.append([time])
    return tuple(
        Moment(
            group[0].start,
            max(map(_end, group)),
            tuple(group),
            lasting={way.form for way in group} == {"duration"},
        )
        for group in groups
    )


# "Day 0 = infusion of the stem cells" says what days are counted from, and when nothing happened.
_DEFINES = re.compile(
    r"(?:days?|d|time)\s*[01]\s*(?:=|:|(?:is|was|being|denotes|means|marks|refers\s+to|defined|corresponds|taken\s+as)\b)",
    re.IGNORECASE,
)
_REPHRASED = re.compile(
    r"\s*(?:onwards?\s*|on\s*(?=[,(]))?[,(:]?\s*(?:that\s+(?:is|was),?|i\.?\s?e\.?,?|namely|or|equal(?:l?ing)?(?:\s+to)?|which\s+(?:was|is|corresponds\s+to)"
    r"|corresponding\s+to|equivalent\s+to|being|=)?\s*[,(]?\s*(?:only|just|exactly|already|about|approximately|on|at|in|by)?"
    r"\s*(?:the\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*,?\s*(?:(?:following|after|before|upon)\s+(?:the\s+)?(?:[\w-]+\s+){1,4})?and\s+(?:only\s+|just\s+|on\s+|for\s+)?",
    re.IGNORECASE,
)

# "The follow-up from transplantation is 40 months; from the first dose it is 33 months."
_AS_FOR = re.compile(r"\s*[,;(]?\s*(?:(?:and|but|while|that)\s+){0,2}(?:since|from)\s+", re.IGNORECASE)


def _same(text: str, first: TimeExpression, second: TimeExpression) -> bool:
    """Whether the second says again when the first was: right behind it and in another way."""
    if "duration" in (first.form, second.form) or not _differs(first, second):
        return False
    if second.anchor and _end(first) <= second.anchor[0] < second.start:
        return _counted(first) and _AS_FOR.fullmatch(text, _end(first), second.anchor[0]) is not None
    between = text[min(_end(first), second.start) : second.start]
    if _REPHRASED.fullmatch(between):
        return (
            bool(re.search(r"[,(:=]|\b(?:or|i\.?e|that is)\b", between))
            or first.form == "date"
            or second.form == "date"
        )
    return (
        bool(_AND.fullmatch(between)) and _counted(second) and (_counted(first) or ("," in between and _fixed(first)))
    )


def _fixed(time: TimeExpression) -> bool:
    """Whether a time without a word on its origin stands on a clock of its own: "day +159", a date."""
    return time.signed or time.form == "date"


def _counted(time: TimeExpression) -> bool:
    return time.anchor is not None


def _differs(first: TimeExpression, second: TimeExpression) -> bool:
    """Two plain numbered days are two moments; a day and an interval, or two anchors, may be one."""
    if first.series is not None and first.series == second.series:
        return False
    return first.form != second.form or (first.anchor != second.anchor)


def _end(time: TimeExpression) -> int:
    return max(time.end, time.anchor[1]) if time.anchor else time.end

"""Amounts of time: counted from something, or mere durations, frequencies and ages."""

import re
from collections.abc import Iterator

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.number_words import WORDS
from litreview.extract.amounts.numbers import Number, numbers
from litreview.extract.amounts.qualifiers import qualifier_at
from litreview.extract.timeline.time_anchors import AFTER, BEFORE, words_behind
from litreview.extract.timeline.time_expression import Form, TimeExpression
from litreview.extract.timeline.time_units import UNIT, Unit, in_days, left_open, unit_name
from litreview.model.case import Qualifier
from litreview.model.pattern import Pattern
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount of time before its role is known."""

    start: int
    end: int
    value: float
    unit: Unit
    spread: float
    qualifier: Qualifier


def intervals(text: str, habit: Habit) -> Iterator[TimeExpression]:
    """Every amount of time."""
    return (_expression(text, amount) for amount in _amounts(text, numbers(text, habit)))


_UNIT = re.compile(r"(?:[\s-]{0,2}|\s{3,200})(?:full\s+|whole\s+|consecutive\s+|calendar\s+)?" + UNIT, re.IGNORECASE)
# Without a figure before a unit, a number in words or an article there is no amount of time in a text.
_IN_FIGURES = Pattern(r"[\d)]" + _UNIT.pattern)
_IN_WORDS = Pattern(WORDS.template + _UNIT.pattern)
_HALF = re.compile(r"\s+and\s+(?:a|one)\s+half\b", re.IGNORECASE)
_ARTICLE = Pattern(
    r"(?<![\w-])(?:an?|half\s+an?)\s+(?:full\s+)?(?P<unit>hour|day|week|month|year)(?![\w-])",
)
_RATE = re.compile(r"(?:\b(?:once|twice|thrice|times|mg|µg|g|mL|kg|units?|doses?|tablets?)|\d|/)\s*$", re.IGNORECASE)
_AND_MORE = re.compile(r"\s*(?:and|,)?\s*$")


def _amounts(text: str, found: tuple[Number, ...]) -> Iterator[_Amount]:
    """Numbers with a unit of time, "a month", and sums such as "2 years and 7 months"."""
    single = [amount for number in found if (amount := _counted(text, number))]
    single += [
        _article(text, match)
        for match in _ARTICLE.finditer(text)
        if not _RATE.search(text[max(0, match.start() - 20) : match.start()])
    ]
    if len(single) > 1:
        single.sort(key=lambda amount: amount.start)
    position = 0
    while position < len(single):
        here = single[position]
        following = single[position + 1] if position + 1 < len(single) else None
        if following and _adds(text, here, following):
            months = here.value * 12 + following.value
            here = _Amount(here.start, following.end, months, "months", 0.0, here.qualifier)
            position += 1
        yield here
        position += 1


def _adds(text: str, years: _Amount, months: _Amount) -> bool:
    fits = years.unit == "years" and months.unit == "months" and months.value < 12
    return fits and bool(_AND_MORE.fullmatch(text[years.end : months.start]))


def _counted(text: str, number: Number) -> _Amount | None:
    if number.kind not in ("figure", "word") or number.power:
        return None
    match = _UNIT.match(text, number.end)
    if match is None or (len(match["unit"]) == 1 and number.kind == "word"):
        return None
    half = _HALF.match(text, match.end())
    end, value = (half.end(), number.value + 0.5) if half else (match.end(), number.value)
    unit = unit_name(match["unit"])
    spread = in_days(number.high - number.low, unit) / 2 if number.qualifier == "range" else 0.0
    return _Amount(number.start, end, value, unit, spread, number.qualifier)


def _article(text: str, match: re.Match[str]) -> _Amount:
    value = 0.5 if match.group().lower().startswith("half") else 1.0
    half = _HALF.match(text, match.end())
    end = half.end() if half else match.end()
    qualifier = qualifier_at(text, match.start(), end)
    return _Amount(match.start(), end, value + (0.5 if half else 0.0), unit_name(match["unit"]), 0.0, qualifier)


_FREQUENCY = re.compile(
    r"(?:\b(?:every|each|per|times\s+an?|once\s+an?|twice\s+an?|intervals?\s+of)|/)\s*$", re.IGNORECASE
)
_INTERVAL = re.compile(r"[\s-]*(?:intervals?|apart)\b", re.IGNORECASE)
_SPLIT = re.compile(r"consecutive", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged?|age\s+of|at\s+age|age\s+was|ages)\s+(?:of\s+)?$", re.IGNORECASE)
_AGE_BEHIND = re.compile(r"[\s-]*(?:of\s+age\b|-?old\b|y\.?\s?o\b)", re.IGNORECASE)
_YO = re.compile(r"[\s.-]{0,2}/?o\b")
_LATER = re.compile(r"'?\s*(?:later|afterwards?|thereafter|subsequently|after(?=\s*(?:[,.;)]|$)))\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"'?\s*(?:earlier|ago|previously|before(?=\s*(?:[,.;)]|$))|prior(?=\s*(?:[,.;)]|$)))", re.IGNORECASE
)
_OF = re.compile(r"'?\s*(?:of|on|under)(?=\s)", re.IGNORECASE)
_GONE = (
    r"(?:(?:(?:have|has|had|is|are)\s+)?(?:now\s+|already\s+)?(?:counted|elapsed|passed|gone(?:\s+by)?|out|away)\s+)?"
)
_AFTER = re.compile(rf"'?\s*(?:\([^()]{{0,30}}\)\s*)?{_GONE}{AFTER}(?=[\s-])", re.IGNORECASE)
_POST = re.compile(r"[\s-]*post(?:[\s-]?(?=[A-Za-z])|(?=\s*[,.;)]|$))", re.IGNORECASE)
_BEFORE = re.compile(rf"'?\s*{BEFORE}(?=[\s-])", re.IGNORECASE)
_ABOUT = r"(?:(?:about|approximately|around|nearly|almost|only|just|less\s+than|more\s+than|over)\s+|~\s*)?$"
_AT = re.compile(rf"\b(?:at|by|until|till|on)\s+{_ABOUT}", re.IGNORECASE)
_IN = re.compile(rf"\b(?:after|within|in|following)\s+(?:the\s+(?:first|next|following)\s+)?{_ABOUT}", re.IGNORECASE)


def _expression(text: str, amount: _Amount) -> TimeExpression:
    """The amount in the role that the words around it give it."""
    before = text[max(0, amount.start - 40) : amount.start]
    if _AGE_BEFORE.search(before) or _AGE_BEHIND.match(text, amount.end) or _YO.match(text, amount.end):
        return _made(amount, "age")
    in_a_row = _SPLIT.search(text, amount.start, amount.end) and before.endswith(("on ", "over "))
    if _FREQUENCY.search(before) or _INTERVAL.match(text, amount.end) or in_a_row:
        return _made(amount, "repeat")
    if match := _POST.match(text, amount.end) or _AFTER.match(text, amount.end):
        return _made(amount, "interval", anchor=words_behind(text, match.end()) or _word(match))
    if match := _BEFORE.match(text, amount.end):
        return _made(amount, "interval", sign=-1, anchor=words_behind(text, match.end()))
    if match := _LATER.match(text, amount.end):
        return _made(amount, "interval", end=match.end())
    if match := _EARLIER.match(text, amount.end):
        return _made(amount, "interval", sign=-1, end=match.end())
    return _behind_preposition(text, amount, before)


def _word(match: re.Match[str]) -> tuple[int, int]:
    """The preposition itself, where nothing follows it ("five years post")."""
    return match.end() - len(match.group().lstrip(" -'")), match.end()


def _behind_preposition(text: str, amount: _Amount, before: str) -> TimeExpression:
    """ "After 24 weeks", "at 3 months", "within 4 weeks of treatment"; else a duration."""
    match = _OF.match(text, amount.end)
    anchor = words_behind(text, match.end()) if match else None
    if _AT.search(before):
        return _made(amount, "age" if anchor is None and _is_age(text, amount) else "point", anchor=anchor)
    if _IN.search(before):
        return _made(amount, "interval", anchor=anchor)
    if anchor is None and (ahead := _SINCE.search(text, max(0, amount.start - 60), amount.start)):
        return _made(amount, "interval", anchor=ahead.span("anchor"))
    return _made(amount, "duration", anchor=anchor)


# "The follow-up since transplantation is 40 months, that from the first dose 33 months."
_SINCE = re.compile(
    r"\b(?:since|from)\s+(?P<anchor>(?:the\s+|his\s+|her\s+|its\s+)?[A-Za-z](?:[\w-]|\s(?!(?:is|was|for|to|until)\b)){2,40}?)"
    rf"\s*(?:,\s*)?(?:(?:it\s+)?(?:is|was|has\s+been|amount(?:s|ed)\s+to|comes\s+to|came\s+to)(?:\s+now)?|:|=)\s*{_ABOUT}",
    re.IGNORECASE,
)


# "At 14 years, with a platelet count of 4, she received ..." tells an age; "at 4 years he is well" a follow-up.
_LEAST_AGE = 3
_LOOKED_BACK = re.compile(
    r"follow|alive|\bwell\b|remission|\blast|surviv|\bfree\b|remain|without|no\s+relapse", re.IGNORECASE
)


def _is_age(text: str, amount: _Amount) -> bool:
    near = text[max(0, amount.start - 60) : amount.end + 60]
    return amount.unit == "years" and amount.value >= _LEAST_AGE and not _LOOKED_BACK.search(near)


def _made(
    amount: _Amount, form: Form, *, sign: int = 1, anchor: tuple[int, int] | None = None, end: int | None = None
) -> TimeExpression:
    value = sign * amount.value
    # "Over a year" is any time from there on.
    beyond = in_days(amount.value, amount.unit) / 2 if amount.qualifier == ">" else 0.0
    return TimeExpression(
        amount.start,
        end or amount.end,
        form,
        value,
        amount.unit,
        in_days(value, amount.unit),
        left_open(value, amount.unit) + amount.spread + beyond,
        amount.qualifier,
        anchor,
    )


_STEPS: dict[str, tuple[Unit, float]] = {
    "day": ("days", 1), "morning": ("days", 1), "week": ("weeks", 1), "month": ("months", 1), "year": ("years", 1)
}  # fmt: skip
_BESIDE = Pattern(
    rf"\bthe\s+(?:very\s+)?(?P<unit>day|week|month)\s+(?:(?P<before>{BEFORE})|(?P<after>after|following)|of)\s+(?=\w)",
)
_NEXT = Pattern(
    r"\b(?:the\s+)?(?P<which>next|following|subsequent|same|very|previous|preceding|ensuing)\s+"
    r"(?P<unit>day|morning|week|month|year)\b"
    r"|\bthat\s+(?P<that>day)\b",
)

ANY_INTERVAL = (_IN_FIGURES, _IN_WORDS, _ARTICLE)
ANY_NEIGHBOUR = (_BESIDE, _NEXT)


def neighbours(text: str, habit: Habit) -> Iterator[TimeExpression]:
    """Times told by their neighbour: "the day of the second dose", "the next day", "the same day"."""
    for match in _BESIDE.finditer(text):
        steps = -1 if match["before"] else 1 if match["after"] else 0
        if steps or match["unit"].lower() == "day":
            yield _step(match, match["unit"], steps, words_behind(text, match.end()))
    for match in _NEXT.finditer(text):
        which = (match["which"] or "same").lower()
        steps = 0 if which in ("same", "very") else -1 if which in ("previous", "preceding") else 1
        if steps or (match["unit"] or "day").lower() == "day":
            yield _step(match, match["unit"] or "day", steps, None)


def _step(match: re.Match[str], unit: str, steps: int, anchor: tuple[int, int] | None) -> TimeExpression:
    name, amount = _STEPS[unit.lower()]
    days = in_days(steps * amount, name)
    return TimeExpression(
        match.start(), match.end(), "interval", float(steps), name, days, left_open(1, name), anchor=anchor
    )

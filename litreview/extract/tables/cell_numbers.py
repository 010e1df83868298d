"""Numbers and amounts of a cell, with the unit that cell, header or legend gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.amounts.letters import fold
from litreview.extract.amounts.numbers import numbers
from litreview.extract.amounts.unit_names import unit_in
from litreview.extract.amounts.units import quantities, rivals
from litreview.extract.tables.cell_text import CellText
from litreview.extract.timeline.dates import dates, with_centuries
from litreview.model.case import Qualifier
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.rule import ColumnRule
from litreview.model.topic import Analyte, Attribute, Topic
from litreview.model.vocabulary import any_of


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A number of a cell, from `start` to `end` of its words; `legend` are the spans that gave its unit."""

    value: str | int | float
    start: int
    end: int
    qualifier: Qualifier = "="
    legend: tuple[Span, ...] = ()


def read_numbers(text: CellText, rule: ColumnRule, attribute: Attribute) -> Iterator[CellNumber]:
    """The cell's first number in the rule's way, in the attribute's unit where cell or header name another."""
    if rule.number == "fraction":
        yield from _fraction(text.words)
        return
    whole, left = text.before + text.words + _ORDINAL.sub("", text.after), len(text.before)
    right = left + len(text.words)
    if any(left in date for date in _dates_in(whole)):
        return
    found = [number for number in numbers(whole, _habit(text)) if left <= number.start and number.end <= right]
    if not found and text.words.isdigit():  # "x8"
        left, found = 0, list(numbers(text.words, _habit(text)))
    number = next((number for number in found if number.kind != "ratio"), None)
    if number is None or _is_share(text.words):
        return
    factor = rule.scale if rule.scale != 1 else _time_factor(text, whole[number.end :], attribute)
    value = _rounded(number.value * factor, rule, attribute, exact=factor == 1)
    if value is not None and _is_plausible(value, attribute):
        yield CellNumber(value, number.start - left, number.end - left, number.qualifier)


def _dates_in(words: str) -> list[Span]:
    """Where a cell's words are a date, whose numbers are no values."""
    longer = with_centuries(words) if len(words) > _SHORTEST_DATE else ""
    return [Span(start, end) for start, end, day in dates(longer, _NO_HABIT) if day.month] if longer else []


_NO_HABIT, _SHORTEST_DATE = Habit(day_first=True), 5
_ORDINAL = re.compile(r"^(?:st|nd|rd|th)\b")
_FRACTION = re.compile(r"(?<![\d.])(?<!\d/)(\d{1,2})\s*(?:/|of|out of)\s*(\d{1,2})(?!\d|/\d|\.\d)")


def _fraction(words: str) -> Iterator[CellNumber]:
    for match in _FRACTION.finditer(fold(words)):
        matched, tested = int(match.group(1)), int(match.group(2))
        if 0 < matched <= tested:
            yield CellNumber(f"{matched}/{tested}", match.start(), match.end())
            return


def _is_share(words: str) -> bool:
    """ "12 (60%)" and the like count several people."""
    return bool(_SHARE.fullmatch(words))


_SHARE = re.compile(r"\s*\d+\s*\(\s*\d+(?:[.,]\d+)?\s*%\s*\)\s*")
_PARTED = re.compile(r"\d[.,/-]\d")
_DECIMAL = re.compile(r"\s*[<>~=≤≥]*\s*\d{1,3},\d{1,2}\s*[^\d,]*")
_PLAIN = Habit()


def _habit(text: CellText) -> Habit:
    """A cell's own habit: a comma before one or two last figures is a decimal comma ("4,2")."""
    words = fold(text.before + text.words + text.after)
    if not _PARTED.search(words):
        return _PLAIN
    return Habit(decimal_comma=True) if _DECIMAL.fullmatch(words) else habit(words)


_DAYS = {"d": 1.0, "w": 7.0, "m": 30.4, "y": 365.0, "h": 1 / 24}
_TIME_UNIT = re.compile(
    r"(?P<y>y(?:ears?|rs?|\.?o\.?)?|a|jahre?n?|años?|anos?|ans)|(?P<m>mo(?:nths?|s|nate?n?)?|m|meses|mois)"
    r"|(?P<w>w(?:eeks?|ks?)?|wochen?|semanas?|semaines?)|(?P<d>d(?:ays?)?|tage?n?|días?|dias?|jours?)|(?P<h>h(?:ours?|rs?)?)",
    re.IGNORECASE,
)
_UNIT_BEHIND = re.compile(rf"\s*[-]?\s*(?:{_TIME_UNIT.pattern})(?![A-Za-z])", re.IGNORECASE)
_HEADER_UNIT = re.compile(
    rf"(?:[(\[,;/]\s*(?:in\s+)?|\bin\s+|^)(?:{_TIME_UNIT.pattern})"
    r"(?=\s*(?:$|[)\],;/|]|\bpost|\bafter|\bfrom|\bsince|\bof))",
    re.IGNORECASE,
)
_WORD_UNIT = re.compile(r"\b(?:(?P<y>years?)|(?P<m>months?)|(?P<w>weeks?)|(?P<d>days?))\b", re.IGNORECASE)


def _time_factor(text: CellText, behind: str, attribute: Attribute) -> float:
    """What turns the number into the attribute's unit of time: the cell's unit first, then the header's."""
    kept = _WORD_UNIT.match(attribute.unit)
    if kept is None:
        return 1.0
    after = _UNIT_BEHIND.match(fold(behind))
    printed = after or _HEADER_UNIT.search(text.header) or _WORD_UNIT.search(text.header)
    printed = printed or _HEADER_UNIT.search(text.entry.header) or _WORD_UNIT.search(text.entry.header)
    if printed is None or printed.lastgroup == kept.lastgroup:
        return 1.0
    return _DAYS[str(printed.lastgroup)] / _DAYS[str(kept.lastgroup)]


def _rounded(value: float, rule: ColumnRule, attribute: Attribute, *, exact: bool) -> int | float | None:
    """An integer where one is asked for; a printed fraction is none, a converted one is rounded."""
    if rule.number == "integer" or attribute.type == "integer":
        return None if exact and value != round(value) else round(value)
    return round(value, 4)


def _is_plausible(value: float, attribute: Attribute) -> bool:
    return attribute.plausible is None or attribute.plausible[0] <= value <= attribute.plausible[1]


def read_amounts(text: CellText, rule: ColumnRule, topic: Topic) -> Iterator[CellNumber]:
    """Amounts of an analyte that the header or the cell itself names; the unit is the cell's, header's, or legend's.

    Of a header that names two ("Hb or platelets") the rule's row tells which is meant.
    """
    analyte = topic.analyte(rule.analyte)
    if rule.row and " or " in text.header:
        named = [part for part in text.header.split(" or ") if names_analyte(part, analyte)]
        text = replace(text, header=named[0]) if len(named) == 1 else text
    if not _is_about(text, analyte, topic):
        return
    unit, spans = _unit(text, analyte)
    known, unit = _with_terms(analyte, text), unit or analyte.unit
    for amount in quantities(text.words, known, _habit(text), rivals=rivals(topic, analyte), default_unit=unit):
        if amount.kind == "value":
            yield CellNumber(amount.value, amount.start, amount.end, amount.qualifier, spans)


def _is_about(text: CellText, analyte: Analyte, topic: Topic) -> bool:
    """Whether the cell names the analyte, or the header does and names no other beside it."""
    if names_analyte(text.words, analyte) or any(
        names_analyte(meaning, analyte) for _, meaning, _ in text.entry.legend
    ):
        return True
    meanings = [meaning for _, meaning, _ in text.entry.header_legend]
    others = (other for other in topic.analytes if other.name != analyte.name)
    headed = any(names_analyte(words, analyte) for words in (text.header, *meanings))
    return headed and not any(names_analyte(text.header, other) for other in others)


def names_analyte(words: str, analyte: Analyte) -> bool:
    """Whether words name what is measured."""
    return bool(analyte.terms) and _any_of(analyte.terms).search(words) is not None


@lru_cache(maxsize=256)
def _any_of(terms: tuple[str, ...]) -> Pattern:
    return Pattern(any_of(terms))


def _with_terms(analyte: Analyte, text: CellText) -> Analyte:
    """The analyte with the abbreviations that this table's legend gives it."""
    more = tuple(short for short, meaning, _ in text.entry.legend if names_analyte(meaning, analyte))
    return analyte.model_copy(update={"terms": tuple(dict.fromkeys((*analyte.terms, *more)))}) if more else analyte


def _unit(text: CellText, analyte: Analyte) -> tuple[str, tuple[Span, ...]]:
    """The unit that the header gives, or the legend's words on the analyte."""
    for words in dict.fromkeys((text.header, text.entry.header)):
        if unit := unit_in(words):
            return unit, ()
    for short, meaning, span in (*text.entry.legend, *text.entry.header_legend):
        if (names_analyte(short, analyte) or names_analyte(meaning, analyte)) and (unit := unit_in(meaning)):
            return unit, (span,)
    return "", ()

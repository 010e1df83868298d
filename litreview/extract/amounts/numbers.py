"""Numbers as they are printed: figures, words, ranges, ratios, powers of ten, each with what qualifies it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.letters import fold
from litreview.extract.amounts.number_words import WORDS, word_value
from litreview.extract.amounts.powers import power_at
from litreview.extract.amounts.qualifiers import qualifier_at
from litreview.model.case import Qualifier
from litreview.model.pattern import Pattern
from litreview.model.values import dataclass

Kind = Literal["figure", "word", "ordinal", "times", "ratio"]
_COUNTED: tuple[Kind, ...] = ("figure", "word")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, `start` to `end` without the words that qualify it.

    `low` and `high` are the ends of a range (`qualifier` "range", `value` their middle), the two parts of a ratio
    (`value` the first), else both `value`. `power` is the printed power of ten, already in the values.
    """

    start: int
    end: int
    value: float
    qualifier: Qualifier = "="
    low: float = 0.0
    high: float = 0.0
    kind: Kind = "figure"
    power: int = 0


@lru_cache(maxsize=1024)
def numbers(text: str, habit: Habit) -> tuple[Number, ...]:
    """Every number of a text, in order; `habit` says how the document writes thousands and decimals.

    Digits that are glued to letters, citations in brackets and strengths such as "4+" are no numbers.
    """
    if _ALONE.fullmatch(text):
        return (_plain(0, len(text), float(text)),)
    folded = fold(text)
    figures = [*_figures(folded, habit), *_ordinals(folded)] if _DIGIT.search(folded) else []
    atoms = [_with_power(folded, atom) for atom in (*figures, *_words(folded))]
    joined = _join(folded, _without_overlaps(atoms) if len(atoms) > 1 else atoms)
    return tuple([_qualified(folded, number) for number in joined])


_ALONE = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
# That a figure begins is looked at first: at most letters of a text none does.
_FIGURE = re.compile(
    r"""(?=\d)(?<![A-Za-z0-9_])(?<![A-Za-z]-)(?<![A-Za-z0-9]\.)(?<!\d[,·'])
    (?: (?P<mixed>\d{1,3}\s(?:[13]/[24]|\d{1,2}/12)(?![\d/]))
      | (?P<comma>\d{1,3}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d\d)+,\d{3})(?![\d,]\d?)
      | (?P<point>[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?)(?!\d)
      | (?P<space>[1-9]\d{0,2}(?:[ ]\d{3})+(?:[.,]\d+)?)(?=\s*(?:/|per\b))
      | (?P<zeros>[1-9]\d{0,2}(?:[ ]000)+)(?!\d)
      | (?P<apostrophe>[1-9]\d{0,2}(?:'\d{3})+)(?!\d)
      | (?P<decimal>\d+[.·]\d+)(?![.]?\d)
      | (?P<comma_decimal>\d+,\d{1,3})(?![,.]?\d)
      | (?P<whole>\d+)
    )(?!\d|\+(?!\s?\d)|(?!x10)[A-Za-z]+\d)""",
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
_CITATION = Pattern(r"\[\s*\d{1,3}(?:\s*[,;-]\s*\[?\d{1,3}\]?){0,40}\s*\]")
_DATE = Pattern(r"(?<!\d)(?:\d{4}-\d\d?-\d\d?|\d\d?[/.]\d\d?[/.](?:\d{4}|\d\d))(?!\d)")
_UNIT_PART = Pattern(
    r"\b(?:mm|cm|m)\s[23](?!\d)|(?<![\d\s])\s?[x×]\s?10\s?[\^(]?\s?\d{1,2}\)?(?=\s?/)",
)
_UNIT_AHEAD = re.compile(
    r"\s?(?:%|‰|[a-zµ]{1,5}\s?/|g\b|mg|kg|mmol|year|month|Jahr|Monat|años|ans\b|[x×]\s?10)", re.IGNORECASE
)


_CLOSED = (_CITATION, _DATE, _UNIT_PART)
_ANY_CLOSED = Pattern("|".join(pattern.template for pattern in _CLOSED))


def _figures(text: str, habit: Habit) -> Iterator[Number]:
    """Numbers in figures; citations, dates and parts of units hold none."""
    open_text = text
    for pattern in _CLOSED if _ANY_CLOSED.may_match(text) else ():
        if pattern.may_match(open_text):
            open_text = pattern.compiled.sub(lambda match: " " * len(match.group()), open_text)
    for match in _FIGURE.finditer(open_text):
        yield from _figure(text, match, habit)


def _figure(text: str, match: re.Match[str], habit: Habit) -> tuple[Number, ...]:
    """One number, or two where a comma without a space only parts them ("patients 2,4 and 5")."""
    start, end, printed = match.start(), match.end(), match.group()
    kind = str(match.lastgroup)
    if kind == "comma_decimal" and not (habit.decimal_comma or _UNIT_AHEAD.match(text, end)):
        left, right = printed.split(",")
        return (_plain(start, start + len(left), float(left)), _plain(end - len(right), end, float(right)))
    grouped = kind == "point" and habit.groups_points(text, printed, end)
    return (_plain(start, end, _value(printed, kind, grouped, habit)),)


def _value(printed: str, kind: str, point_groups: bool, habit: Habit) -> float:
    if kind == "whole":
        return float(printed)
    if kind == "mixed":
        whole, upper, lower = map(int, re.split(r"[\s/]", printed))
        return whole + upper / lower
    if kind == "comma" and habit.decimal_comma and habit.point_groups:
        return float(printed.replace(".", "").replace(",", ".", 1).replace(",", ""))
    if kind == "comma":
        return float(printed.replace(",", ""))
    if kind == "point" and not point_groups and printed.count(".") == 1 and "," not in printed:
        return float(printed)
    if kind == "point":
        return float(printed.replace(".", "").replace(",", "."))
    return float(printed.replace(" ", "").replace("'", "").replace(",", ".").replace("·", "."))


def _plain(start: int, end: int, value: float, kind: Kind = "figure") -> Number:
    return Number(start, end, value, low=value, high=value, kind=kind)


_ORDINAL = re.compile(r"(?=\d)(?<![\w.,-])(\d{1,3})\s?(?:st|nd|rd|th)\b")


def _ordinals(text: str) -> Iterator[Number]:
    for match in _ORDINAL.finditer(text):
        yield _plain(match.start(), match.end(), float(match.group(1)), "ordinal")


def _words(text: str) -> Iterator[Number]:
    for match in WORDS.finditer(text):
        kind, value = word_value(match.group())
        yield _plain(match.start(), match.end(), value, kind)


def _without_overlaps(atoms: list[Number]) -> list[Number]:
    """In order, the longer of two that overlap ("4th" over "4")."""
    kept: list[Number] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start, -atom.end)):
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _with_power(text: str, number: Number) -> Number:
    found = power_at(text, number.end) if number.kind in _COUNTED else None
    return _raised(number, *found) if found else number


def _raised(number: Number, power: int, end: int) -> Number:
    factor = 10.0**power
    return replace(
        number, end=end, value=number.value * factor, low=number.low * factor, high=number.high * factor, power=power
    )


_JOINT = re.compile(
    r"(?P<of>\s+(?:out\s+)?of\s+(?:the\s+|these\s+|our\s+)?|/|\s?:\s?)"
    r"|(?P<to>\s?-\s?|\s+(?:to|through|until)\s+)|(?P<and>\s+and\s+)"
)
_BETWEEN = re.compile(r"\bbetween\s+(?:\w+\s+)?\+?$", re.IGNORECASE)
_CHANGE = re.compile(r"\bfrom\s+[^.;]{0,15}$", re.IGNORECASE)
_SPREAD = re.compile(r"\b(?:rang|var|fluctuat|oscillat)\w*\s+(?:\w+\s+)?from\s+[^.;]{0,15}$", re.IGNORECASE)


def _join(text: str, atoms: list[Number]) -> Iterator[Number]:
    """Bring the two parts of ratios and ranges together."""
    position = 0
    while position < len(atoms):
        first = atoms[position]
        second = atoms[position + 1] if position + 1 < len(atoms) else None
        pair = second and _pair(text, first, second)
        yield pair or first
        position += 2 if pair else 1


def _pair(text: str, first: Number, second: Number) -> Number | None:
    if first.kind not in _COUNTED or second.kind not in _COUNTED:
        return None
    joint = _JOINT.fullmatch(text, first.end, second.start)
    if joint is None:
        return None
    if joint.lastgroup == "of":
        ratio = Number(first.start, second.end, first.value, "=", first.value, second.value, "ratio")
        return ratio if _is_ratio(first, second, joint.group()) else None
    if _is_range(text, first, str(joint.lastgroup)):
        low = _raised(first, second.power, first.end).value if second.power and not first.power else first.value
        if low < second.value:
            middle = (low + second.value) / 2
            return Number(first.start, second.end, middle, "range", low, second.value, first.kind, second.power)
    return None


def _is_ratio(first: Number, second: Number, between: str) -> bool:
    whole = first.value.is_integer() and second.value.is_integer() and not first.power and not second.power
    return whole and (first.value <= second.value or between.strip() in "/:")


def _is_range(text: str, first: Number, joint: str) -> bool:
    """A stretch from low to high; "from 9 to 12" tells of a change unless a word of spread comes before."""
    before = text[max(0, first.start - 40) : first.start]
    if joint == "and":
        return bool(_BETWEEN.search(before))
    return not _CHANGE.search(before) or bool(_SPREAD.search(before))


def _qualified(text: str, number: Number) -> Number:
    if number.qualifier == "range" or number.kind == "ratio":
        return number
    qualifier = qualifier_at(text, number.start, number.end)
    return number if qualifier == number.qualifier else replace(number, qualifier=qualifier)

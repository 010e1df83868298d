"""Amounts of a measured substance: numbers that belong to one of its names, in the unit the topic keeps them in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.letters import fold
from litreview.extract.amounts.numbers import Number, numbers
from litreview.extract.amounts.unit_names import factor, normalise_unit, unit_at, unit_in
from litreview.extract.kept import per_topic
from litreview.model.case import Qualifier
from litreview.model.pattern import Pattern
from litreview.model.topic import Analyte, Topic
from litreview.model.values import dataclass
from litreview.model.vocabulary import any_of, right_edge

__all__ = ["Quantity", "normalise_unit", "quantities", "rivals", "unit_in"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the analyte's unit: `start` to `end` with its printed unit, and where the analyte is named.

    The `value` of a range is its low end. `kind` is "reference" for normal ranges, thresholds, targets and bounds that
    were never crossed: amounts that nobody measured in the patient. Without a name in the text the anchor is empty.
    """

    start: int
    end: int
    value: float
    qualifier: Qualifier
    anchor_start: int
    anchor_end: int
    low: float
    high: float
    kind: Literal["value", "reference"] = "value"


def quantities(
    text: str, analyte: Analyte, habit: Habit, *, rivals: Sequence[str] = (), default_unit: str = ""
) -> tuple[Quantity, ...]:
    """Every amount of the analyte in a text, in order.

    A number counts where one of the analyte's terms comes before it in the clause with none of the `rivals` (names of
    other measured things) between them, or follows it at once. `default_unit` is what a table's header or legend says
    for numbers without a unit; with it, a text without any name (a cell) is read as the analyte's.
    """
    folded = fold(text)
    names = _occurrences(folded, analyte.terms)
    counted = numbers(folded, habit) if names or default_unit else ()
    if not counted:
        return ()
    others = [other for other in _occurrences(folded, rivals) if not any(_within(other, name) for name in names)]
    meant = _meant(_occurrences(folded, analyte.loose), names, others)
    anchors = sorted({*names, *meant})
    found = []
    for number, unit, end in _with_units(folded, counted):
        anchor = _anchor(folded, number, end, anchors, others, bool(default_unit))
        if anchor is not None:
            if not unit and anchor[0] >= end and (behind := unit_at(folded, anchor[1])):
                unit, end = behind  # "2,000 platelets/mm3"
            made = _quantity(folded, number, unit or default_unit, end, anchor, analyte)
            found.append(made and _named(made, meant.get(anchor)))
    return tuple(quantity for quantity in found if quantity)


def _named(quantity: Quantity, name: "Place | None") -> Quantity:
    """A quantity behind a loose word, with the name that the word stands for."""
    return replace(quantity, anchor_start=name[0], anchor_end=name[1]) if name else quantity


def rivals(topic: Topic, analyte: Analyte) -> tuple[str, ...]:
    """Names of everything else that the topic knows to be measured: its other analytes, and the words for that."""
    return _rivals(topic)[analyte.name]


@per_topic
def _rivals(topic: Topic) -> dict[str, tuple[str, ...]]:
    known = topic.vocabularies.get("measured")
    measured = [term for entry in (known.entries if known else ()) for term in entry.terms]
    return {analyte.name: tuple(_other_names(topic, analyte, measured)) for analyte in topic.analytes}


def _other_names(topic: Topic, analyte: Analyte, measured: Sequence[str]) -> Iterator[str]:
    own = {term.lower() for term in analyte.terms}
    others = [term for other in topic.analytes if other.name != analyte.name for term in other.terms]
    return (term for term in (*measured, *others) if term.lower() not in own)


def names_of(analyte: Analyte) -> Pattern:
    """The names of an analyte, plurals too, the longest at each place; to be looked for in a text that is `fold`ed."""
    return _pattern(analyte.terms)


Place = tuple[int, int]


def _occurrences(text: str, terms: Sequence[str]) -> list[Place]:
    """Where any of the terms stands, plurals too, the longest at each place."""
    return [match.span() for match in _pattern(tuple(terms)).finditer(text)] if terms else []


@lru_cache(maxsize=256)
def _pattern(terms: tuple[str, ...]) -> Pattern:
    return Pattern(any_of(sorted(set(terms), key=lambda term: (-len(term), term)), _loose_edge))


def _loose_edge(term: str) -> str:
    """The end of a whole word, also with a plural s and glued to a digit that follows ("Hb8.6")."""
    return r"s?(?![A-Za-z])" if term[-1].isalpha() else right_edge(term)


def _meant(loose: list[Place], names: list[Place], others: list[Place]) -> dict[Place, Place]:
    """The loose words ("the count") before which the analyte was the last thing named, each with that name."""
    found: dict[Place, Place] = {}
    for place in loose:
        before = [name for name in names if name[1] <= place[0]]
        rival = max((other[0] for other in others if other[1] <= place[0]), default=-1)
        if before and before[-1][0] > rival and not any(_within(place, name) for name in (*names, *others)):
            found[place] = before[-1]
    return found


def _within(inner: Place, outer: Place) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


_SHARED = re.compile(
    r"\s*(?:,|and|or|to|then|->|→|-|/|,\s*and|,\s*then|up to|down to|, respectively,?)\s*", re.IGNORECASE
)


def _with_units(text: str, found: Sequence[Number]) -> list[tuple[Number, str, int]]:
    """Each number with its unit and where that ends; "from 142 to 5 × 10^9/L" gives the last unit to both."""
    result: list[tuple[Number, str, int]] = []
    for number in reversed([one for one in found if one.kind in ("figure", "word")]):
        unit, end = _own_unit(text, number)
        if not unit and result and _shares(text, number, result[-1][0]):
            unit = result[-1][1]
        result.append((number, unit, end))
    return result[::-1]


def _own_unit(text: str, number: Number) -> tuple[str, int]:
    after = unit_at(text, number.end)
    if number.power and after and after[0].startswith(("/", "10^")):
        return normalise_unit(f"10^{number.power} {text[number.end : after[1]].strip()}"), after[1]
    return after or (_WITHOUT_VOLUME.get(number.power, ""), number.end)


# The volume may go unprinted; other powers count the cells of a unit or of a graft.
_WITHOUT_VOLUME = {3: "10^9/L", 4: "10^4/µL", 5: "10^5/µL", 9: "10^9/L", 12: "10^12/L"}


# "8.1 g/dL on day 14 and 10.7 g/dL on day 56": the 14 has a unit of its own, in front of it.
_NUMBERED = re.compile(
    r"\b(?:days?|weeks?|wk|months?|years?|age|doses?|infusions?|injections?|cycles?|courses?|visits?|patients?|cases?|grade)"
    r"\s*(?:no\.|number|of)?\s*[+#]?\s*$",
    re.IGNORECASE,
)


def _shares(text: str, number: Number, following: Number) -> bool:
    if number.power or not _SHARED.fullmatch(text[number.end : following.start].replace("+", "")):
        return False
    return not _NUMBERED.search(text, max(0, number.start - 24), number.start)


_BREAK = re.compile(r"[;!?]|\.\s+(?=[A-Z])|\n\n")
_REACH = 90
_BEHIND = re.compile(r"\s+(?:of\s+)?(?:the\s+)?")


def _anchor(text: str, number: Number, end: int, names: list[Place], others: list[Place], cell: bool) -> Place | None:
    """The analyte's name that a number belongs to: before it in the clause, or right after."""
    before = [name for name in names if name[1] <= number.start]
    if before and _in_reach(text, before[-1], number):
        rival = max((other[0] for other in others if other[1] <= number.start), default=-1)
        if rival < before[-1][0]:
            return before[-1]
    for name in names:
        if _BEHIND.fullmatch(text, end, name[0]) and not _has_own(text, name):
            return name
    return (number.start, number.start) if cell and not names and not others else None


def _in_reach(text: str, name: Place, number: Number) -> bool:
    return number.start - name[1] <= _REACH and not _BREAK.search(text, name[1], number.start)


def _has_own(text: str, name: Place) -> bool:
    return bool(re.match(r"\s*(?:count|level|of|was|were|:|=|,)*\s*[<>~(]?\s*\d", text[name[1] :]))


# What may follow a bare number that is an amount: nothing that makes it a number of days, units or doses.
_BARE_END = re.compile(r"\s*(?:[,;.)\]:/(→]|->|$|and\b|on\b|at\b|with\b|before\b|after\b|to\b|in\b)")
_BARE_START = re.compile(
    r"(?:\s|\b(?:counts?|levels?|values?|nadir|concentration|of|was|were|is|at|fell|dropped|rose|to|from|about|only|just|and)\b"
    r"|[:=<>~≤≥(,-]|\d+(?:\.\d+)?)*"
)


def _quantity(text: str, number: Number, unit: str, end: int, anchor: Place, analyte: Analyte) -> Quantity | None:
    if not unit and not (
        number.kind != "word" and _BARE_END.match(text, end) and _BARE_START.fullmatch(text[anchor[1] : number.start])
    ):
        return None
    scale = _scale(number, unit or analyte.unit, bool(unit), analyte)
    if scale is None:
        return None
    low, high = (round(part * scale, 6) for part in (number.low, number.high))
    kind: Literal["value", "reference"] = "reference" if _is_reference(text, number, anchor) else "value"
    return Quantity(number.start, end, low, number.qualifier, anchor[0], anchor[1], low, high, kind)


def _scale(number: Number, unit: str, printed: bool, analyte: Analyte) -> float | None:
    """The factor to the analyte's unit under which the number is plausible, `None` where none does it.

    Tried in turn: as printed; a point that parted thousands where it should not; a bare count that can only be one
    in a microlitre.
    """
    base = factor(unit, analyte)
    if base is None:
        return None
    base /= 10.0**number.power
    tries = [base, base / 1000 if number.value >= 1000 else base]
    if not printed and number.value >= 1000:
        tries.append(factor("/µL", analyte) or base)
    low, high = analyte.plausible
    return next((scale for scale in tries if low <= number.low * scale and number.high * scale <= high), None)


_REFERENCE_BEFORE = Pattern(
    r"\b(?:reference|ref\.|range for|normal (?:range|values?|limits?)|limits? of normal|thresholds?|targets?|targeted"
    r"|goal|triggers?|cut-?off|defin(?:ed|ition|ing)|criteri(?:on|a)|if|unless|aim(?:ed|ing)?|in order to|so as to"
    r"|maintain|in case|transfus\w+ (?:was |were )?(?:given |indicated )?(?:when(?:ever)?|at|for|below))\b[^.;]{0,60}$"
    r"|\(\s*normal\b[^()]{0,20}$",
)
_NEVER = Pattern(
    r"\b(?:no|never|not|without|always|prevent\w*)\b[^.;,]{0,50}(?:\b(?:above|below|exceed\w*|over|under|reach\w*)|[<>])\s*$",
)
_GRADED = re.compile(r"\b(?:response|remission|responder|CR|PR|recovery)\w*\s*\([^()]*$", re.IGNORECASE)
_NORMAL_IN_BRACKET = re.compile(r"\d[^()]{0,12}[(\[]\s*[<>≤≥]?\s*$")


def _is_reference(text: str, number: Number, anchor: Place) -> bool:
    before = text[max(0, min(anchor[0], number.start) - 45) : number.start]
    after_name = text[anchor[1] : number.start]
    if _NEVER.search(before) or _REFERENCE_BEFORE.search(_tail(before)):
        return True
    if number.qualifier in (">", "<") and _GRADED.search(before):
        return True
    return number.qualifier in (">", "<", "range") and bool(_NORMAL_IN_BRACKET.search(after_name))


def _tail(before: str) -> str:
    """The words before a number back to the last full stop, semicolon or closed bracket."""
    return re.split(r"[.;]\s|\)", before)[-1]

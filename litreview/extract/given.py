"""Values as people type them, brought to what the codebook asks for: "5.1 mmol/L", "> 90 %", "4 weeks", "F"."""

import re
from dataclasses import dataclass

from litreview.errors import UsageError
from litreview.extract.amounts.letters import fold
from litreview.extract.amounts.unit_names import factor
from litreview.extract.judge import value_fault
from litreview.extract.timeline.time_units import UNIT, in_days, unit_name
from litreview.model.case import Qualifier, Value
from litreview.model.topic import Attribute, Topic
from litreview.model.words import vocabularies
from litreview.model.written import concept

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d{1,2})?"
_TYPED = re.compile(
    rf"\s*(?P<sign>>=|<=|[<>~≈≥≤±]|(?:about|approx\.?|ca?\.|over|under)\s)?\s*(?P<number>{_NUMBER})"
    rf"(?:\s*(?:-|–|to)\s*(?P<end>{_NUMBER}))?\s*(?P<unit>\S.*?)?\s*",
    re.IGNORECASE,
)
_SIGNS: dict[str, Qualifier] = {">=": ">", "<=": "<", ">": ">", "<": "<", "≥": ">", "≤": "<", "over": ">", "under": "<"}
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}
_THOUSANDS = re.compile(r"[-+]?\d{1,3},\d{3}")


@dataclass(frozen=True, slots=True)
class Given:
    """A value of the attribute's own type and unit (none: empty), with what a number leaves open."""

    values: tuple[Value, ...]
    qualifier: Qualifier = "="


def given(text: str, attribute: Attribute, topic: Topic, *, unit: str = "") -> Given:
    """What a typed value is; `unit` is that of a bare number, where it is not the attribute's own.

    Raises `UsageError` for what the attribute cannot be.
    """
    if not text.strip():
        return Given(())
    if attribute.type in ("number", "integer"):
        return _number(text, attribute, topic, unit)
    if attribute.type == "list":
        items = (item.strip() for item in text.split(";"))
        return Given(tuple(dict.fromkeys(_term(item, attribute, topic) for item in items if item)))
    return Given((_checked(_term(text.strip(), attribute, topic), attribute),))


def _term(text: str, attribute: Attribute, topic: Topic) -> str:
    """The word of the codebook that a text is, by itself or as a whole under another name; else the text."""
    named = {word.casefold(): word for word in attribute.vocabulary}
    if text.casefold() in named:
        return named[text.casefold()]
    if attribute.type == "text":
        return text
    meant = (found.value for known in vocabularies(attribute, topic) if (found := concept(text, known)))
    return next((value for value in meant if not attribute.vocabulary or value in attribute.vocabulary), text)


def _checked(value: str | int | float, attribute: Attribute) -> str | int | float:
    if fault := value_fault(value, attribute):
        allowed = f"one of: {', '.join(attribute.vocabulary)}" if attribute.vocabulary else attribute.definition
        told = f"{value} is not a value of {attribute.name}" if attribute.vocabulary else f"{value} {fault}"
        raise UsageError(told, hint=allowed)
    return value


def _number(text: str, attribute: Attribute, topic: Topic, unit: str) -> Given:
    match = _TYPED.fullmatch(re.sub(r"^\s*(?:day|d)\s*(?=[-+]?\d)", "", fold(text), flags=re.IGNORECASE))
    if match is None:
        raise _no_number(text, attribute)
    low = _figure(match["number"], text, attribute)
    printed = match["unit"] or unit
    value = low * scale_of(printed, attribute, topic) if printed else low
    if attribute.type == "integer":
        if not printed and value != int(value):
            raise _no_number(text, attribute)
        value = round(value)
    else:
        value = round(value, 4)
    return Given((_checked(value, attribute),), _qualifier(match))


def _figure(printed: str, text: str, attribute: Attribute) -> float:
    if _THOUSANDS.fullmatch(printed):
        raise UsageError(
            f"{text!r} can be read in two ways", hint="write a decimal point, and no sign between thousands"
        )
    number = float(printed.replace(",", "."))
    if number - number != 0:  # too large to be a number
        raise _no_number(text, attribute)
    return number


def _qualifier(match: re.Match[str]) -> Qualifier:
    if match["end"]:
        return "range"
    sign = (match["sign"] or "").strip().lower()
    return _SIGNS.get(sign, "~" if sign else "=")


def scale_of(printed: str, attribute: Attribute, topic: Topic) -> float:
    """What turns an amount in the printed unit into the attribute's own."""
    own = attribute.unit
    if _plain(printed) in (_plain(own), _plain(own.split(" ")[0])) or (own.startswith("%") and printed == "%"):
        return 1.0
    if own.split(" ")[0] in _DAYS and re.fullmatch(UNIT, _plain(printed), re.IGNORECASE):
        return in_days(1000.0, unit_name(_plain(printed))) / 1000.0 / _DAYS[own.split(" ")[0]]
    for analyte in _analytes(attribute):
        if (scale := factor(printed, topic.analyte(analyte))) is not None:
            return scale
    raise UsageError(
        f"{printed!r} is not a unit of {attribute.name}", hint=f"give it in {own}" if own else "give the bare number"
    )


def _analytes(attribute: Attribute) -> list[str]:
    named = (getattr(rule, "analyte", "") for rule in attribute.rules)
    return list(dict.fromkeys(name for name in named if name))


def _plain(unit: str) -> str:
    return unit.strip().strip(".()").casefold()


def _no_number(text: str, attribute: Attribute) -> UsageError:
    kind = "whole number" if attribute.type == "integer" else "number"
    unit = f" of {attribute.unit}" if attribute.unit else ""
    return UsageError(f"{text!r} is not a {kind}", hint=f"{attribute.name} is a {kind}{unit}")

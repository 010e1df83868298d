"""Units as they are printed, brought to one name each, and the factors between them."""

import re
from functools import lru_cache

from litreview.extract.amounts.letters import fold
from litreview.model.topic import Analyte

_VOLUMES = {"L": 0, "dL": 1, "mL": 3, "µL": 6, "nL": 9}
_COUNT_NAMES = {0: "/L", 6: "/µL", 9: "10^9/L", 10: "10^4/µL", 11: "10^5/µL", 12: "10^12/L"}
_PREFIXES = {"K": 3, "k": 3, "M": 6, "G": 9, "Gpt": 9, "T": 12, "giga": 9, "thousand": 3, "lakh": 5, "万": 4}
_POWER = r"[x×*·]?\s*10\s*(?:\^|\*\*|[eE])?\s*[(\[{]?\s*(?P<power>\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})\s*[)\]}]?\s*"
_VOLUME = (
    r"(?P<volume>(?i:100\s?ml|dl|deci-?lit(?:er|re)|ml|[uµ]l|mcl|micro-?lit(?:er|re)|nl|l(?:it(?:er|re))?"
    r"|mm\s?\^?[3³]|cu\.?\s?mm|c\.?mm|mmc|cubic\s+millimet(?:er|re)s?))(?![A-Za-z0-9])"
)
_PER = r"\s*(?:/|\bper\s|\bin\s(?=1\s?[uµ]?l))\s*"
_COUNT = re.compile(
    rf"\s*(?:{_POWER}|(?P<prefix>Gpt|giga|[KkMGT]|(?i:thousand|lakh)|万)(?:\s?(?i:cells|platelets))?)?"
    rf"(?:(?i:cells))?{_PER}{_VOLUME}|\s?(?P<bare>K)(?![A-Za-z/])"
)
_MASS = re.compile(
    rf"\s*(?:(?P<percent>(?i:gm?s?|gr))\s?%"
    rf"|(?P<mass>(?i:mmol|[uµ]mol|mg|[uµ]g|ng|pg|kg|gms?|gr|grams?)|g)\.?{_PER}{_VOLUME}"
    rf"|(?P<molar>mM)\b)"
)
_MASSES = {"gm": "g", "gms": "g", "gr": "g", "gram": "g", "grams": "g", "ug": "µg", "umol": "µmol"}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def normalise_unit(words: str) -> str:
    """One name for every way to print a unit; words that are no unit come back as they are, without spaces.

    Counts in a volume become `10^9/L`, `/µL`, `10^4/µL` and so on, amounts become `g/dL`, `mmol/L` and so on.

    >>> normalise_unit("x 10(3)/mm3"), normalise_unit("gm/dl")
    ('10^9/L', 'g/dL')
    """
    folded = fold(words).strip().strip("()[]")
    found = unit_at(folded, 0)
    return found[0] if found else re.sub(r"\s+", "", folded)


def unit_at(text: str, position: int) -> tuple[str, int] | None:
    """The unit printed at a position of folded text, by its one name, and where it ends."""
    if match := _MASS.match(text, position):
        return _mass_name(match), match.end()
    if match := _COUNT.match(text, position):
        return _count_name(match), match.end()
    return None


def unit_in(text: str) -> str:
    """The first unit that stands anywhere in a text, such as a table's header; empty where there is none."""
    folded = fold(text)
    starts = re.finditer(r"(?<![A-Za-z0-9.,])(?=[x×*]?\s?10|[A-Za-zµ万/])|(?=/)", folded)
    return next((found[0] for start in starts if (found := unit_at(folded, start.start()))), "")


def factor(unit: str, analyte: Analyte) -> float | None:
    """What turns an amount in `unit` into the analyte's own unit; `None` where the unit does not fit.

    >>> factor("/µL", Analyte(name="a", unit="10^9/L", terms=(), units={}, plausible=(0, 1)))
    0.001
    """
    name, own = normalise_unit(unit), _known(analyte.unit)
    for printed, value in analyte.units.items():
        if _known(printed) == name:
            return value
    powers = _count_power(name), _count_power(own)
    if powers[0] is None or powers[1] is None:
        return 1.0 if name == own else None
    return float(10.0 ** (powers[0] - powers[1]))


# The units of a topic's analytes are asked of every amount.
_known = lru_cache(maxsize=256)(normalise_unit)


def _mass_name(match: re.Match[str]) -> str:
    if match["percent"]:
        return "g/dL"
    if match["molar"]:
        return "mmol/L"
    mass = match["mass"].lower()
    return f"{_MASSES.get(mass, mass)}/{_volume(match['volume'])}"


def _count_name(match: re.Match[str]) -> str:
    if match["bare"]:
        return _COUNT_NAMES[9]
    power = int((match["power"] or "0").translate(_RAISED))
    prefix = match["prefix"] or ""
    power += _PREFIXES.get(prefix, _PREFIXES.get(prefix.lower(), 0))
    total = power + _volume_power(power, match["volume"])
    return _COUNT_NAMES.get(total, f"10^{total}/L")


def _volume_power(power: int, printed: str) -> int:
    """The power that the volume adds; no blood holds 10^9 cells in a microlitre, or so few as 10^3 in a litre."""
    if power >= 9:
        return 0
    return 6 if power in (3, 4) else _VOLUMES[_volume(printed)]


def _count_power(name: str) -> int | None:
    for power, known in _COUNT_NAMES.items():
        if name == known:
            return power
    match = re.fullmatch(r"10\^(\d+)/L", name)
    return int(match.group(1)) if match else None


def _volume(printed: str) -> str:
    plain = re.sub(r"[\s.^-]", "", printed.lower())
    if plain in ("dl", "100ml", "deciliter", "decilitre"):
        return "dL"
    if plain in ("l", "liter", "litre"):
        return "L"
    return {"ml": "mL", "nl": "nL"}.get(plain, "µL")

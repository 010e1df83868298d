"""What the parts of a header are called once it is cut: each with what both share."""

import re

from litreview.extract.amounts.unit_names import unit_in
from litreview.extract.tables.cuts import cut
from litreview.extract.tables.table_words import TableWords

BRACKET_HEADER = re.compile(r"\s*([^()]*[^()\s])\s*\(([^()]+)\)\s*")


def names_of(masked: str, header: str, separator: re.Pattern[str], words: TableWords) -> tuple[str, ...]:
    """The header's parts; a tail's parts share what comes before it ("DAT (IgG/C3d)")."""
    names = _with_units(header, separator) or tuple(header[a:b].strip() for a, b in cut(masked, separator))
    if len(names) == 2:
        return _timed(*_sided(names[0], _numbered(*names), words))
    tail = BRACKET_HEADER.fullmatch(header)
    if len(names) == 1 and tail:
        before, inner = tail.groups()
        return tuple(f"{before} {inner[begin:end].strip()}" for begin, end in cut(inner, separator))
    return names


_UNITS = re.compile(r"(?P<names>[^()]+?)\s*\((?P<units>[^()]*)\)\s*")


def _with_units(header: str, separator: re.Pattern[str]) -> tuple[str, ...]:
    """ "Plt/Hb (G/L; g/dL)": the units in brackets belong to the parts in turn."""
    match = _UNITS.fullmatch(header)
    units = re.split(r"\s*[;,]\s*", match["units"]) if match else []
    if not match or len(units) < _LEAST_UNITS or not all(unit_in(unit) for unit in units):
        return ()
    names = [match["names"][begin:end].strip() for begin, end in cut(match["names"], separator)]
    return (
        tuple(f"{name} ({unit})" for name, unit in zip(names, units, strict=True)) if len(names) == len(units) else ()
    )


_LEAST_UNITS = 2


def _numbered(first: str, second: str) -> str:
    """ "Response at week 4/12": the second number shares what comes before the first."""
    head = re.fullmatch(r"(.*\D)\d{1,3}", first)
    return f"{head.group(1)}{second}" if head and re.fullmatch(r"\d{1,3}", second) else second


def _sided(first: str, second: str, words: TableWords) -> tuple[str, str]:
    """ "ABO, D" and "R" share "ABO"; "Donor" and "recipient ABO" too."""
    *before, left = re.split(r"\s+", first)
    right, *after = re.split(r"\s+", second)
    if not (words.heads("side", left.strip(",:")) and words.heads("side", right)):
        return first, second
    shared = " ".join((*before, "{}", *after))
    return (shared.format(left), shared.format(right)) if before or after else (first, second)


_TIME_TAIL = re.compile(r"\S+(\s+(?:at|before|prior\s+to)\s+.+)", re.IGNORECASE | re.DOTALL)


def _timed(first: str, second: str) -> tuple[str, str]:
    """ "Hb / PLT at start": the time holds for both."""
    tail = _TIME_TAIL.fullmatch(second)
    return (first + tail.group(1), second) if tail and len(first.split()) == 1 else (first, second)


_MEASURE = re.compile(
    r"(?:in\s+)?(?:(?:days?|d|weeks?|wks?|months?|mos?|years?|yrs?)(?:\s+(?:from|after|since|post)\b.*)?|dates?|time\s*\([^()]*\)"
    r"|n|nos?\.?|number|times|doses?|infusions?|injections?|cycles?)",
    re.IGNORECASE,
)
_MORE_IN_IT = re.compile(r"\s*[:(].*", re.DOTALL)


def in_context(names: tuple[str, ...], outer: str) -> tuple[str, ...]:
    """ "Response (day; doses)": a part that only says how something is measured is named with what that is."""
    first = outer if outer and _MEASURE.fullmatch(names[0]) else names[0]
    contexts = (outer, *([_MORE_IN_IT.sub("", first) or first] * (len(names) - 1)))
    return tuple(
        f"{context} ({name})" if context and _MEASURE.fullmatch(name) else name
        for name, context in zip(names, contexts, strict=True)
    )

"""What stands around a number to say that it is a bound or an estimate."""

import re

from litreview.model.case import Qualifier

_ARTICLE = r")\s*(?:an?\s+|the\s+)?[+(]?$"
_BEFORE: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "<",
        re.compile(
            r"(?:[<≤]=?|\b(?:(?:no|not) more than|less than|fewer than|lower than|smaller than|below|under|up to"
            r"|at most|a maximum of|not exceeding|within)" + _ARTICLE,
            re.IGNORECASE,
        ),
    ),
    (
        ">",
        re.compile(
            r"(?:[>≥]=?|\b(?:(?:no|not) less than|more than|greater than|higher than|longer than|at least|over|above"
            r"|exceed(?:s|ed|ing)?|superior to|a minimum of|well over|beyond)" + _ARTICLE,
            re.IGNORECASE,
        ),
    ),
    (
        "~",
        re.compile(
            r"(?:~|±|\b(?:about|approximately|around|roughly|nearly|almost|some|close to|an estimated|circa)"
            r"|\b(?:approx|ca)\.?" + _ARTICLE,
            re.IGNORECASE,
        ),
    ),
)
# With one of these every expression above ends, but for an article or a sign.
_ENDS = (
    *("<", "≤", "=", ">", "≥", "~", "±"),
    *("than", "below", "under", "up to", "most", "maximum of", "exceeding", "within", "least", "over", "above"),
    *("exceed", "exceeds", "exceeded", "superior to", "minimum of", "beyond", "about", "approximately", "around"),
    *("roughly", "nearly", "almost", "some", "close to", "estimated", "circa", "approx", "approx.", "ca", "ca."),
    *(" a", " an", " the"),
)
_AFTER = re.compile(
    r"\s?(?:%\s?)?or (?:(?P<more>more|higher|greater|above|longer)|less|lower|fewer|below)\b", re.IGNORECASE
)


def qualifier_at(text: str, start: int, end: int) -> Qualifier:
    """What the words around `start` to `end` make of the number there: "over a year" is ">".

    >>> qualifier_at("at least 12 g/dL", 9, 11)
    '>'
    """
    before = text[max(0, start - 30) : start]
    if before.rstrip("+(").rstrip().lower().endswith(_ENDS):
        for qualifier, pattern in _BEFORE:
            if pattern.search(before):
                return qualifier
    if match := _AFTER.match(text, end):
        return ">" if match["more"] else "<"
    return "="

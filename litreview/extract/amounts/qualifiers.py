"""What stands around a number to say that it is a bound or an estimate."""

import re

from litreview.model.case import Qualifier

_SIGNS: dict[Qualifier, str] = {"<": "[<≤]=?", ">": "[>≥]=?", "~": "[~±]"}
_WORDS: dict[Qualifier, tuple[str, ...]] = {
    "<": (
        *("no more than", "not more than", "less than", "fewer than", "lower than", "smaller than", "below", "under"),
        *("up to", "at most", "a maximum of", "not exceeding", "within"),
    ),
    ">": (
        *("no less than", "not less than", "more than", "greater than", "higher than", "longer than", "at least"),
        *("over", "above", "exceed", "exceeds", "exceeded", "exceeding", "superior to", "a minimum of", "well over"),
        "beyond",
    ),
    "~": (
        *("about", "approximately", "around", "roughly", "nearly", "almost", "some", "close to", "an estimated"),
        *("circa", "approx", "approx.", "ca", "ca."),
    ),
}
_BEFORE = {
    qualifier: re.compile(
        rf"(?:{_SIGNS[qualifier]}|\b(?:{'|'.join(map(re.escape, words))}))\s*(?:an?\s+|the\s+)?[+(]?$", re.IGNORECASE
    )
    for qualifier, words in _WORDS.items()
}
# Few numbers stand behind a text that ends with any of these; only there is it searched.
_ENDS = (*"<≤=>≥~±", "a", "an", "the", *(phrase for words in _WORDS.values() for phrase in words))
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
        for qualifier, pattern in _BEFORE.items():
            if pattern.search(before):
                return qualifier
    if match := _AFTER.match(text, end):
        return ">" if match["more"] else "<"
    return "="

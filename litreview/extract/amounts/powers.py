"""Powers of ten behind a number, in all the ways in which journals and text layers print or lose them."""

import re

# "10^9", "10(9)", "10E9", "10 9 /L", a superscript that was lost ("109") and one that was typed twice ("10 109").
_POWER = re.compile(
    r"""\s*[x×*·]\s*10(?:
        \s*(?:\^|\*\*|[eE]|[(\[{])\s*\+?(?P<marked>\d{1,2})[)\]}]?
      | (?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})
      | \s+10\s?\^?(?P<twice>[3-9]|1[0-2])(?=\s*/)
      | \s?(?P<lost>[3-9]|1[0-2])(?!\d|[.,]\d|\s*mg|\s*%)
    )|[eE]\+?(?P<short>\d{1,2})\b""",
    re.VERBOSE,
)
_WORDS = re.compile(r"\s?(?:([万萬])|(lakhs?|lacs?)\b|(thousand)\b|(million)\b|(billion)\b)", re.IGNORECASE)
_WORD_POWERS = (4, 5, 3, 6, 9)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def power_at(text: str, position: int) -> tuple[int, int] | None:
    """The power of ten printed at a position, where a number ends, and where the power ends.

    >>> power_at("9 x 103/µl", 1)
    (3, 7)
    """
    if match := _POWER.match(text, position):
        return int(match[str(match.lastgroup)].translate(_PLAIN)), match.end()
    if match := _WORDS.match(text, position):
        return _WORD_POWERS[(match.lastindex or 1) - 1], match.end()
    return None

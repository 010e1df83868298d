"""Numbers that are written in words."""

import re
from typing import Literal

from litreview.model.pattern import Pattern

# fmt: off
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINAL_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)
# fmt: on
_CARDINALS = {word: float(value) for value, word in enumerate(_UNITS)} | {w: float(v) for w, v in _TENS.items()}
_ORDINALS = {word: float(value) for value, word in enumerate(_ORDINAL_UNITS, 1)} | {"thirtieth": 30.0}
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_Kind = Literal["word", "ordinal", "times"]
# Most numbers are a single word.
_SINGLE: dict[str, tuple[_Kind, float]] = {
    **{word: ("word", value) for word, value in _CARDINALS.items()},
    **{word: ("ordinal", value) for word, value in _ORDINALS.items()},
    **{word: ("times", value) for word, value in _TIMES.items()},
}
_WHOLE = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_CARDINAL = rf"(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_UNITS[1:10])})|{_WHOLE}"
_LETTERS = "".join(sorted({word[0] for word in ("a", "half", *_CARDINALS, *_ORDINALS, *_TIMES)}))
_HALF = r"[\s-]+and[\s-]+(?:an?|one)[\s-]+half"

# The first letters are looked at first: `re` tries one way after the other wherever a word begins.
WORDS = Pattern(
    rf"(?<![\w])(?=[{_LETTERS}])(?:an?[\s-]+half(?=\s+(?:year|month|day|week))|half(?=\s+an?\s)"
    rf"|(?:a|one)\s+hundred(?:\s+and\s+(?:{_CARDINAL}))?"
    rf"|an?\s+dozen|a\s+single|single(?=[\s-]+(?:dose|infusion|injection|administration|cycle|course))"
    rf"|(?:(?:{'|'.join(_TENS)})[\s-])?(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    rf"|(?:{_CARDINAL})(?:{_HALF})?|{'|'.join(_TIMES)})(?!\w)"
)


def word_value(words: str) -> tuple[_Kind, float]:
    """The kind and value of words that `WORDS` matched.

    >>> word_value("two and a half")
    ('word', 2.5)
    """
    if words.lower() in _SINGLE:
        return _SINGLE[words.lower()]
    plain = re.sub(r"\ban (?=half|dozen)", "a ", re.sub(r"[\s-]+", " ", words.lower()).strip())
    last = plain.rsplit(" ", 1)[-1]
    if last in _ORDINALS and plain != "a half":
        return "ordinal", _ORDINALS[last] + _CARDINALS.get(plain.partition(" ")[0], 0.0) * (" " in plain)
    return "word", _cardinal(plain)


def _cardinal(plain: str) -> float:
    if plain in ("half", "a half"):
        return 0.5
    if plain in ("a single", "single"):
        return 1.0
    if plain == "a dozen":
        return 12.0
    half = 0.5 if plain.endswith("half") else 0.0
    hundred = 100.0 if "hundred" in plain else 0.0
    rest = re.sub(r"\band (?:a|one) half$|\b(?:a|one) hundred(?: and)?", "", plain).split()
    return sum(_CARDINALS[word] for word in rest) + half + hundred

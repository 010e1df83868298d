"""Journals and proceedings as they are compared: one name may be short for the other."""

import re
from functools import lru_cache
from itertools import product
from typing import Literal

from rapidfuzz.fuzz import ratio

from litreview.dedupe.words import abbreviates, plain

Naming = Literal["same", "part", "other", "unknown"]

_SMALL = {
    "of", "the", "and", "in", "for", "on", "a", "an", "at", "to", "its", "with", "der", "die", "das", "fur", "und",
    "des", "de", "du", "la", "le", "les", "et", "el", "los", "las", "y", "di", "dei", "e", "do",
    "proceedings", "proc", "vol", "vols", "volume", "annual",
}  # fmt: skip
_NUMBER = re.compile(r"(?:\d+(?:st|nd|rd|th)?)")
_NAMES = re.compile(r"[.,;\s]*\bconference(?:\s+(?:publication|start))?\s*:\s*|\s*[=\[\]]\s*|\s/\s", re.I)
_SUBTITLE = re.compile(r"\s*[:;(/].*", re.DOTALL)
_MISPRINT = 90
_ENOUGH = 3  # words that name a journal or meeting, whatever section or motto follows
_ORDER: tuple[Naming, ...] = ("same", "part", "other", "unknown")


def naming(one: str, other: str) -> Naming:
    """Whether two journals are one: the same words, or the one short for the other, word by word or by initials.

    `part` is a name within the other, such as a journal and its supplement, or "Neurology" and "Archives of Neurology".
    """
    return _naming(*sorted((one, other)))


@lru_cache(maxsize=262_144)
def _naming(one: str, other: str) -> Naming:
    """Where an entry holds several names, a translation or the meeting whose abstracts were printed, any will do."""
    pairs = product(filter(None, _NAMES.split(one)), filter(None, _NAMES.split(other)))
    return min((_one_name(*pair) for pair in pairs), key=_ORDER.index, default="unknown")


def _one_name(one: str, other: str) -> Naming:
    left, right = _words(one), _words(other)
    if not left or not right:
        return "unknown"
    if left == right or ratio("".join(left), "".join(right)) >= _MISPRINT:
        return "same"
    short, long = sorted((left, right), key=lambda words: (len(words), sum(map(len, words)), words))
    if len(short) == len(long):
        return "same" if all(_one_word(*pair) for pair in zip(short, long, strict=True)) else "other"
    if _initials(short, long) or (
        len(short) >= _ENOUGH and all(_one_word(*pair) for pair in zip(short, long, strict=False))
    ):
        return "same"
    rest = iter(long)
    return "part" if all(any(_one_word(word, each) for each in rest) for word in short) else "other"


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    bare = _SUBTITLE.sub("", name) if len(_SUBTITLE.sub("", name)) > 2 else name
    words = [word for word in plain(bare).split() if not _NUMBER.fullmatch(word)]
    return tuple(word for word in words if word not in _SMALL) or tuple(words)


def _one_word(one: str, other: str) -> bool:
    return abbreviates(one, other) or abbreviates(other, one)


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the short name, or its first word, is made of the first letters of the long one."""
    letters = "".join(word[0] for word in long)
    return len(short[0]) >= 3 and (short[0] == letters or (len(short) == 1 and letters.startswith(short[0])))

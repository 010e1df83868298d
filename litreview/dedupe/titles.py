"""Titles as they are compared: without what an index adds, and told apart from replies and corrections to them."""

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_sort_ratio

from litreview.dedupe.notices import Kind, kind_of
from litreview.dedupe.words import plain

Likeness = Literal["same", "alike", "part", "near", "other", "unknown"]

_ALIKE = 95  # percent of letters: a misprint or two
_NEAR = 75  # may be a shortened or freely translated title
_MOST = 0.5  # of a title's letters: what is left of it still names it
_LONG = 40  # letters of a beginning that name a title by themselves, however long it goes on
_SHORT = 12  # letters without which the beginning of a title says too little
_MISPRINT = 80  # percent of letters that two spellings of the same words share at least

_FLAG = re.compile(r"^\W*(?:retracted|withdrawn)(?:\s+article)?\s*:\s*", re.I)
_TRANSLATED = re.compile(r"^\W*\[(.{15,}?)\]([^\w\[]*(?:\[[^\]]*\]?\W*)*)$")
_ADDED = re.compile(r"(?<=.{12})\s*\[[^\[\]]*\]?\]?\W*$")
_ADDED_NOTE = re.compile(r"\s*\((?:multiple letters|letters?|abstract|review|author['’]?s['’]? transl\.?)\)\W*$", re.I)
_SUBTITLE = re.compile(r"\s[\-–—]+\s|[:;?!]\s|\.\s+(?=[A-Z])")
_PARTS = {"part", "section", "chapter", "no", "number"}
_ROMAN = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its words, the same in one row, what stands before a subtitle, and the numbers in it.

    `telling` says that it is more than "Editorial"; a `kind` that it is about another report of that title.
    """

    words: str
    key: str
    main: str
    numbers: tuple[str, ...]
    kind: Kind
    telling: bool


def title(text: str) -> Title:
    """The title, plain enough to be compared."""
    kind, bare = kind_of(_without_additions(text))
    words = plain(bare)
    if not words:
        kind, words = "", plain(text)
    key = words.replace(" ", "")
    main = plain(_SUBTITLE.split(bare, maxsplit=1)[0])
    return Title(
        words=words,
        key=key,
        main=main.replace(" ", "") if len(main) >= _SHORT and main != words else "",
        numbers=tuple(sorted(filter(_is_number, words.split()))),
        kind=kind,
        telling=_telling(words),
    )


def likeness(one: Title, other: Title) -> tuple[Likeness, float]:
    """How alike two titles are, in a word and between 0 and 1; other numbers are never a misprint."""
    if not one.key or not other.key:
        return "unknown", 0.0
    if one.key == other.key:
        return "same", 1.0
    letters = ratio(one.key, other.key)
    if letters < _ALIKE:
        letters = max(letters, token_sort_ratio(one.words, other.words))
    share = letters / 100
    spelling = one.numbers == other.numbers and _misprinted(one, other)
    if letters >= _ALIKE and spelling:
        return "alike", share
    if _is_part(one, other) or (spelling and _is_cut(one, other)):
        return "part", max(share, 0.9)
    return ("near" if letters >= _NEAR else "other"), share


def is_sequel(one: Title, other: Title) -> bool:
    """Whether one only adds that it is a second part; in one place the number is a footnote's."""
    short, long = sorted((one.words, other.words), key=len)
    rest = long.removeprefix(short).split()
    return long.startswith(short) and bool(rest) and all(_is_number(word) or word in _PARTS for word in rest)


def _without_additions(text: str) -> str:
    """Without the brackets of a translated title, and without what an index adds in brackets behind it."""
    bare = _FLAG.sub("", text.strip())
    if translated := _TRANSLATED.match(bare):
        bare = translated.group(1)
    while (shorter := _ADDED_NOTE.sub("", _ADDED.sub("", bare))) != bare:
        bare = shorter
    return bare


def _is_number(word: str) -> bool:
    return word in _ROMAN or any(map(str.isdigit, word))


def _telling(words: str) -> bool:
    """Enough to go by; a sign of Chinese, Japanese or Korean says as much as three letters."""
    return len(words.split()) >= 5 or sum(3 if letter >= "\u2e80" else 1 for letter in words) >= 25


def _misprinted(one: Title, other: Title) -> bool:
    """Whether the words that only one of them has are spellings of each other: "women" is none of "men"."""
    left, right = one.words.split(), other.words.split()
    alone = "".join(word for word in left if word not in right)
    against = "".join(word for word in right if word not in left)
    if not alone or not against or ratio(alone, against) >= _MISPRINT:
        return True
    return OSA.distance(one.key, other.key, score_cutoff=1) <= 1


def _is_part(one: Title, other: Title) -> bool:
    """Whether one is the other without its subtitle, or most of the other: cut off, or without a heading before it."""
    short, long = sorted((one, other), key=lambda each: len(each.key))
    if short.key == long.main or (len(short.key) >= _LONG and long.key.startswith(short.key)):
        return True
    most = len(short.key) >= max(_SHORT, _MOST * len(long.key))
    return most and (long.key.startswith(short.key) or long.key.endswith(short.key))


def _is_cut(one: Title, other: Title) -> bool:
    """The same with a misprint or two."""
    short, long = sorted((one, other), key=lambda each: len(each.key))
    size = len(short.key)
    if size >= 2 * _SHORT and ratio(short.key, long.main) >= _ALIKE:
        return True
    if size < max(3 * _SHORT, _MOST * len(long.key)):
        return False
    return max(ratio(short.key, long.key[:size]), ratio(short.key, long.key[-size:])) >= _ALIKE

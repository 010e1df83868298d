"""What a text must hold for a regular expression to match it: sets of letter groups, of each of which it needs one.

The idea is that of trigram indexes for code search (Cox 2012, swtch.com/~rsc/regexp/regexp4.html): a pattern is read
into the literal words it cannot do without, and a text that lacks them need not be searched.

Texts and patterns are compared in a plain form: letters a-z without case, digits, and one blank for everything else.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Need = frozenset[bytes]
Words = frozenset[str]
Named = Callable[[str], Words]

SIZES = (2, 3, 4, 5)
_MOST_WORDS = 64  # more are not multiplied with what stands beside them
_MOST_NEEDS = 4
_BOUNDARY = "|"
_PLAIN = bytes(
    code if chr(code) in "abcdefghijklmnopqrstuvwxyz0123456789" else ord(chr(code).lower()) if 65 <= code <= 90 else 32
    for code in range(256)
)
# Letters beyond ASCII that `re.IGNORECASE` takes for one of ASCII: dotless and dotted i, long s, the Kelvin sign.
_FOLDED = {0x131: "i", 0x130: "i", 0x17F: "s", 0x212A: "k"}
_TO_FOLD = re.compile("[\u0131\u0130\u017f\u212a]")


@lru_cache(maxsize=512)
def grams(text: str) -> frozenset[bytes]:
    """All letter groups of a text's plain form."""
    form = plain(text)
    return frozenset([form[start : start + size] for size in SIZES for start in range(len(form) - size + 1)])


def plain(text: str) -> bytes:
    """Letters a-z and digits, with a blank for every stretch of anything else and at both ends.

    >>> plain("Anti-CD38 (IgG)")
    b' anti cd38 igg '
    """
    if not text.isascii():
        text = _TO_FOLD.sub(lambda match: _FOLDED[ord(match.group())], text)
    return b" " + b" ".join(text.encode("ascii", "replace").translate(_PLAIN).split()) + b" "


def needs(pattern: str, named: Named | None = None) -> tuple[Need, ...]:
    """Letter groups without which the pattern matches no text: one of each set; nothing where none can be told.

    Holds for a search of the whole text without regard to case. `named` says for a letter of Unicode's last planes
    which words it stands for in the pattern.
    """
    exact, found = _sequence(_parser.parse(pattern, re.IGNORECASE), named or (lambda letter: frozenset()))
    sets = dict.fromkeys(need for words in (*found, *((exact,) if exact else ())) if (need := _need(words)))
    return tuple(sorted(sets, key=len)[:_MOST_NEEDS])


@lru_cache(maxsize=16384)
def words_in(pattern: str) -> Words:
    """The words of which a match of the pattern holds one; empty where none can be told."""
    exact, found = _sequence(_parser.parse(pattern, re.IGNORECASE), lambda letter: frozenset())
    return _best([*found, *((exact,) if exact else ())])


def _best(found: Iterable[Words]) -> Words:
    """The set that tells most: whose shortest word is longest."""
    known = [words for words in found if _need(words)]
    return max(known, key=lambda words: (min(SIZES[-1], *map(_length, words)), -len(words)), default=frozenset())


def _length(words: str) -> int:
    return len(_settled(words))


@lru_cache(maxsize=4096)
def _need(words: Words) -> Need:
    """One letter group for each of the words; empty where one of them is too short to have any."""
    settled = {_settled(one) for one in words}
    if not settled or min(map(len, settled)) < SIZES[0]:
        return frozenset()
    return frozenset(_rarest(one).encode() for one in settled)


_COMMON = " eainotrsldc"


def _rarest(word: str) -> str:
    size = min(len(word), SIZES[-1])
    groups = [word[start : start + size] for start in range(len(word) - size + 1)]
    return min(groups, key=lambda group: sum(map(_COMMON.__contains__, group)))


def _settled(word: str) -> str:
    """The longest part of a word whose boundaries are known to be blanks: beside a letter or digit they are."""
    known = re.sub(r"\|+(?=[a-z0-9])|(?<=[a-z0-9])\|+", " ", word)
    return max((re.sub(" +", " ", part) for part in known.split(_BOUNDARY)), key=len)


_Read = tuple[Words | None, list[Words]]


def _sequence(items: Iterable[tuple[Any, Any]], named: Named) -> _Read:
    """All words that a sequence may be, or `None` and the sets of words of each of which it holds one."""
    current, whole, found = frozenset({""}), True, list[Words]()
    for code, value in items:
        exact, inner = _item(code, value, named)
        found += inner
        if exact is not None and len(current) * len(exact) <= _MOST_WORDS:
            current = frozenset(first + second for first, second in product(current, exact))
        else:
            found.append(current)
            current, whole = exact or frozenset({""}), False
    return (current, found) if whole else (None, [*found, current])


def _item(code: Any, value: Any, named: Named) -> _Read:
    if code is op.LITERAL:
        letter = chr(value)
        return (None, [named(letter)]) if _stands_in(letter) else (frozenset({_letter(letter)}), [])
    if code is op.IN:
        return _class(value), []
    if code is op.BRANCH:
        return _branch([_sequence(one, named) for one in value[1]])
    if code is op.SUBPATTERN:
        return _sequence(value[-1], named)
    if code is op.ATOMIC_GROUP:
        return _sequence(value, named)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, items = value
        return _repeat(least, most, items, named)
    return _without_width(code, value, named)


def _without_width(code: Any, value: Any, named: Named) -> _Read:
    if code is op.AT:
        return frozenset({_BOUNDARY if value is op.AT_BOUNDARY else ""}), []
    if code is op.ASSERT:
        exact, found = _sequence(value[1], named)
        return frozenset({""}), [*found, *((exact,) if exact else ())]
    if code is op.ASSERT_NOT:
        return frozenset({" " if _excludes_letters(value[1]) else ""}), []
    return None, []


_LETTERS = [list(_parser.parse(letters)) for letters in ("[A-Za-z0-9]", r"\w", r"[\w]")]


def _excludes_letters(items: Any) -> bool:
    return list(items) in _LETTERS


def _stands_in(letter: str) -> bool:
    return letter >= "\U000f0000"


def _letter(letter: str) -> str:
    return plain(letter).decode().strip() or " "


def _class(members: list[tuple[Any, Any]]) -> Words | None:
    """The letters of a class, all separators as one blank; `None` where there are many or other ones."""
    found = set()
    for code, value in members:
        if code is op.LITERAL and not _stands_in(chr(value)):
            found.add(_letter(chr(value)))
        elif code is op.CATEGORY and value is op.CATEGORY_SPACE:
            found.add(" ")
        else:
            return None
    return frozenset(found)


def _branch(ways: list[_Read]) -> _Read:
    exact = frozenset[str]().union(*(one for one, _ in ways if one is not None))
    if all(one is not None for one, _ in ways):
        return exact, []
    best = [_best([*found, *((one,) if one else ())]) for one, found in ways]
    return None, [frozenset().union(*best)] if all(best) else []


def _repeat(least: int, most: int, items: Any, named: Named) -> _Read:
    exact, found = _sequence(items, named)
    blank = exact == frozenset({" "})
    if exact is not None and (most == 1 or blank):
        return exact if least else exact | {""}, []
    if least == 0:
        return None, []
    return None, [*found, *((exact,) if exact else ())]

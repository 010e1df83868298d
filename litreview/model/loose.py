"""Looser expressions for RE2, which match wherever a pattern does and seldom elsewhere: a quick look before the search.

RE2 reads a text once, however many patterns it looks for, but knows no look-around and no back reference. Where a
pattern asks for such things the looser expression does not. Texts are compared in a plain form, of ASCII alone.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Named = Callable[[str], str]

ANYTHING = ""
_COPIES = 4  # "up to 60 letters" is any number of them: nearly as rare, and much less to keep in mind
_OTHER = "?"
# Every blank beyond ASCII: replaced one by one they take less time than one expression for all of them.
_BLANKS = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
# Letters beyond ASCII that `re.IGNORECASE` takes for one of ASCII: dotted and dotless i, long s, the Kelvin sign.
_ODD = (0x130, 0x131, 0x17F, 0x212A)
_FOLDED = tuple(map(chr, _ODD))


# Many patterns are asked of one sentence or cell, one after another.
@lru_cache(maxsize=2048)
def plain(text: str) -> bytes | None:
    """A text as long as before, with a blank for every blank beyond ASCII and "?" for whatever else is.

    The underscore is "?" too, so that words end where letters and figures do. `None` for a text that may match what
    its plain form does not.

    >>> plain("Anti–CD38_µg")
    b'Anti?CD38??g'
    """
    if not text.isascii():
        if any(letter in text for letter in _FOLDED):
            return None
        for blank in _BLANKS:
            text = text.replace(blank, " ")
    return text.replace("_", _OTHER).encode("ascii", "replace")


def loose(pattern: str, named: Named | None = None, *, edges: bool = True) -> str:
    """An expression for RE2, without regard to case, that matches the plain form of all that the pattern matches.

    `named` says for a letter of Unicode's last planes which loose expression it stands for in the pattern. Without
    `edges` it also matches a longer text, whatever stands around what the pattern matches. Empty, so that it matches
    anything, where the pattern cannot be read.
    """
    parsed = _parser.parse(pattern, re.IGNORECASE)
    try:
        _refuse(parsed.state.flags & ~_FLAGS)
        return _Reader(named or (lambda letter: ANYTHING), edges).sequence(parsed, last=True)
    except _UnknownError:
        return ANYTHING


_FLAGS = re.IGNORECASE | re.UNICODE | re.VERBOSE


class _UnknownError(Exception):
    """A part of a pattern that is not known here."""


def _refuse(unknown: object) -> None:
    if unknown:
        raise _UnknownError


_Item = tuple[Any, Any]
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class _Reader:
    """Reads a parsed pattern; `last` says whether nothing stands behind a part of it."""

    def __init__(self, named: Named, edges: bool) -> None:
        self._named = named
        self._edges = edges

    def sequence(self, items: Iterable[_Item], *, last: bool = False) -> str:
        known = _listed(items)
        end = len(known) - 1
        return "".join(
            (self._edges and _edge(known, place)) or self._item(*item, last=last and place == end)
            for place, item in enumerate(known)
        )

    def _item(self, code: Any, value: Any, *, last: bool) -> str:
        if code is op.LITERAL:
            return self._named(chr(value)) if _stands_in(value) else _class(_letters(((code, value),)))
        if code is op.NOT_LITERAL:
            return _class(_letters(((op.NEGATE, None), (op.LITERAL, value))))
        if code is op.ANY:
            return r"[^\n]"
        if code is op.IN:
            return self._one_of(value)
        if code is op.BRANCH:
            return f"(?:{'|'.join(self.sequence(way, last=last) for way in value[1])})"
        if code is op.SUBPATTERN:
            return self._group(value, last=last)
        if code is op.ATOMIC_GROUP:
            return f"(?:{self.sequence(value, last=last)})"
        if code in _REPEATS:
            return self._repeat(*value)
        if code is op.GROUPREF:
            return r"[\x00-\x7f]*"
        return self._without_width(code, value, last=last)

    def _one_of(self, members: list[_Item]) -> str:
        names = [value for code, value in members if code is op.LITERAL and _stands_in(value)]
        letters = _class(_letters(tuple(member for member in members if member[1] not in names)))
        ways = [self._named(chr(name)) for name in names] + ([letters] if letters else [])
        return f"(?:{'|'.join(ways)})" if names else letters

    def _group(self, value: Any, *, last: bool) -> str:
        _, added, dropped, items = value
        _refuse((added | dropped) & ~re.IGNORECASE)
        case = "-i" if dropped & re.IGNORECASE else "i" if added & re.IGNORECASE else ""
        return f"(?{case}:{self.sequence(items, last=last)})"

    def _repeat(self, least: int, most: int, items: Iterable[_Item]) -> str:
        times = f"{min(least, _COPIES)}," if most > _COPIES else f"{least},{most}"
        return f"(?:{self.sequence(items)}){{{times}}}"

    def _without_width(self, code: Any, value: Any, *, last: bool) -> str:
        if code is op.AT:
            return "" if not self._edges else _PLACES.get(value, r"\n?$" if value is op.AT_END and last else "")
        if code is op.ASSERT_NOT:
            return ""
        _refuse(code is not op.ASSERT)
        # What is only looked at ahead may as well be read where nothing else is to be read there.
        ahead, items = value[0] > 0, value[1]
        return f"(?:{self.sequence(items, last=last)})" if ahead and last else ""


_PLACES = {op.AT_BEGINNING: "^", op.AT_BEGINNING_STRING: "^", op.AT_END_STRING: "$"}


def _listed(items: Any) -> list[_Item]:
    """The parts of a parsed pattern; its list is much faster than itself."""
    listed: list[_Item] = items if isinstance(items, list) else items.data
    return listed


def _stands_in(code: int) -> bool:
    return code >= 0xF0000


def _plain(letter: str) -> str:
    if letter.isascii() and letter != "_":
        return letter
    _refuse(ord(letter) in _ODD)
    return " " if letter.isspace() else _OTHER


_ASCII = frozenset(map(chr, range(128)))
_ALL = _ASCII - {"_"}
_PLAIN_WORD = frozenset(letter for letter in _ASCII if letter.isalnum())
# Each stands for letters beyond ASCII, of which a class that leaves out the one may hold another.
_SHARED = frozenset({" ", "_", _OTHER})


def _category(expression: str, *, others: bool) -> frozenset[str]:
    found = frozenset(letter for letter in _ASCII if re.fullmatch(expression, letter)) - {"_"}
    return found | {_OTHER} if others else found - {_OTHER}


_CATEGORIES = {
    op.CATEGORY_DIGIT: _category(r"\d", others=True),
    op.CATEGORY_NOT_DIGIT: _category(r"\D", others=True),
    op.CATEGORY_SPACE: _category(r"\s", others=False),
    op.CATEGORY_NOT_SPACE: _category(r"\S", others=True),
    op.CATEGORY_WORD: _category(r"\w", others=True),
    op.CATEGORY_NOT_WORD: _category(r"\W", others=True),
}


@lru_cache(maxsize=1024)
def _letters(members: tuple[_Item, ...]) -> frozenset[str]:
    """What a class holds, in the plain form."""
    found, surely = set[str](), set[str]()
    for code, value in members:
        if code is op.CATEGORY:
            found |= _CATEGORIES[value]
            surely |= _CATEGORIES[value] - {_OTHER}
        elif code is op.LITERAL:
            found.add(_plain(chr(value)))
            surely |= {chr(value)} - _SHARED
        elif code is op.RANGE:
            inside = {chr(number) for number in range(value[0], min(value[1], 127) + 1)}
            found |= set(map(_plain, inside)) | ({" ", _OTHER} if value[1] > 127 else set())
            surely |= inside - _SHARED
            _refuse(any(value[0] <= odd <= value[1] for odd in _ODD))
    return frozenset(_ALL - surely if (op.NEGATE, None) in members else found)


@lru_cache(maxsize=1024)
def _class(letters: frozenset[str]) -> str:
    """A class of RE2, or the only letter as it stands; nothing for a class that no letter fits."""
    codes = sorted(map(ord, letters))
    if len(codes) == 1 and chr(codes[0]).isalnum():
        return chr(codes[0])
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    ranges = (f"\\x{start:02x}-\\x{end:02x}" for start, end in zip(starts, ends, strict=True))
    return f"[{''.join(ranges)}]" if codes else ""


def _edge(items: Sequence[_Item], place: int) -> str:
    """The edge of a word, where one is asked for beside a plain letter or figure: elsewhere RE2 sees others."""
    code, value = items[place]
    if code is op.AT and value is op.AT_BOUNDARY:
        return r"\b" if _plainly(items[place + 1 :]) or _plainly(items[:place], -1) else ""
    if code is op.ASSERT_NOT and len(value[1]) == 1 and value[1][0][0] is op.IN:
        beside = _plainly(items[place + 1 :]) if value[0] < 0 else _plainly(items[:place], -1)
        return r"\b" if beside and _letters(tuple(value[1][0][1])) >= _PLAIN_WORD else ""
    return ""


def _plainly(items: Iterable[_Item], step: int = 1) -> bool | None:
    """Whether items begin, with a step of -1 end, with a plain letter or figure; `None` where they may be empty."""
    for code, value in _listed(items)[::step]:
        if (plainly := _is_plain(code, value, step)) is not None:
            return plainly
    return None


def _is_plain(code: Any, value: Any, step: int) -> bool | None:
    if code is op.LITERAL:
        return chr(value).isascii() and chr(value).isalnum()
    if code is op.IN:
        return (
            not any(_stands_in(one) for kind, one in value if kind is op.LITERAL)
            and _letters(tuple(value)) <= _PLAIN_WORD
        )
    if code in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return _plainly(value[-1] if code is op.SUBPATTERN else value, step)
    if code is op.BRANCH:
        ways = {_plainly(way, step) for way in value[1]}
        return False if False in ways else None if None in ways else True
    if code in _REPEATS:
        plainly = _plainly(value[2], step)
        return plainly if value[0] or plainly is False else None
    return None if code in (op.AT, op.ASSERT, op.ASSERT_NOT) else False

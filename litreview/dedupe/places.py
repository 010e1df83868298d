"""Where a report was printed: volume, issue and pages in the many forms they take."""

import re
from dataclasses import dataclass
from typing import Literal

PageAgreement = Literal["range", "first", "start", "last", "overlap", "slip", "other", "unknown"]

_PAGES = re.compile(r"([a-z]{0,3})[\s.:]?(\d+)(?:[\s]*[-–—‐−]+\s*([a-z]{0,3})\.?\s?(\d+))?", re.I)
_COUNT = re.compile(r"\s*\d+\s*(?:p|pp|pages?|s|leaves)\b\.?\s*", re.I)
_ROMAN = re.compile(r"(?=[ivxlc]+$)(?:x[cl]|l?x{0,3}|c)(?:i[xv]|v?i{0,3})$", re.I)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ARTICLE_NUMBER = 100_000  # no volume has so many pages


@dataclass(frozen=True, slots=True)
class Pages:
    """First and last page, 0 where not known; `mark` is the letter before them."""

    first: int = 0
    last: int = 0
    mark: str = ""

    @property
    def end(self) -> int:
        """The last page, as far as it is known."""
        return max(self.first, self.last)

    @property
    def spans(self) -> bool:
        """Whether more than one page is known to be taken: two reports share a page, but no range."""
        return self.last > self.first > 0


def pages(text: str) -> Pages:
    """Pages from "123-129", "123-9", "123 -- 129", "S12-S15", "e1003" or "35+"; "215 p." only counts them.

    >>> pages("1234-45")
    Pages(first=1234, last=1245, mark='')
    """
    found = None if _COUNT.fullmatch(text) else _PAGES.search(text)
    if not found:
        return Pages()
    mark, first, _, last = found.groups()
    if last and len(last) < len(first) and int(last) < int(first):
        last = first[: -len(last)] + last
    return Pages(int(first), int(last or 0), mark.lower())


def number(text: str) -> str:
    """The number of a volume or issue: of "14", "vol. 14", "XIV", "14 Suppl 2"; empty where there is none."""
    bare = text.strip().lower()
    if found := re.search(r"\d+", bare):
        return found.group().lstrip("0")
    if bare and _ROMAN.match(bare):
        digits = [_ROMAN_DIGITS[letter] for letter in bare]
        return str(sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True)))
    return ""


def agreement(one: Pages, other: Pages) -> PageAgreement:
    """How two pages go together: `first` where one does not say the last, `start` where the ends differ.

    A slip is one wrong digit.
    Where only one counts its pages from 1, or gives an article's number in place of a page, they say nothing about
    each other.
    """
    if not one.first or not other.first:
        return "unknown"
    if one.first == other.first:
        if one.spans and other.spans:
            return "range" if one.last == other.last else "start"
        return "first" if one.end == other.end or not (one.last and other.last) else "start"
    if _counted(one) != _counted(other) or ("e" in one.mark) != ("e" in other.mark):
        return "unknown"
    if one.last == other.last and (one.spans or other.spans):
        return "last"
    if max(one.first, other.first) <= min(one.end, other.end):
        return "overlap"
    return "slip" if _one_digit(str(one.first), str(other.first)) else "other"


def _counted(each: Pages) -> bool:
    return each.first == 1 or each.first >= _ARTICLE_NUMBER


def _one_digit(one: str, other: str) -> bool:
    return len(one) == len(other) > 1 and sum(left != right for left, right in zip(one, other, strict=True)) == 1

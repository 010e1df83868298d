"""Labels: the numbers, letters and initials that reports give their patients, alone, in lists and in ranges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litreview.extract.people.counts import counted
from litreview.model.document import Span
from litreview.model.topic import Topic

ROMAN = {
    "I": "1",
    "II": "2",
    "III": "3",
    "IV": "4",
    "V": "5",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "X": "10",
}
_ID = r"(?:\d{1,5}|(?-i:[IVX]{1,4}|[A-H]|[A-Z]\.\s?-?[A-Z]\.?))(?![A-Za-z0-9])"
_ALONE = re.compile(_ID)
_PLACE = rf"(?:\({_ID}\)|\((?-i:[ivx]{{1,4}})\)|{_ID})"
_ITEM = rf"(?:(?:<labels#noun>\s+|P|\#)\s?)?{_PLACE}"
_JOIN = (
    r"(?:\s*(?:,\s*and|,\s*or|,|&|\band\b|\bor\b|\bto\b|\bthrough\b|[-–—])\s*"
    r"|\s?/\s?(?=(?:P|\#|<labels#noun>\s)\s?\d))"
)
LABELS = (
    rf"(?<![\w/])(?:(?P<noun><labels#noun>)\s*(?:<labels#number>\s*)*(?:\((?=(?-i:[A-H]\s?[-–]\s?[A-H])\)))?|<labels#kin>\s(?=(?:\d|(?-i:[A-D]))(?!\w|/|\.\d))|(?P<upn>UPN)(?=\d)"
    rf"|(?P<bare>(?-i:P|Pt)\s?(?=\d{{1,2}}(?!\d))|\#\s?|nos?\.\s?(?=\d{{1,3}}(?:\s[a-z]|,|\)))))"
    rf"(?P<list>(?:{_PLACE}|\b<counts>)(?:{_JOIN}{_ITEM})*+)"
)
_AGE = re.compile(
    r"\s*[-–]?\s?(?:(?:years?|yrs?|y|months?|mo|weeks?|wks?)\b|(?:or|and)\s+(?:older|younger|over|under|above)\b|of\s+\d)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s*[-–]?\s?(?:%|(?:days?|d|mg|g|kg|doses?|times|infusions?|units?|courses?|cycles?|out\s+of|(?:other|more|additional)?\s?"
    r"(?:patients|cases|children))\b|[.,/x×]\d)",
    re.IGNORECASE,
)
_BLOOD_GROUP = re.compile(
    r"[AB]\s?\(?(?:Rh|\+|−|-(?!\w)|pos(?:itive)?\b|neg(?:ative)?\b|\)?[,;/]\s*(?:the\s+)?donor\b)", re.IGNORECASE
)
_DONOR_TO = re.compile(r"\bdonors?\s(?:AB|A|B|O)\W.{0,9}$", re.IGNORECASE)  # "donor O to recipient A"
_BEFORE = 24  # letters in which that stands
_OF_YEAR = re.compile(r"\d{1,2}\s?[-–—]\s?(?:19|20)\d\d")
_LAST_ITEM = re.compile(rf"\s*(?:,?\s*\band\b|,|&|\bor\b)\s*{_ID}$", re.IGNORECASE)
_PIECE = re.compile(
    rf"(?P<range>[-–—]|\bto\b|\bthrough\b)|(?P<id>{_ID}|(?<=\()(?-i:[ivx]{{1,4}})(?=\)))|(?P<word>[A-Za-z]{{3,}})",
    re.IGNORECASE,
)
# "The sister (J.)", "Older boy (M.K.)": whoever stands before the brackets is the one they name.
_IN_BRACKETS = r"(?:\w+\s+){0,3}?(?:<people>|<relatives>)\s*\((?P<id>(?-i:[A-Z](?:\.\s?-?[A-Z]){0,2}\.?))\)"
# "1 (F, 6 y)": the label stands before the brackets.
_BRACKETED = re.compile(r"(?<=\w)\s*\([^()]*\)\s*$")
_LONGEST_RANGE = 60
_LETTERS = tuple("ABCDEFGH")


@dataclass(frozen=True, slots=True)
class Label:
    """A mention of one or several patients by label; `bare` where no noun says that it is a patient."""

    span: Span
    keys: tuple[str, ...]
    bare: bool


def labels(text: str, topic: Topic, start: int = 0, end: int | None = None) -> Iterator[Label]:
    """The labels of a stretch of text, in order.

    >>> [label.keys for label in labels("Patients 2-4 and P1", topic)]
    [('2', '3', '4', '1')]
    """
    for match in topic.regex(LABELS).finditer(text, start, len(text) if end is None else end):
        listed = _without_amount(match)
        keys = tuple(dict.fromkeys(_keys(listed, topic)))
        if keys:
            lonely_plural = len(keys) == 1 and (match["noun"] or "").lower().endswith("s")
            span = Span(match.start(), match.start("list") + len(listed))
            yield Label(span, keys, bare=match["bare"] is not None or lonely_plural)


def _without_amount(match: re.Match[str]) -> str:
    """The list without a last number that begins an amount ("patients 2 and 5 and 94%"); empty where it is an age.

    It is empty, too, for the number that a journal gives its cases ("Case 21-2022") and for a blood group ("recipient
    A Rh+").
    """
    listed, text, start = match["list"], match.string, match.start()
    grouped = _BLOOD_GROUP.match(text, match.start("list")) or _DONOR_TO.search(text, max(0, start - _BEFORE), start)
    if grouped or _AGE.match(text, match.end()) or _OF_YEAR.fullmatch(listed):
        return ""
    if not _AMOUNT.match(text, match.end()):
        return listed
    last = _LAST_ITEM.search(listed)
    return listed[: last.start()] if last else ""


def key(words: str, topic: Topic) -> str:
    """The key of a label printed alone, as in a heading or a table's row; empty where it is none.

    >>> key("Patient No. 2", topic), key("P2", topic), key("2*", topic), key("47/F", topic)
    ('2', '2', '2', '')
    >>> key("The sister (J.)", topic)
    'J'
    """
    cleaned = words.strip().rstrip("*†‡§¶#:.,)").lstrip("(").strip()
    if whole := _ALONE.fullmatch(cleaned):
        return plain_key(whole[0])
    if "(" in words and (named := topic.regex(_IN_BRACKETS).fullmatch(words.strip())):
        return plain_key(named["id"])
    for label in labels(cleaned, topic):
        return label.keys[0] if len(label.keys) == 1 and label.span.start == 0 else ""
    before = _BRACKETED.sub("", words)
    return key(before, topic) if before != words else ""


def _keys(listed: str, topic: Topic) -> Iterator[str]:
    previous, ranging = "", False
    for piece in _PIECE.finditer(listed):
        if piece["range"]:
            ranging = True
            continue
        current = plain_key(piece["id"]) if piece["id"] else str(counted(piece["word"].lower(), topic) or "")
        if not current:
            continue
        yield from _between(previous, current) if ranging else ()
        ranging = False
        previous = current
        yield current


def _between(first: str, last: str) -> Iterator[str]:
    """The keys between the ends of a range of numbers or of letters."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _LONGEST_RANGE:
        yield from (str(number) for number in range(int(first) + 1, int(last)))
    elif first in _LETTERS and last in _LETTERS:
        yield from _LETTERS[_LETTERS.index(first) + 1 : _LETTERS.index(last)]


def plain_key(printed: str) -> str:
    """The key of a label without its noun: "2", "(ii)" without its brackets, "M.K."."""
    if printed.isdigit():
        return str(int(printed))
    return ROMAN.get(printed.upper(), re.sub(r"[\s.-]", "", printed))

"""Sentences: cuts each paragraph's running text where one ends."""

import re
from collections.abc import Iterator

from litreview.extract.parsed import Sentence
from litreview.extract.sections import Sections
from litreview.model.document import Document, SectionKind, Span

# A stop, what may close behind it (quotes, brackets, a reference number), white space.
_STOP = re.compile(
    r"""[.!?](?P<close>[)\]"'”’]*)"""
    r"""(?:(?P<mark>(?:(?<=[^\d\s]\.)|(?<=[)\]]))\d{1,3}(?:[,–-]\s?\d{1,3})*|\s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]))?"""
    r"""(?P<gap>\s+)(?=\S)"""
)
# Abbreviations that something always follows.
_NEVER = re.compile(
    r"(?:^|[\s(\[/])(?:figs?|dr|prof|mr|mrs|ms|st|vs|v|cf|e\.?g|i\.?e|ca|approx|incl|esp|refs?|eqs?|tabs?|suppl|vol|pp|pts?|pat"
    r"|nos|viz|sr|jr|resp|aff|inj|caps?|syp)$",
    re.IGNORECASE,
)
# Abbreviations that may also close a sentence.
_MAYBE = re.compile(
    r"(?:^|[\s(\[/\d])(?:i\.?v|s\.?c|p\.?o|i\.?m|i\.?p|al|etc|no|d|w|wks?|mo|mos|y|yrs?|y\.?o|hrs?|h|min|max|sec|a\.m|p\.m|q\.?d"
    r"|b\.?i\.?d|t\.?i\.?d|q\.?w|u\.s|u\.k|u\.s\.a|inc|ltd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|spp?)$",
    re.IGNORECASE,
)
# Initials, and names before "et al.", go on unless an ordinary opening word follows.
_NAME = re.compile(r"(?:^|[.,(&]\s*|\b(?:by|and|of|from|with|authors?)\s+|\b[A-Z][a-z]+\s+)[A-Z]$|\bal$")
# Letters that are no initials: "group A.", "hepatitis B.", "patient C."
_CLASS = re.compile(
    r"(?:type|group|patient|case|pt|grade|stage|vitamin|hepatitis|influenza|class|arm|cohort|panel|figure|factor|AB0?)\s+[A-Z]$",
    re.IGNORECASE,
)
# Words that open sentences and hardly ever are names.
_OPENER = re.compile(
    r"(?:The|An?|This|That|These|Those|She|He|It|They|We|Her|His|Its|Their|Our|In|On|At|By|From|After|Before|During|Since|"
    r"Because|Due|Despite|Although|However|Therefore|Thus|Then|There|When|While|With|Without|Within|No|Not|Neither|Both|All|"
    r"Each|One|Two|Three|Four|Five|Six|Patients?|Pt|Case|As|If|For|To|Of|But|And|Following|Subsequently|Finally|"
    r"Unfortunately|Treatment|Donor|Bone|Platelets?|Hemoglobin|Haemoglobin|Serum|Initial|Initially|Now|Until|Upon)\b"
)
_BEGIN = re.compile(r"""["'“‘(\[]*(?:[A-ZÀ-ÞΑ-Ω#]|\d|[a-zµα-ω]{1,3}[A-Z]|[+><≥≤~])""")
_BRACKETED = 240
_LONG = 7  # letters that are more than an abbreviation has; it ends with one


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Every sentence of the document's paragraphs in order; a sentence never leaves its paragraph.

    A run-in heading ("Case 2.") is a sentence of its own. Spans have no white space at either end.
    """
    found: list[Sentence] = []
    sections = Sections(document)
    for number, paragraph in enumerate(document.paragraphs):
        section = sections.at(paragraph.start)
        kind: SectionKind = section.kind if section else "other"
        for span in split(document.text, paragraph):
            found.append(Sentence(len(found), span, number, kind))
    return tuple(found)


def split(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of one stretch of a text."""
    start = paragraph.start
    brackets = _brackets(text, paragraph)
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if not _ends(text, start, stop) or _inside(brackets, stop.start()):
            continue
        yield from _trimmed(text, start, stop.start("gap"))
        start = stop.end()
    yield from _trimmed(text, start, paragraph.end)


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop ends its sentence, judged by the words on both sides."""
    after = stop.end()
    if not _BEGIN.match(text, after):
        return False
    if text[stop.start()] != "." or stop["mark"] or stop["close"]:
        return not text[after].isdigit() or not stop["mark"]
    word = text[max(start, stop.start() - _LONG) : stop.start()]
    if not word[-1:].isalpha() or (len(word) == _LONG and word.isalpha() and word.islower()):
        return True
    before = text[max(start, stop.start() - 20) : stop.start()]
    if _NEVER.search(before):
        return False
    if _NAME.search(before) and not _CLASS.search(text[max(start, stop.start() - 24) : stop.start()]):
        return _OPENER.match(text, after) is not None
    if _MAYBE.search(before):
        return text[after].isupper() and (
            text[after + 1 : after + 2].islower() or _OPENER.match(text, after) is not None
        )
    return True


def _brackets(text: str, paragraph: Span) -> list[tuple[int, int]]:
    """Outermost pairs of round brackets that are short enough to stand within one sentence."""
    pairs: list[tuple[int, int]] = []
    depth = opened = 0
    for mark in re.finditer(r"[()]", text[paragraph.start : paragraph.end]):
        if mark[0] == "(":
            opened = mark.start() if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and mark.start() - opened <= _BRACKETED:
                pairs.append((paragraph.start + opened, paragraph.start + mark.start()))
    return pairs


def _inside(pairs: list[tuple[int, int]], position: int) -> bool:
    """Whether a stop stands in a bracket, its closing stop "...holidays.)" not counted."""
    return any(opened < position < closed - 1 for opened, closed in pairs)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)

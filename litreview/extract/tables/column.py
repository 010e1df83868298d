"""What a column rule reads from one cell: the header found, abbreviations resolved, the words read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from litreview.extract.amounts.letters import fold
from litreview.extract.concepts import concepts
from litreview.extract.tables.cell_numbers import names_analyte, read_amounts, read_numbers
from litreview.extract.tables.cell_text import CellText, resolved
from litreview.extract.tables.cells import is_missing
from litreview.extract.tables.grid import Entry
from litreview.model.case import Qualifier
from litreview.model.document import Span
from litreview.model.evidence import EvidenceRole
from litreview.model.pattern import Pattern
from litreview.model.rule import ColumnRule
from litreview.model.topic import Attribute, Topic
from litreview.model.values import dataclass
from litreview.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class CellValue:
    """A value of a cell: its words' span, spans of evidence with their roles, and the header it was read under."""

    value: str | int | float
    span: Span
    qualifier: Qualifier = "="
    evidence: tuple[tuple[Span, EvidenceRole], ...] = ()
    header: str = ""


def read_cell(entry: Entry, rule: ColumnRule, attribute: Attribute, topic: Topic) -> tuple[CellValue, ...]:
    """Every value that a rule reads from an entry; none where the header does not fit or the cell says nothing."""
    told = _read_all(_texts(entry, rule, topic), rule, attribute, topic)
    if told or rule.number != "integer":
        return told
    return _read_all(_counts(entry, topic.regex(rule.header)), rule, attribute, topic)


def _read_all(texts: Iterable[CellText], rule: ColumnRule, attribute: Attribute, topic: Topic) -> tuple[CellValue, ...]:
    return tuple(found for text in texts if not _says_nothing(text) for found in _read(text, rule, attribute, topic))


_COUNTED = re.compile(r"\((?:n|nos?\.?|number|times|doses?|infusions?|injections?|cycles?)\)$", re.IGNORECASE)


def _counts(entry: Entry, header: Pattern) -> Iterator[CellText]:
    """The part of a cell that counts what its header names: the "4" below "Dose (n)", where the dose has no number."""
    for name, words, span in entry.parts:
        if _COUNTED.search(name) and _fits(name, header):
            yield CellText(entry, name, words, span)


def headers_of(entry: Entry) -> Iterator[str]:
    """All words that a rule may take for the header of an entry."""
    yield entry.header
    yield from (name for name, _, _ in entry.parts)
    if entry.header_legend:
        yield _spelled_out(entry)
    if entry.marked:
        yield from (meaning for _, meaning, _ in entry.legend)


@lru_cache(maxsize=1024)
def _fits(words: str, header: Pattern) -> bool:
    """Whether a rule's header is in the words over a column."""
    return header.search(words) is not None


def _texts(entry: Entry, rule: ColumnRule, topic: Topic) -> Iterator[CellText]:
    """The words under the header that the rule asks for: of one part where only that fits, else of the whole cell."""
    header = topic.regex(rule.header)
    fitting = [part for part in entry.parts if _fits_part(entry, part[0], header)]
    if rule.analyte and len(fitting) > 1:
        analyte = topic.analyte(rule.analyte)
        fitting = [part for part in fitting if names_analyte(part[0], analyte)] or fitting
    several = len({part[0] for part in entry.parts}) < len(entry.parts)  # "AIHA (+71), AIT (+103)"
    if len({part[0] for part in fitting}) == 1 and not (several and rule.value):
        # "Status (months)" over "Alive (16)": the figure stands under the unit alone.
        unit = "(" in entry.header and not any(_FIGURE.search(part[1]) for part in fitting)
        bare = rule.number and unit and _fits(entry.header, header)
        told = fitting[:1] if rule.number else fitting  # of several days the first
        for name, words, span in [(entry.header, entry.words, entry.span)] if bare else told:
            yield CellText(entry, name, words, span)
    elif _fits(entry.header, header) or (entry.header_legend and _fits(_spelled_out(entry), header)):
        yield CellText(entry, entry.header, entry.words, entry.span)
    elif rule.vocabulary:
        yield from _marked(entry, header)


_FIGURE = re.compile(r"\d")
_EARLIER = re.compile(r"\b(?:prior|previous(?:ly)?|earlier|before|preceding|failed)\b", re.IGNORECASE)


def _fits_part(entry: Entry, name: str, header: Pattern) -> bool:
    """Whether a rule asks for a part: for "Response (day)" only where it does not ask for the response itself."""
    if not _fits(name, header):
        return False
    measured = next((other for other, _, _ in entry.parts if name.startswith(f"{other} (")), "")
    return not _fits(measured, header) if measured else not _is_of_earlier(entry, name, header)


def _is_of_earlier(entry: Entry, name: str, header: Pattern) -> bool:
    """Whether a part in brackets tells of what came before: the responses of "Earlier treatments (response)"."""
    outer = entry.parts[0][0]
    bracketed = entry.header.endswith(")") and name != outer
    return bracketed and bool(_EARLIER.search(outer)) and not _fits(outer, header)


_ITEM = re.compile(r"[^,;/+]*$")
_MOST_WORDS_OF_A_NOTE = 4


def _marked(entry: Entry, header: Pattern) -> Iterator[CellText]:
    """The items whose footnote says what the rule asks of a header ("steroids†" with "† concomitant")."""
    for mark, end in entry.marked:
        for note, meaning, span in entry.legend:
            fits = note == mark and len(meaning.split()) <= _MOST_WORDS_OF_A_NOTE and header.search(meaning)
            if fits and not _DENIED.search(meaning) and (item := _ITEM.search(entry.words[:end])):
                whole = CellText(entry, meaning, entry.words, entry.span, (span,))
                yield whole.part(item.start(), item.end())


_DENIED = re.compile(r"\b(?:no|not|without|non)\b", re.IGNORECASE)


def _spelled_out(entry: Entry) -> str:
    """The header with the meanings of its abbreviations in their place."""
    words = entry.header
    for short, meaning, _ in entry.header_legend:
        if short[0].isalnum():
            words = meaning.join(re.split(rf"(?<![A-Za-z0-9]){re.escape(short)}(?![A-Za-z0-9])", words))
    return words


def _says_nothing(text: CellText) -> bool:
    return is_missing(text.words, text.entry.legend, text.header)


def _read(text: CellText, rule: ColumnRule, attribute: Attribute, topic: Topic) -> Iterator[CellValue]:
    """Narrow the words by the rule's pattern, then read what is left in the way the rule asks for."""
    narrowed = _narrowed(text, rule, topic)
    if narrowed is None:
        return
    if rule.value:
        yield _value(narrowed, rule.value, 0, len(narrowed.words))
    elif rule.analyte:
        yield from _amounts(narrowed, rule, topic)
    elif rule.number:
        yield from _numbers(narrowed, rule, attribute)
    elif rule.map:
        yield from _mapped(narrowed, rule, attribute, topic)
    elif rule.vocabulary:
        yield from _concepts(narrowed, topic.vocabulary(rule.vocabulary), rule.tag)
    else:
        yield _value(narrowed, resolved(narrowed).words, 0, len(narrowed.words), legend=resolved(narrowed).legend)


def _narrowed(text: CellText, rule: ColumnRule, topic: Topic) -> CellText | None:
    """The words of the pattern's group `value` (or of the whole match); `None` where the pattern does not fit."""
    if not rule.pattern:
        return text
    pattern = topic.regex(rule.pattern)
    match = pattern.search(text.words)
    if match is None:
        return _narrowed_resolved(text, pattern)
    group: str | int = "value" if match.groupdict().get("value") is not None else 0
    return text.part(match.start(group), match.end(group)) if not rule.value else text


def _narrowed_resolved(text: CellText, pattern: Pattern) -> CellText | None:
    """The pattern tried on the words with abbreviations spelled out; then the whole cell supports the value."""
    spelled = resolved(text)
    match = pattern.search(spelled.words) if spelled.legend else None
    if match is None:
        return None
    group: str | int = "value" if match.groupdict().get("value") is not None else 0
    return replace(text, words=match.group(group), legend=spelled.legend, exact=False)


def _amounts(text: CellText, rule: ColumnRule, topic: Topic) -> Iterator[CellValue]:
    for amount in read_amounts(text, rule, topic):
        yield _value(text, amount.value, amount.start, amount.end, amount.qualifier, amount.legend)


def _numbers(text: CellText, rule: ColumnRule, attribute: Attribute) -> Iterator[CellValue]:
    for number in read_numbers(text, rule, attribute):
        yield _value(text, number.value, number.start, number.end, number.qualifier)


def _mapped(text: CellText, rule: ColumnRule, attribute: Attribute, topic: Topic) -> Iterator[CellValue]:
    """The first pattern of the map that fits, as printed or spelled out; for a list all of them."""
    spelled = resolved(text)
    for pattern, value in rule.map.items():
        regex = topic.regex(pattern)
        match = regex.search(text.words)
        if match:
            yield _value(text, value, match.start(), match.end())
        elif spelled.legend and regex.search(spelled.words):
            yield _value(text, value, 0, len(text.words), legend=spelled.legend)
        else:
            continue
        if attribute.type != "list":
            return


def _concepts(text: CellText, vocabulary: Vocabulary, tag: str) -> Iterator[CellValue]:
    """Every concept once; what the legend says of an abbreviation stands above what the abbreviation usually means."""
    seen: set[str] = set()
    for value, start, end, legend in _found(text, vocabulary, tag):
        if value not in seen and not _NEGATED.search(text.words, 0, start):
            seen.add(value)
            yield _value(text, value, start, end, legend=legend)


_NEGATED = re.compile(r"\b(?:no|not|without|never|except|excluding|kein\w*|sin)\s+(?:\w+\s+)?$", re.IGNORECASE)
_LegendSpans = tuple[Span, ...]


def _found(text: CellText, vocabulary: Vocabulary, tag: str) -> list[tuple[str, int, int, _LegendSpans]]:
    """Concepts as (value, start, end, legend's spans) in the cell's order."""
    printed = concepts(fold(text.words), vocabulary, tag)
    found: list[tuple[str, int, int, _LegendSpans]] = []
    explained = list(text.abbreviations())
    for start, end, meaning, span in explained:
        longer = [one for one in printed if one[1] <= start and end <= one[2] and one[2] - one[1] > end - start]
        values = () if longer else _of_meaning(meaning, vocabulary, tag)
        found += [(value, start, end, (span,)) for value in values]
    for value, start, end in printed:
        inside = [one for one in explained if (start, end) == one[:2]]
        if not inside or (end - start > 2 and not any(one[1:3] == (start, end) for one in found)):
            found.append((value, start, end, ()))
    return sorted(found, key=lambda one: one[1]) or _of_ladder(text, vocabulary, tag)


_COUNT_ONLY = re.compile(
    r"\W*(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)(?:\s+[a-z]+){0,2}\W*", re.IGNORECASE
)


def _of_ladder(text: CellText, vocabulary: Vocabulary, tag: str) -> list[tuple[str, int, int, _LegendSpans]]:
    """What a note lists for a cell that only counts ("5 lines (A)", below: "A) danazol, splenectomy"; "3 lines*")."""
    printed = {short for start, end, _, _ in text.abbreviations() if (short := text.words[start:end])}
    counts = bool(_COUNT_ONLY.fullmatch(text.words))
    notes = [note for note in text.entry.legend if note[0] not in printed and (counts or _is_rung(note[0]))]
    return [
        (value, 0, len(text.words), (span,))
        for _, meaning, span in notes
        for value in _of_meaning(meaning, vocabulary, tag)
    ]


def _is_rung(mark: str) -> bool:
    return len(mark) == 1 and mark.isupper()


def _of_meaning(meaning: str, vocabulary: Vocabulary, tag: str) -> tuple[str, ...]:
    """The concepts of a legend's words; what it says in brackets only where the rest says nothing."""
    outside = re.sub(r"\s*\([^()]*\)", " ", meaning)
    found = concepts(fold(outside), vocabulary, tag) or concepts(fold(meaning), vocabulary, tag)
    return tuple(dict.fromkeys(value for value, _, _ in found))


def _value(
    text: CellText,
    value: str | float,
    start: int,
    end: int,
    qualifier: Qualifier = "=",
    legend: _LegendSpans = (),
) -> CellValue:
    """A value with its evidence: the words, the cell's headers, the legend."""
    span = text.at(start, end)
    roles: list[tuple[Span, EvidenceRole]] = [(span, "value")]
    roles += [(header, "header") for header in text.entry.header_spans]
    roles += [(words, "legend") for words in (*text.legend, *legend)]
    return CellValue(value, span, qualifier, tuple(dict.fromkeys(roles)), text.header)

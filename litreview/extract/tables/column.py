"""What a column rule reads from one cell: the header found, abbreviations resolved, the words read."""

import re
from collections.abc import Iterable, Iterator

from litreview.extract.amounts.letters import fold
from litreview.extract.concepts import concepts
from litreview.extract.tables.cell_numbers import names_analyte, read_amounts, read_numbers
from litreview.extract.tables.cell_text import Cell, CellText
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
    """A value of a cell: its words' span, and spans of evidence with their roles."""

    value: str | int | float
    span: Span
    qualifier: Qualifier = "="
    evidence: tuple[tuple[Span, EvidenceRole], ...] = ()


def read_cell(cell: Cell, rule: ColumnRule, attribute: Attribute, topic: Topic) -> tuple[CellValue, ...]:
    """Every value that a rule reads from an entry; none where the header does not fit or the cell says nothing."""
    told = _read_all(_texts(cell, rule, topic), rule, attribute, topic)
    if told or rule.number != "integer":
        return told
    return _read_all(_counts(cell, topic.regex(rule.header)), rule, attribute, topic)


def _read_all(texts: Iterable[CellText], rule: ColumnRule, attribute: Attribute, topic: Topic) -> tuple[CellValue, ...]:
    return tuple([found for text in texts if not text.says_nothing for found in _read(text, rule, attribute, topic)])


_COUNTED = re.compile(r"\((?:n|nos?\.?|number|times|doses?|infusions?|injections?|cycles?)\)$", re.IGNORECASE)


def _counts(cell: Cell, header: Pattern) -> Iterator[CellText]:
    """The part of a cell that counts what its header names: the "4" below "Dose (n)", where the dose has no number."""
    for number in cell.head.fit(header).named:
        if _COUNTED.search(cell.head.names[number]):
            yield cell.part(number)


def _texts(cell: Cell, rule: ColumnRule, topic: Topic) -> Iterable[CellText]:
    """The words under the header that the rule asks for: of one part where only that fits, else of the whole cell."""
    header, names = topic.regex(rule.header), cell.head.names
    fit = cell.head.fit(header)
    fitting = _of_analyte(fit.parts, cell, rule, topic) if rule.analyte and len(fit.parts) > 1 else fit.parts
    if fitting and len({names[number] for number in fitting}) == 1 and not (rule.value and cell.head.repeats):
        if rule.number and fit.printed and _stands_under_unit(cell, fitting):
            return (cell.whole,)
        return [cell.part(number) for number in (fitting[:1] if rule.number else fitting)]  # of several days the first
    if fit.whole:
        return (cell.whole,)
    return _marked(cell.entry, header) if rule.vocabulary and cell.entry.marked else ()


def _of_analyte(parts: tuple[int, ...], cell: Cell, rule: ColumnRule, topic: Topic) -> tuple[int, ...]:
    """Of parts that fit those that name the rule's analyte, where any does."""
    analyte = topic.analyte(rule.analyte)
    return tuple(number for number in parts if names_analyte(cell.head.names[number], analyte)) or parts


def _stands_under_unit(cell: Cell, parts: tuple[int, ...]) -> bool:
    """ "Status (months)" over "Alive (16)": the figure stands under the unit alone."""
    return "(" in cell.entry.header and not any(_FIGURE.search(cell.entry.parts[number][1]) for number in parts)


_FIGURE = re.compile(r"\d")
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


def _read(text: CellText, rule: ColumnRule, attribute: Attribute, topic: Topic) -> Iterable[CellValue]:
    """Narrow the words by the rule's pattern, then read what is left in the way the rule asks for."""
    narrowed = _narrowed(text, rule, topic)
    if narrowed is None:
        return ()
    if rule.value:
        return (_value(narrowed, rule.value, 0, len(narrowed.words)),)
    if rule.analyte:
        return _amounts(narrowed, rule, topic)
    if rule.number:
        return _numbers(narrowed, rule, attribute)
    if rule.map:
        return _mapped(narrowed, rule, attribute, topic)
    if rule.vocabulary:
        return _concepts(narrowed, topic.vocabulary(rule.vocabulary), rule.tag)
    spelled = narrowed.resolved
    return (_value(narrowed, spelled.words, 0, len(narrowed.words), legend=spelled.legend),)


def _narrowed(text: CellText, rule: ColumnRule, topic: Topic) -> CellText | None:
    """The words of the pattern's group `value` (or of the whole match); `None` where the pattern does not fit."""
    if not rule.pattern:
        return text
    pattern = topic.regex(rule.pattern)
    match = text.search(pattern)
    if match is None:
        return _narrowed_resolved(text, pattern) if text.entry.legend else None
    group: str | int = "value" if match.groupdict().get("value") is not None else 0
    return text.part(match.start(group), match.end(group)) if not rule.value else text


def _narrowed_resolved(text: CellText, pattern: Pattern) -> CellText | None:
    """The pattern tried on the words with abbreviations spelled out; then the whole cell supports the value."""
    spelled = text.resolved
    match = spelled.search(pattern) if spelled.legend else None
    if match is None:
        return None
    group: str | int = "value" if match.groupdict().get("value") is not None else 0
    return text.reworded(match.group(group), spelled.legend)


def _amounts(text: CellText, rule: ColumnRule, topic: Topic) -> Iterator[CellValue]:
    for amount in read_amounts(text, rule, topic):
        yield _value(text, amount.value, amount.start, amount.end, amount.qualifier, amount.legend)


def _numbers(text: CellText, rule: ColumnRule, attribute: Attribute) -> Iterator[CellValue]:
    for number in read_numbers(text, rule, attribute):
        yield _value(text, number.value, number.start, number.end, number.qualifier)


def _mapped(text: CellText, rule: ColumnRule, attribute: Attribute, topic: Topic) -> Iterator[CellValue]:
    """The first pattern of the map that fits, as printed or spelled out; for a list all of them."""
    spelled = text.resolved
    for pattern, value in rule.map.items():
        regex = topic.regex(pattern)
        if match := text.search(regex):
            yield _value(text, value, match.start(), match.end())
        elif spelled.legend and spelled.search(regex):
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
    if not text.entry.legend:
        return [(value, start, end, ()) for value, start, end in printed]
    found: list[tuple[str, int, int, _LegendSpans]] = []
    explained = list(text.abbreviations)
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
    printed = {short for start, end, _, _ in text.abbreviations if (short := text.words[start:end])}
    counts = bool(_COUNT_ONLY.fullmatch(text.words))
    notes = [note for note in text.entry.legend if note[0] not in printed and (counts or _is_rung(note[0]))]
    return [
        (value, 0, len(text.words), (span,))
        for _, meaning, span in notes
        for value in _of_meaning(meaning, vocabulary, tag)
    ]


def _is_rung(mark: str) -> bool:
    return len(mark) == 1 and mark.isupper()


_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


def _of_meaning(meaning: str, vocabulary: Vocabulary, tag: str) -> tuple[str, ...]:
    """The concepts of a legend's words; what it says in brackets only where the rest says nothing."""
    outside = _IN_BRACKETS.sub(" ", meaning)
    found = concepts(fold(outside), vocabulary, tag)
    if not found and outside != meaning:
        found = concepts(fold(meaning), vocabulary, tag)
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
    return CellValue(value, span, qualifier, tuple(dict.fromkeys(roles)))

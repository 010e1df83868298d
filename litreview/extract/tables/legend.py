"""A table's legend as a dictionary: abbreviations and footnote marks, each with its meaning under a header."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from litreview.extract.tables.definitions import Definitions, definitions
from litreview.extract.tables.legend_items import Item, items_in, one_line, stretches
from litreview.model.document import Document, Span, Table

__all__ = ["Definitions", "Item", "Legend", "definitions", "read_legend"]

Meaning = tuple[str, str, Span]


@dataclass(frozen=True)
class Legend:
    """All that a table's foot and caption define; `more` are the definitions of the running text, which come second."""

    items: tuple[Item, ...] = ()
    footnotes: tuple[Meaning, ...] = ()
    headers: tuple[str, ...] = ()
    more: tuple[Item, ...] = ()

    def meanings(self, words: str, header: str = "", marks: Iterable[str] = ()) -> tuple[Meaning, ...]:
        """What abbreviations in `words` mean under `header`, then what `marks` refer to.

        An abbreviation that the legend leaves open under this header is left out.
        """
        found: dict[str, Meaning] = {}
        for match in self._pattern.finditer(words) if self._by_short else ():
            item = self._chosen(match.group(1), header)
            if item and item.short not in found:
                found[item.short] = (match.group(1), item.meaning, item.span)
        wanted = set(marks)
        notes = tuple(note for note in self.footnotes if note[0] in wanted)
        return (*found.values(), *notes)

    def under(self, headers: tuple[str, ...], more: Definitions) -> "Legend":
        """The legend of a table with these headers, in a text with these definitions."""
        return replace(self, headers=headers, more=_items(more))

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that the foot uses as marks."""
        return frozenset(mark for mark, _, _ in self.footnotes if mark.isalpha())

    @cached_property
    def shorts(self) -> frozenset[str]:
        """The abbreviations that foot and caption define, in lower case."""
        return frozenset(item.short.lower() for item in self.items)

    @cached_property
    def _by_short(self) -> dict[str, tuple[Item, ...]]:
        grouped: dict[str, tuple[Item, ...]] = {}
        for item in self.items:
            grouped[item.short] = (*grouped.get(item.short, ()), item)
        for item in self.more:
            grouped.setdefault(item.short, (item,))
        return grouped

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        shorts = sorted(self._by_short, key=lambda short: (-len(short), short))
        return re.compile(rf"(?<![A-Za-z0-9])({'|'.join(map(re.escape, shorts))})s?(?![A-Za-z0-9])")

    def _chosen(self, short: str, header: str) -> Item | None:
        """The one meaning of an abbreviation that fits the header, or the only one."""
        items = self._by_short[short]
        different = {item.meaning.casefold() for item in items}
        if len(different) == 1 and not any(item.context for item in items):
            return items[0]
        fitting = [item for item in items if _speaks_of(item, header)]
        if not fitting:
            fitting = [item for item in items if not any(_speaks_of(item, other) for other in self.headers)]
        return fitting[0] if len({item.meaning for item in fitting}) == 1 else None


def read_legend(document: Document, table: Table, more: Definitions | None = None) -> Legend:
    """Read a table's foot and caption; `more` are the document's `definitions`."""
    items: list[Item] = []
    notes: list[Meaning] = []
    for span in _joined(document, table.foot):
        for chunk, mark in _chunks_at(document, span):
            if mark:
                notes.append((mark, one_line(document[chunk]), chunk))
            else:
                items += items_in(document[chunk], chunk.start)
    if table.caption and table.caption.end <= len(document.text):
        items += _caption_items(document[table.caption], table.caption.start)
    return Legend(tuple(items), tuple(notes), more=_items(more or {}))


def _items(more: Definitions) -> tuple[Item, ...]:
    return tuple(Item(short, meaning, span) for short, (meaning, span) in more.items())


def unmarked(document: Document, table: Table) -> str:
    """What caption and foot say of the whole table: all but the notes that belong to marks."""
    chunks = (chunk for span in _joined(document, table.foot) for chunk, mark in _chunks_at(document, span) if not mark)
    return " ".join(document[span] for span in (table.caption, *chunks) if span)


_MARK = r"[*∗⁎†‡§¶‖✝]+|\$+|#+"
_BARE_MARK = re.compile(rf"\s*(?:{_MARK})\s*|\s*\(?[A-Za-z]\)\s*|\s*[a-z]\s*")


def _joined(document: Document, foot: tuple[Span, ...]) -> Iterator[Span]:
    """The foot's paragraphs; a mark that stands alone belongs to the paragraph after it."""
    held: Span | None = None
    for span in foot:
        if not 0 <= span.start <= span.end <= len(document.text):
            continue
        whole = held.joined(span) if held else span
        held = whole if _BARE_MARK.fullmatch(document[whole]) else None
        if held is None:
            yield whole


_NOTE = re.compile(
    rf"(?:^|(?<=[.;,)])\s+|(?<=\n)|(?<=\s)(?=[†‡§¶‖✝]|\*+\s|\$+\s))\s*(?:(?P<symbol>{_MARK})(?:\s*[:=.,)]?\s*)"
    r"|(?:Notes?[.:]\s*)?\(?(?P<ladder>[A-Za-z])\)\s*"
    r"|(?P<raised>[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ])\s*)(?=\S)|(?<=\s)(?P<rung>[B-Hb-h])\)\s*(?=\S)"
)
_LETTER = re.compile(r"\s*(?P<letter>[a-j])(?:[.:]?\s+(?=[A-Z(\d])|(?=[A-Z][a-z]|\d))")
_NEXT_LETTER = re.compile(r"(?<=[.;])\s+(?P<letter>[a-j])(?:[.:]?\s+(?=[A-Z(\d])|(?=[A-Z][a-z]))")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=\S)|\n+")


def _chunks_at(document: Document, span: Span) -> Iterator[tuple[Span, str]]:
    return _chunks(document[span], span.start)


def _chunks(text: str, start: int) -> Iterator[tuple[Span, str]]:
    """A foot paragraph in chunks: what belongs to a mark, with the mark, and what does not, with none."""
    notes = _notes(text) or _lettered(text)
    if not notes:
        yield Span(start, start + len(text)), ""
        return
    if notes[0][0]:
        yield Span(start, start + notes[0][0]), ""
    for number, (_, begin, mark) in enumerate(notes):
        end = notes[number + 1][0] if number + 1 < len(notes) else len(text)
        stop = _end_of_note(text, begin, end)
        yield _trimmed(text, begin, stop, start), mark
        if stop < end:
            yield Span(start + stop, start + end), ""


def _lettered(text: str) -> list[tuple[int, int, str]]:
    """Notes with letters: one at the beginning or an "a" behind a sentence, then each after the letter before.

    As in "a Years. b As tested." and "Hb, haemoglobin. aYears. bAs tested."
    """
    first = _LETTER.match(text)
    found = [(first.start(), first.end(), first["letter"])] if first else []
    for match in _NEXT_LETTER.finditer(text, first.end() if first else 0):
        if match["letter"] == (chr(ord(found[-1][2]) + 1) if found else "a"):
            found.append((match.start(), match.end(), match["letter"]))
    return found


def _notes(text: str) -> list[tuple[int, int, str]]:
    """Where notes and their words begin, with marks; inside the text a letter is a mark only after its predecessor."""
    found: list[tuple[int, int, str]] = []
    for match in _NOTE.finditer(text):
        mark = _mark(match)
        if not match["rung"] or (found and found[-1][2] == chr(ord(mark) - 1)):
            found.append((match.start(), match.end(), mark))
    return found


_PLAIN_LETTERS = str.maketrans("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ", "abcdefghij")


def _mark(match: re.Match[str]) -> str:
    return (match["symbol"] or match["ladder"] or match["raised"] or match["rung"]).translate(_PLAIN_LETTERS)


def _end_of_note(text: str, begin: int, end: int) -> int:
    """A note goes on until a sentence that reads like a legend."""
    breaks = list(_SENTENCE.finditer(text, begin, end))
    stops = [match.start() for match in breaks[1:]] + [end]
    for match, stop in zip(breaks, stops, strict=False):
        sentence = text[match.end() : stop]
        if not re.match(r"[A-Z][a-z]+\s", sentence) and any(items_in(sentence, 0)):
            return match.end()
    return end


def _trimmed(text: str, begin: int, end: int, offset: int) -> Span:
    while end > begin and text[end - 1] in " \t\n;,":
        end -= 1
    return Span(offset + begin, offset + end)


def _caption_items(text: str, start: int) -> Iterator[Item]:
    """A caption defines in brackets, or in a sentence of its own after "Abbreviations"."""
    for short, (meaning, span) in definitions(text).items():
        yield Item(short, meaning, Span(start + span.start, start + span.end))
    for bracket in re.finditer(r"\(([^()]*(?:;|=|\w:\s)[^()]*)\)", text):
        yield from items_in(bracket.group(1), start + bracket.start(1))
    for lead in re.finditer(r"\b(?:Abbreviations?|Key)\s*[:.]?\s", text):
        yield from items_in(text[lead.start() :], start + lead.start())
        return
    for begin, end in stretches(text, r"(?<=\.)\s+"):
        sentence = text[begin:end]
        if begin and (";" in sentence or "=" in sentence) and "(" not in sentence:
            yield from items_in(sentence, start + begin)


_WORD = re.compile(r"[A-Za-z]{4,}")


def _speaks_of(item: Item, header: str) -> bool:
    """Whether a meaning belongs under a header: they share the beginning of a word."""
    own = {word[:6].lower() for word in _WORD.findall(item.context or item.meaning)}
    return bool(own & {word[:6].lower() for word in _WORD.findall(header)})

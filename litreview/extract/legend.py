"""A table's legend as a dictionary: abbreviations and footnote marks, each with its meaning under a header."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from litreview.extract.definitions import Definitions, definitions
from litreview.model.document import Document, Span, Table

__all__ = ["Item", "Legend", "definitions", "read_legend"]

Meaning = tuple[str, str, Span]


@dataclass(frozen=True, slots=True)
class Item:
    """An abbreviation and its meaning; `context` is what the legend says on where it holds ("R (therapy)")."""

    short: str
    meaning: str
    span: Span
    context: str = ""


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

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that the foot uses as marks."""
        return frozenset(mark for mark, _, _ in self.footnotes if mark.isalpha())

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


def read_legend(
    document: Document, table: Table, headers: tuple[str, ...] = (), more: Definitions | None = None
) -> Legend:
    """Read a table's foot and caption; `more` are the document's `definitions`."""
    items: list[Item] = []
    notes: list[Meaning] = []
    for span in _joined(document, table.foot):
        for chunk, mark in _chunks(document[span], span.start):
            if mark:
                notes.append((mark, _one_line(document[chunk]), chunk))
            else:
                items += _items(document[chunk], chunk.start)
    if table.caption and table.caption.end <= len(document.text):
        items += _caption_items(document[table.caption], table.caption.start)
    rest = tuple(Item(short, meaning, span) for short, (meaning, span) in (more or {}).items())
    return Legend(tuple(items), tuple(notes), headers, rest)


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
    rf"(?:^|(?<=[.;,)])\s+|(?<=\n)|(?<=\s\s))\s*(?:(?P<symbol>{_MARK})(?:\s*[:=.,)]?\s*)"
    r"|(?:Notes?[.:]\s*)?\(?(?P<ladder>[A-Za-z])\)\s*"
    r"|(?P<raised>[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ])\s*)(?=\S)"
)
_LETTER = re.compile(r"\s*(?P<letter>[a-j])(?:[.:]?\s+(?=[A-Z(\d])|(?=[A-Z][a-z]))")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=\S)|\n+")


def _chunks(text: str, start: int) -> Iterator[tuple[Span, str]]:
    """A foot paragraph in chunks: what belongs to a mark, with the mark, and what does not, with none."""
    notes = [(match.start(), match.end(), _mark(match)) for match in _NOTE.finditer(text)]
    if (match := _LETTER.match(text)) and not notes:
        notes = [(match.start(), match.end(), match["letter"])]
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


_PLAIN_LETTERS = str.maketrans("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ", "abcdefghij")


def _mark(match: re.Match[str]) -> str:
    return (match["symbol"] or match["ladder"] or match["raised"]).translate(_PLAIN_LETTERS)


def _end_of_note(text: str, begin: int, end: int) -> int:
    """A note goes on until a sentence that reads like a legend."""
    for match in _SENTENCE.finditer(text, begin, end):
        sentence = _SENTENCE.split(text[match.end() : end])[0]
        if list(_items(sentence, 0)) and not re.match(r"[A-Z][a-z]+\s", sentence):
            return match.end()
    return end


def _trimmed(text: str, begin: int, end: int, offset: int) -> Span:
    while end > begin and text[end - 1] in " \t\n;,":
        end -= 1
    return Span(offset + begin, offset + end)


_LEAD = re.compile(
    r"\s*(?:(?:list\s+of\s+)?abbreviations?(?:\s+(?:used|list))?(?:\s+(?:in\s+\w+\s+)?(?:table|are)[^:]{0,20})?|key|legend|notes?|symbols?)\s*[:.\-–—]\s*"
    r"|\s*Abbreviations\s+",
    re.IGNORECASE,
)
_SHORT = r"[^\s,;:=()]{1,15}(?:\s(?!(?:and|or|of|in|to|is|are|was|were|the|a|an|for|with|from)\b)[^\s,;:=()]{1,8}){0,2}"
_PAIR = re.compile(
    rf"\s*(?P<short>{_SHORT})(?:\s*\((?P<context>[^()]{{2,40}})\))?"
    r"(?P<sign>\s*[,=:]\s*|\s+[-–—]\s+|\s+(?:is|means|denotes|indicates|stands\s+for|refers\s+to)\s+)(?P<meaning>\S.*)",
    re.DOTALL,
)


def _items(text: str, start: int) -> Iterator[Item]:
    """The definitions of a stretch of legend, in whichever of the usual ways they are written."""
    if lead := _LEAD.match(text):
        text, start = text[lead.end() :], start + lead.end()
    if re.search(r"\s?=\s?", text):
        yield from _by_sign(text, start, "=")
    elif ";" not in text and text.count(":") > 1:
        yield from _by_sign(text, start, ":")
    else:
        for begin, end in _split(text, r";|\.(?=\s+[^\s,;]{1,12}\s?[,:(]|\s*$)|\n"):
            yield from _segment(text, begin, end, start)


_SIGNED = r"(?:^|[,;.]\s*|\s\s|\n)\s*(?P<short>[^\s,;=:]{{1,15}}(?:\s[^\s,;=:]{{1,8}}){{0,2}}?)(?:\s*\((?P<context>[^()]{{2,40}})\))?\s*{sign}\s*"


def _by_sign(text: str, start: int, sign: str) -> Iterator[Item]:
    """"CR = complete response, PR = partial response": each meaning goes on to the next abbreviation."""
    heads = list(re.finditer(_SIGNED.format(sign=sign), text))
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        yield from _item(text, (head.start("short"), end), head["short"], (head.end(), end), start, head["context"] or "")


def _split(text: str, separators: str) -> Iterator[tuple[int, int]]:
    """Stretches between separators that stand outside brackets."""
    begin = depth = 0
    ends = {match.start(): match.end() for match in re.finditer(separators, text)}
    for position, character in enumerate(text):
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if position in ends and not depth:
            yield begin, position
            begin = ends[position]
    yield begin, len(text)


def _segment(text: str, begin: int, end: int, start: int) -> Iterator[Item]:
    """One stretch between semicolons: "Bu, busulfan", "NR: no response", or a list of "AIC Immune cytopenia, d Day"."""
    words = text[begin:end]
    pieces = [(begin + left, begin + right) for left, right in _split(words, r",")]
    if len(pieces) > 2 and (found := _alternating(text, pieces, start) or _spaced(text, pieces, start)):
        yield from found
    elif match := _PAIR.fullmatch(words):
        bounds = (begin + match.start("meaning"), end)
        yield from _item(text, (begin + match.start("short"), end), match["short"], bounds, start, match["context"] or "")
    else:
        yield from _spaced(text, [(begin, end)], start)


def _alternating(text: str, pieces: list[tuple[int, int]], start: int) -> list[Item]:
    """"CR, complete response, PR, partial response": every other piece is an abbreviation."""
    shorts, meanings = pieces[::2], pieces[1::2]
    if len(pieces) % 2 or len(pieces) < 4 or not all(_is_short(text[left:right]) for left, right in shorts):
        return []
    if any(_is_short(text[left:right]) for left, right in meanings):
        return []
    found: list[Item] = []
    for short, meaning in zip(shorts, meanings, strict=True):
        found += _item(text, (short[0], meaning[1]), text[short[0] : short[1]], meaning, start)
    return found


def _spaced(text: str, pieces: list[tuple[int, int]], start: int) -> list[Item]:
    """"AIC Immune cytopenia, d Day": a piece begins with its abbreviation; one that does not goes on with the last."""
    starts: list[tuple[int, int, str]] = []
    for left, right in pieces:
        first = re.match(r"\s*(?:and\s+)?(\S+)\s+(?=\S)", text[left:right])
        if first and _is_short(first.group(1)):
            starts.append((left + first.start(1), left + first.end(), first.group(1)))
        elif not starts:
            return []
    if len(starts) * 2 < len(pieces):
        return []
    ends = [begin for begin, _, _ in starts[1:]] + [pieces[-1][1]]
    found: list[Item] = []
    for (begin, middle, short), end in zip(starts, ends, strict=True):
        found += _item(text, (begin, end), short, (middle, end), start)
    return found


_WORDS_NOT_SHORT = frozenset(
    "a an the and or of in on to for with from at by is are was were be as not no all any one two three this that these "
    "those it if only data values also after before see other table figure patient patients except including".split()
)


def _is_short(words: str) -> bool:
    """Whether words look like an abbreviation: one token with a capital, a point, a figure, or up to three letters."""
    words = words.strip()
    if not words or len(words) > 15 or " " in words or words.lower() in _WORDS_NOT_SHORT or words.isdigit():
        return False
    return len(words) <= 3 or any(character.isupper() for character in words[1:]) or "." in words[:-1] or "/" in words


def _item(
    text: str, whole: tuple[int, int], short: str, bounds: tuple[int, int], start: int, context: str = ""
) -> Iterator[Item]:
    left, right = bounds
    while right > left and text[right - 1] in " \t\n,;.":
        right -= 1
    while left < right and text[left].isspace():
        left += 1
    begin = whole[0] + len(text[whole[0] :]) - len(text[whole[0] :].lstrip())
    if right > left and short.strip():
        yield Item(short.strip(), _one_line(text[left:right]), Span(start + begin, start + right), context)


def _caption_items(text: str, start: int) -> Iterator[Item]:
    """A caption defines in brackets, or in a sentence of its own after "Abbreviations"."""
    for short, (meaning, span) in definitions(text).items():
        yield Item(short, meaning, Span(start + span.start, start + span.end))
    for lead in re.finditer(r"\b(?:Abbreviations?|Key)\s*[:.]?\s", text):
        yield from _items(text[lead.start() :], start + lead.start())
        return
    for begin, end in _split(text, r"(?<=\.)\s+"):
        sentence = text[begin:end]
        if begin and (";" in sentence or "=" in sentence):
            yield from _items(sentence, start + begin)


_WORD = re.compile(r"[A-Za-z]{4,}")


def _speaks_of(item: Item, header: str) -> bool:
    """Whether a meaning belongs under a header: they share the beginning of a word."""
    own = {word[:6].lower() for word in _WORD.findall(item.context or item.meaning)}
    return bool(own & {word[:6].lower() for word in _WORD.findall(header)})


def _one_line(words: str) -> str:
    return " ".join(words.split())

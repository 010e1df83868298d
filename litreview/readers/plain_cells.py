"""Cells that plain text prints one below the other, wrapped ones made whole: which lines belong together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from litreview.readers.plain_words import Words
from litreview.readers.table_words import heads_observation

Group = tuple[str, ...]

_MOST_LINES = 4  # of one cell
_CLOSE = 0.4  # a second reading that costs no more than this makes both doubtful
_DEAR = 0.2  # what a cell may cost on average
_SHORT = 1.2  # what a missing last cell costs
_NARROW = 13  # characters that any column has room for
_OFTEN = 0.35  # the share of lines in lower case from which on that is the table's habit

_NUMBER = re.compile(
    r"[<>≤≥~+±−–-]?\s?\d[\d.,/:+×x\s–-]*(?:%|[a-zµμ]{1,3}/[\w.]+|y|yrs?|years?|mo|months?|weeks?|days?|d)?"
)
_CODE = re.compile(r"\d{1,3}\s?(?:y\w*\s?)?[/,]?\s?[MF]\b|[MF]\s?[/,]?\s?\d{1,3}\b|[MF]|(?:fe)?male", re.IGNORECASE)
_BLANK = re.compile(r"[-–—−.]+|n\.?\s?/?\s?[adkre]\.?|not\s+\w+", re.IGNORECASE)
_ANSWER = re.compile(r"(?:yes|no|none|alive|dead)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:[,/+&(-]|\b(?:and|or|of|with|at|for|to|x|after|in|by|on|the|from))$", re.IGNORECASE)


def shape(cell: str) -> str:
    """What a cell looks like: blank, code of age or sex, number, measure, list, short, or words."""
    words = cell.strip()
    for name, pattern in (("blank", _BLANK), ("code", _CODE), ("number", _NUMBER)):
        if pattern.fullmatch(words):
            return name
    if re.match(r"[<>~]?\d", words):
        return "measure"
    if re.search(r"[,;+]\s", words):
        return "list"
    return "short" if _ANSWER.match(words) or re.fullmatch(r"[A-Z][A-Z0-9/ -]{0,11}", words) else "words"


def groups(
    lines: Sequence[str], values: int, words: Words, *, headed: bool = False, alike: bool = True
) -> tuple[Group, ...] | None:
    """Lines as groups of a header (if `headed`) and its values; `None` where they do not come out even.

    The values of a group look alike if `alike`. A group that has lost a value, or whose cells could as well be cut
    elsewhere, is left empty.
    """
    best = _Work(tuple(lines), values, headed, alike, words).solved()
    if not best or not best[0][1]:
        return None
    cost, cuts = best[0]
    doubtful = {cut for other, ways in best[1:] if other - cost < _CLOSE for cut in ways} - set(cuts)
    many = values + headed
    found = []
    for group in _grouped(cuts):
        whole = len(group) == many and not any(_touches(cut, other) for cut in group for other in doubtful)
        part = lines[group[0][1] : group[-1][2]]
        sure = whole and (len(part) == many or _is_sure(_Work(tuple(part), values, headed, alike, words).solved()))
        found.append(tuple(words.join(lines[cut[1] : cut[2]]) for cut in group) if sure else ())
    return tuple(found) if cost <= _dear(len(cuts)) else None


def _is_sure(best: Sequence["Way"]) -> bool:
    """Whether no other way to cut the lines costs about as little."""
    return bool(best) and (len(best) == 1 or best[1][0] - best[0][0] >= _CLOSE)


Cut = tuple[int, int, int]  # slot, first line, line after the last
Way = tuple[float, tuple[Cut, ...]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that may be one cell: where they end, how they look, and what it costs to read them so.

    `header` says that they begin as headers do, `only_whole` that their first line alone does not.
    """

    end: int
    text: str
    look: str
    cost: float
    header: bool
    only_whole: bool = False


@dataclass
class _Work:
    """The two cheapest ways to cut the lines into cells."""

    lines: tuple[str, ...]
    values: int
    headed: bool
    alike: bool
    words: Words
    _ways: dict[tuple[int, int], dict[str, list[Way]]] = field(default_factory=dict)

    def solved(self) -> list[Way]:
        """The ways through all lines, the cheapest first."""
        self._ways[(0, 0)] = {"": [(0.0, ())]}
        joints = _Joints(lower_often=_lower_often(self.lines))
        for at in range(len(self.lines)):
            pieces = tuple(_pieces(self.lines, at, joints, self.words))
            for slot in range(self.values + self.headed):
                for before, ways in self._ways.pop((at, slot), {}).items():
                    self._go_on(at, slot, before, ways, pieces)
        return self._ways.get((len(self.lines), 0), {}).get("", [])

    def _go_on(self, at: int, slot: int, before: str, ways: list[Way], pieces: Sequence[_Piece]) -> None:
        last = self.values + self.headed - 1
        for piece in pieces:
            cost = piece.cost + self._look_cost(slot, piece, before)
            open_look = before if piece.look == "blank" else piece.look
            after = "" if slot == last or not self.alike or (self.headed and slot == 0) else open_look
            self._add((piece.end, 0 if slot == last else slot + 1), after, ways, cost, (slot, at, piece.end))
            if slot == last - 1 and slot > 0:
                self._add((piece.end, 0), "", ways, cost + _SHORT, (slot, at, piece.end))

    def _add(self, place: tuple[int, int], look: str, ways: list[Way], cost: float, cut: Cut) -> None:
        """Keep the two cheapest ways to a place; a way that costs too much already leads nowhere."""
        known = self._ways.setdefault(place, {}).setdefault(look, [])
        for way in ways:
            total = way[0] + cost
            most = _dear(len(way[1]) + 1 + len(self.lines) - place[0]) + _CLOSE
            if total <= most and (len(known) < 2 or total < known[1][0]):
                known.append((total, (*way[1], cut)))
                known.sort(key=lambda one: one[0])
                del known[2:]

    def _look_cost(self, slot: int, piece: _Piece, before: str) -> float:
        if self.headed and slot == 0:
            return _header_cost(piece)
        known = 0.8 if self.headed and piece.header else 0.0
        if not self.alike or not before or piece.look in ("blank", before):
            return known
        both = {piece.look, before}
        return known + (0.2 if both <= {"short", "words", "list"} or both <= {"number", "measure"} else 0.5)


def _header_cost(piece: _Piece) -> float:
    if piece.header:
        return -0.8 if piece.only_whole else 0.0
    unlike = {"number": 3.0, "code": 3.0, "blank": 3.0, "measure": 3.0, "short": 1.2, "list": 1.2}
    return unlike.get(piece.look, 1.2 if piece.text[:1].islower() else 0.8)


def _dear(cells: int) -> float:
    """What so many cells may cost."""
    return max(_DEAR * cells, _CLOSE)


def _pieces(lines: Sequence[str], at: int, joints: "_Joints", words: Words) -> Iterator[_Piece]:
    """The cells that may begin at a line."""
    cost = 0.0
    for end in range(at + 1, min(at + _MOST_LINES, len(lines)) + 1):
        text, following = words.join(lines[at:end]), lines[end] if end < len(lines) else ""
        told = cost + (joints.cut(text, lines[end - 1], following) if following else 0.0)
        header = heads_observation(text)
        goes_on = all(line[:1].islower() for line in lines[at + 1 : end])
        yield _Piece(end, text, shape(text), told, header, header and goes_on and not heads_observation(lines[at]))
        cost += joints.join(text, lines[end - 1], following) if following else 0.0


def _lower_often(lines: Sequence[str]) -> bool:
    return sum(line[:1].islower() for line in lines) >= _OFTEN * len(lines)


@dataclass(frozen=True, slots=True)
class _Joints:
    """What it costs that a cell goes on in the next line, or ends before it."""

    lower_often: bool

    def join(self, text: str, last: str, line: str) -> float:
        """The cost of going on; nobody wraps what has room."""
        if shape(text) == "blank":
            return 2.0
        if _is_open(text) or line.startswith(")") or text.endswith("-"):
            return 0.0
        if _GOES_ON.search(text):
            return 0.1
        if line.startswith("("):
            return 0.3
        if is_fresh(line):
            return 2.0
        roomy = len(last) + len(line.split()[0]) < _NARROW
        return (1.2 if roomy else 0.3) + (0.6 if self.lower_often else 0.0)

    def cut(self, text: str, last: str, line: str) -> float:
        """The cost of ending."""
        if _is_open(text) or line.startswith(")"):
            return 4.0
        if _GOES_ON.search(text) and shape(text) != "blank":
            return 2.0
        if line.startswith("("):
            return 1.5
        if is_fresh(line) or self.lower_often:
            return 0.0
        return 0.1 if len(last) + len(line.split()[0]) < _NARROW else 0.5


def is_fresh(line: str) -> bool:
    """Whether a line begins as a cell does: not in lower case, or with an answer or a sex."""
    return not line[:1].islower() or bool(_ANSWER.match(line)) or shape(line) == "code"


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")")


def _grouped(cuts: Sequence[Cut]) -> Iterator[tuple[Cut, ...]]:
    starts = [number for number, cut in enumerate(cuts) if cut[0] == 0]
    for start, end in zip(starts, [*starts[1:], len(cuts)], strict=True):
        yield tuple(cuts[start:end])


def _touches(cut: Cut, other: Cut) -> bool:
    return cut[1] < other[2] and other[1] < cut[2]

"""Counted: patients whose number alone is announced, told apart by their turn, or as "the man" and "the woman"."""

from collections.abc import Iterator

from litreview.extract.people.announced import cases_counted
from litreview.extract.people.bare_turns import TURN, turns_in
from litreview.extract.people.counts import meaning
from litreview.extract.people.figures import Figure, View
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref
from litreview.model.document import Document
from litreview.model.topic import Topic

_COUNTING = ("title", "abstract", "case", "results", "other", "methods", "caption")
_TELLING = ("case", "results", "other")
_MOST = 8
_PAIR = (1, 2)
_BY_AGE = frozenset({"older", "younger"})
_EARLY = 12  # letters from a sentence's beginning


def by_turns(document: Document, lines: tuple[Line, ...], topic: Topic) -> list[Figure]:
    """Patients who are only counted: "three patients ... the first ..., the second ..., and the third ..."."""
    size = _announced(document, lines, topic)
    if not size:
        return []
    telling = [line for line in lines if line.sentence.section in _COUNTING and not line.cued_away()]
    turns = {ref.turn for line in telling for ref in line.refs if ref.kind == "noun"}
    turns |= {turn for line in telling for turn in turns_in(document.text, line, topic)}
    places = {int(turn) for turn in turns if turn.isdigit()} | ({2} if "last" in turns else set())
    if size == len(_BY_AGE) and turns >= _BY_AGE:
        told = sorted(_BY_AGE, key=lambda turn: _first_told(document, lines, turn, topic))
        return [Figure(turn=turn) for turn in told]
    return [Figure() for _ in range(size)] if {1, 2} <= places and max(places) <= size else []


def with_the_last(document: Document, lines: tuple[Line, ...], figures: list[Figure], topic: Topic) -> list[Figure]:
    """The figures, and those behind them whom nothing but their turn brings up: "The third had only two doses"."""
    counted = by_turns(document, lines, topic)[len(figures) :]
    told = {line.sentence.index: line for line in lines}
    in_order = all(_has_turn(document, told[figure.sentence], place, topic) for place, figure in enumerate(figures, 1))
    return [*figures, *counted] if in_order else figures


def _has_turn(document: Document, line: Line, place: int, topic: Topic) -> bool:
    turns = {ref.turn for ref in line.refs} | set(turns_in(document.text, line, topic))
    return str(place) in turns


def known_as(document: Document, lines: tuple[Line, ...], told: int, topic: Topic) -> View | None:
    """The patients of a text that announces more than are introduced, `told`: "the man ...", "the woman ...".

    `None` where those who are called so are not as many as announced.
    """
    size = _announced(document, lines, topic) or _names(document, lines)
    if size <= told:
        return None
    view = View(several=True)
    for line in _telling(lines):
        for ref in line.refs:
            index = _index(view, ref, line, document) if _tells_apart(ref) else _next(view, ref, line)
            if index is not None:
                view.starts[ref.span.start] = index
                view.figures[index].add(ref, _name(ref, document))
                view.figures[index].words += " " + document[line.span]
    return view if len(view.figures) == size else None


def _announced(document: Document, lines: tuple[Line, ...], topic: Topic) -> int:
    """The first number of patients that a text names, 0 where it names none."""
    return next(iter(_numbers(document, lines, topic)), 0)


def _numbers(document: Document, lines: tuple[Line, ...], topic: Topic) -> Iterator[int]:
    for line in lines:
        # "Two patients with AIHA" sounds general, and is not.
        away = line.cited or line.cues & {"others", "general", "excluded"} or line.whole()
        if line.sentence.section in _COUNTING and not away:
            counts = (
                cases_counted(line, document, topic),
                *(ref.count or 0 for ref in line.refs if ref.kind == "many"),
            )
            yield from (count for count in counts if 1 < count <= _MOST)


def _names(document: Document, lines: tuple[Line, ...]) -> int:
    """How many people a text calls by name."""
    return len({_name(ref, document) for line in _telling(lines) for ref in line.refs if _is_name(ref)})


def _telling(lines: tuple[Line, ...]) -> list[Line]:
    """The sentences that tell of patients, of an abstract where nothing else does."""
    told = [line for line in lines if not line.cued_away()]
    body = [line for line in told if line.sentence.section in _TELLING]
    return body or [line for line in told if line.sentence.section == "abstract"]


def _tells_apart(ref: Ref) -> bool:
    described = ref.sex or ref.age is not None or ref.adult is not None
    known = ref.introduces or ref.article == "the" or _is_name(ref)
    return ref.kind == "noun" and bool(described) and not ref.turn and known


def _is_name(ref: Ref) -> bool:
    return ref.head.endswith("by name")


def _next(view: View, ref: Ref, line: Line) -> int | None:
    """The place of somebody whom a sentence begins with by turn alone: "The second patient", "the other patient"."""
    place = int(ref.turn) if ref.turn.isdigit() else len(view.figures) + 1 if ref.turn == "other" else 0
    early = ref.kind == "noun" and ref.span.start - line.span.start < _EARLY
    if not early or place != len(view.figures) + 1 or (ref.turn == "other" and place != len(_PAIR)):
        return None
    view.figures.append(Figure(sentence=line.sentence.index, section=line.sentence.section))
    return place - 1


def _name(ref: Ref, document: Document) -> str:
    """How a phrase calls somebody, without what is added: "Mrs. D" of "Mrs. D., 58 years old"."""
    return document[ref.span].split(",")[0].rstrip(".")


def _index(view: View, ref: Ref, line: Line, document: Document) -> int | None:
    """Whom a phrase means: the only one it fits, or has the name, or somebody new at a sentence's beginning."""
    fitting = [
        index
        for index, figure in enumerate(view.figures)
        if (_name(ref, document) in figure.names if _is_name(ref) else figure.takes(ref))
    ]
    if fitting or ref.span.start - line.span.start > _EARLY:
        return fitting[0] if len(fitting) == 1 else None
    view.figures.append(Figure(sentence=line.sentence.index, section=line.sentence.section))
    return len(view.figures) - 1


def _first_told(document: Document, lines: tuple[Line, ...], turn: str, topic: Topic) -> int:
    starts = (
        match.start()
        for line in lines
        for match in line.finditer(document.text, topic.regex(TURN))
        if meaning(match[0].lower(), "turns", topic) == turn
    )
    return min(starts, default=len(document.text))

"""Divided: a sentence that names several patients, cut between them, with what holds of them all or of one more."""

from collections.abc import Iterator

from litreview.extract.people.clauses import clause_at, clauses
from litreview.extract.people.compared import ALSO
from litreview.extract.people.cut import cut
from litreview.extract.people.lines import Line
from litreview.extract.people.share import Named, Share
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.topic import Topic


def inside(named: tuple[Named, ...], span: Span) -> tuple[Named, ...]:
    """Those who are named in a stretch of text."""
    return tuple(one for one in named if one.ref.span in span)


def divided(text: str, line: Line, named: tuple[Named, ...], topic: Topic) -> tuple[Share, ...]:
    """The sentence cut between those it names; for "as it was in patients 1 and 5" the clause once more."""
    also = tuple(one for one in named if ALSO.search(text, line.span.start, one.ref.span.start))
    main = tuple(one for one in named if one not in also)
    if not main:
        return tuple(_likewise(text, line.span, also, topic))
    whole = Span(_beginning(text, line, main, topic), line.span.end)
    head, tail = (whole, ()) if OF_WHOM in line.silent else _of_whom(text, whole, main)
    shares = cut(text, head, inside(main, head), topic)
    return (*shares, *tail, *_likewise(text, line.span, also, topic))


OF_WHOM = Pattern(
    r"(?:,\s*(?:and\s+)?|\s+)(?:(?:both|all(?:\s+(?:three|four|five|\d))?|each|neither|none)\s+of\s+wh(?:om|ich)"
    r"|of\s+whom\s+(?:only\s+|just\s+)?(?:(?:the\s+)?(?P<one>first|former|latter|second|last)|one|two)"
    # The latter of two drugs is stopped or added, not the latter of two patients.
    r"|and\s+(?:only\s+)?the\s+(?P<too>former|latter)(?!\s+(?:was|being)\s+(?:stopped|added|begun|discontinued|tapered|continued|withdrawn|replaced)))\b"
)


def _of_whom(text: str, span: Span, named: tuple[Named, ...]) -> tuple[Span, tuple[Share, ...]]:
    """The sentence up to "both of whom", and what is told from there on, of all whom it has named before.

    "Of whom only the latter" is the one named last; "of whom one" is nobody who could be told. Where the sentence names
    somebody behind that as well it is left whole.
    """
    match = OF_WHOM.search(text, span.start, span.end)
    before = tuple(one for one in named if match and one.ref.span.end <= match.start())
    if not match or not before or any(one.ref.span.start >= match.end() for one in named):
        return span, ()
    meant = tuple(dict.fromkeys(index for one in before for index in one.whom))
    if len(meant) < 2:
        return span, ()
    head = Span(span.start, match.start())
    if turn := (match["one"] or match["too"]):
        meant = meant[:1] if turn.lower() in ("first", "former") else meant[-1:]
    elif match[0].lower().rstrip().endswith(("one", "two")):
        return head, ()
    return head, (Share(Span(match.start(), span.end), tuple(sorted(meant))),)


def _beginning(text: str, line: Line, named: tuple[Named, ...], topic: Topic) -> int:
    """Where a sentence begins to be about the named: after "Ten patients responded;" if that stands before."""
    first = min(one.ref.span.start for one in named)
    others = [ref for ref in line.refs if ref.span.end <= first and ref.kind == "many"]
    if not others:
        return line.span.start
    clause = clause_at(clauses(text, Span(others[-1].span.end, line.span.end), topic), first)
    return clause.start if clause.start > others[-1].span.end else line.span.start


def _likewise(text: str, span: Span, also: tuple[Named, ...], topic: Topic) -> Iterator[Share]:
    """Patients of whom the clause holds as well: "..., and the test was positive, as it was in patients 1 and 5"."""
    for one in also:
        clause = clause_at(clauses(text, Span(span.start, one.ref.span.end), topic), one.ref.span.start)
        yield Share(Span(clause.start, one.ref.span.end), one.whom)

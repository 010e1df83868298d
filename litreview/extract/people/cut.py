"""Cuts: divides a sentence that names several patients at the places where it turns from one to the next."""

import re
from collections.abc import Iterator
from itertools import pairwise

from litreview.extract.people.clauses import clause_at, clauses
from litreview.extract.people.ellipsis import left_out, together
from litreview.extract.people.parts import IN, Part, parts_of
from litreview.extract.people.share import Named, Share
from litreview.extract.people.whom import Whom
from litreview.model.document import Span
from litreview.model.topic import Topic

_DIRECT = (
    r"(?:;|,|\b(?:and|or|<clauses#contrast>)\s|\()\s*(?:(?:and|<clauses#contrast>)\s+)?"
    r"(?:(?:in|for|of|by|to|from)\s+)?$"
)
_STRONG = r"\s*;\s*|,?\s+(?:<clauses#contrast>)\s+"
_WEAK = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
# "..., and in P3 romiplostim was continued": a clause of its own, which begins nowhere else.
_OWN_VERB = re.compile(r"[^,;.()]{1,60}\s(?:was|were|has|had|did|is|are|remained|required|developed|received)\b")
_LEAD_IN = r"\b(?:<clauses#verb>|of|by|at|reached)\s+"
_DONE = re.compile(r"(?:\w+ed|seen|given|found|noted|made|begun|shown)\s+(?=\S)", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\s*(?:\w+ed|seen|given|found|present|noted|made|begun|shown)?\s*$", re.IGNORECASE)


def cut(text: str, span: Span, named: tuple[Named, ...], topic: Topic) -> tuple[Share, ...]:
    """The shares of a sentence, one for each turn to other patients; together they cover it.

    What stands once for several is given to each, with the others' words masked: the verb of "P1 and P2 were treated",
    the beginning of "100% in patients 2 and 4 and 94% in patient 1".
    """
    if len(named) == 1:
        return _uncut(span, named[0].whom)
    parts = parts_of(text, span, named)
    if len(parts) == 1:
        return _uncut(span, parts[0].whom)
    starts = [span.start, *(_turn(text, left, right, topic) for left, right in pairwise(parts))]
    owns = [Span(start, max(start, end)) for start, end in zip(starts, [*starts[1:], span.end], strict=True)]
    shares = {place: Share(own, part.whom) for place, (part, own) in enumerate(zip(parts, owns, strict=True))}
    chained = dict(_chained(text, parts, owns, topic))
    shares |= dict(left_out(text, parts, owns, topic)) | together(text, parts, owns, topic) | chained
    return tuple(shares[place] for place, own in enumerate(owns) if len(own))


def _uncut(span: Span, whom: Whom) -> tuple[Share, ...]:
    return (Share(span, whom),) if len(span) else ()


def _chained(text: str, parts: list[Part], owns: list[Span], topic: Topic) -> Iterator[tuple[int, Share]]:
    """The shares of patients told in a row after their values, each with the beginning that they share."""
    head = None
    for place, (part, own) in enumerate(zip(parts, owns, strict=True)):
        before = parts[place - 1] if place else None
        goes_on = before and part.inside and before.inside and not _strong(text, before, part, topic)
        head = head if goes_on and head else _head(text, own, part, topic)
        alone = _OWN_VERB.match(text, part.span.end, own.end)
        if goes_on and head and head.start < own.start and not alone:
            yield place, Share(Span(head.start, own.end), part.whom, (Span(head.end, own.start),))


def _turn(text: str, left: Part, right: Part, topic: Topic) -> int:
    """Where the sentence turns from one part to the next."""
    between = Span(left.span.end, right.span.start)
    opened = _open_bracket(text, between)
    behind = text[left.span.start - 1 : left.span.start] == text[right.span.start - 1] == "("
    if behind and (joint := _WEAK.search(text, between.start, between.end)):
        return joint.start()
    if opened is not None:
        return opened
    if direct := topic.regex(_DIRECT).search(text, between.start, between.end):
        return direct.start()
    strong = list(topic.regex(_STRONG).finditer(text, between.start, between.end))
    if strong:
        return strong[-1].start()
    weak = [match for match in _WEAK.finditer(text, between.start, between.end) if match.end() > match.start()]
    if not weak:
        return between.end
    return (weak[0] if left.inside and not left.leading else weak[-1]).start()


def _open_bracket(text: str, between: Span) -> int | None:
    opened: list[int] = []
    for mark in re.finditer(r"[()]", text[between.start : between.end]):
        if mark[0] == "(":
            opened.append(between.start + mark.start())
        elif opened:
            opened.pop()
    return opened[0] if opened else None


def _strong(text: str, left: Part, right: Part, topic: Topic) -> bool:
    return topic.regex(_STRONG).search(text, left.span.end, right.span.start) is not None


def _head(text: str, own: Span, part: Part, topic: Topic) -> Span | None:
    """What comes before the value of a part that names its patients last; `None` where the value comes first."""
    if not part.inside or part.leading:
        return None
    clause = clause_at(clauses(text, own, topic), part.span.start)
    preposition = IN.search(text, clause.start, part.span.start)
    end = preposition.start() if preposition else part.span.start
    leads = list(topic.regex(_LEAD_IN).finditer(text, clause.start, end))
    if not leads or _PARTICIPLE.fullmatch(text, leads[-1].end(), end):
        return None
    head = leads[-1].end()
    done = _DONE.match(text, head, end)
    return Span(clause.start, done.end() if done else head)

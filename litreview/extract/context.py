"""Contexts: which words of a sentence are negated, planned, hypothetical or about something else.

After ConText (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): a trigger puts what follows or precedes it into a
category, up to the end of the clause, a number of tokens, or a stop word. The triggers are data (`context.yaml`).
"""

import re
from collections.abc import Iterator, Sequence

from litreview.extract.breaks import part_at
from litreview.extract.kept import per_topic
from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.topic import Topic, Trigger
from litreview.model.values import dataclass
from litreview.model.vocabulary import any_of

_BRACKET = re.compile(r"[()]")


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of a text under a context, with the words that put it there."""

    category: str
    span: Span
    trigger: Span


def scopes(text: str, topic: Topic) -> tuple[Scope, ...]:
    """The contexts in one sentence, as spans of its text."""
    return next(scopes_of_each([text], topic))


def scopes_of_each(texts: Sequence[str], topic: Topic) -> Iterator[tuple[Scope, ...]]:
    """The same of several sentences, which takes less time than to ask for one after the other."""
    triggers, sieve = _compiled(topic)
    for text, passing in zip(texts, sieve.passing_each(texts), strict=True):
        yield tuple(_scopes(text, [triggers[number] for number in passing]))


def contexts(span: Span, found: tuple[Scope, ...]) -> frozenset[str]:
    """The categories whose scope a stretch lies in; a trigger does not act on itself."""
    start, end = span.start, span.end
    return frozenset(
        scope.category
        for scope in found
        if start < scope.span.end
        and scope.span.start < end
        and not (start <= scope.trigger.start and scope.trigger.end <= end)
    )


_Compiled = tuple[Trigger, Pattern, Pattern | None]
"""A trigger with what matches its words and its stops."""


def _scopes(text: str, triggers: Sequence[_Compiled]) -> Iterator[Scope]:
    for trigger, pattern, stops in triggers:
        for match in pattern.finditer(text):
            words = Span(match.start(), match.end())
            if trigger.direction in ("forward", "both"):
                yield Scope(trigger.category, _forward(text, words, trigger, stops), words)
            if trigger.direction in ("backward", "both"):
                yield Scope(trigger.category, _backward(text, words, trigger, stops), words)


def _forward(text: str, words: Span, trigger: Trigger, stops: Pattern | None) -> Span:
    end = _bracket_end(text, words.end, part_at(text, min(words.end, len(text) - 1)).end)
    if stops and (stop := stops.search(text, words.end, end)):
        end = stop.start()
    if trigger.scope:
        tokens = list(re.finditer(r"\S+", text[words.end : end]))[: trigger.scope]
        end = words.end + tokens[-1].end() if tokens else words.end
    return Span(words.end, max(end, words.end))


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where the brackets close that a place stands in: "ITP (no transplant) was treated" denies no treatment."""
    depth = 0
    for bracket in _BRACKET.finditer(text, start, end):
        depth += 1 if bracket.group() == "(" else -1
        if depth < 0:
            return bracket.start()
    return end


def _backward(text: str, words: Span, trigger: Trigger, stops: Pattern | None) -> Span:
    start = part_at(text, words.start).start
    if stops:
        for stop in stops.finditer(text, start, words.start):
            start = stop.end()
    if trigger.scope:
        tokens = list(re.finditer(r"\S+", text[start : words.start]))[-trigger.scope :]
        start = start + tokens[0].start() if tokens else words.start
    return Span(min(start, words.start), words.start)


@per_topic
def _compiled(topic: Topic) -> tuple[Sequence[_Compiled], Sieve]:
    triggers = [_compile(trigger, topic) for trigger in topic.triggers]
    return triggers, Sieve([pattern for _, pattern, _ in triggers])


def _compile(trigger: Trigger, topic: Topic) -> _Compiled:
    words = "|".join([*([any_of(trigger.terms)] if trigger.terms else ()), *trigger.patterns])
    stops = "|".join(trigger.stops)
    return trigger, topic.regex(words), topic.regex(stops) if stops else None

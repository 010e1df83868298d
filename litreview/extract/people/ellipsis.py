"""Ellipsis: what a sentence says once for several patients, or leaves out because it has just been said."""

import re
from collections.abc import Iterator

from litreview.extract.people.clauses import balanced
from litreview.extract.people.parts import Part
from litreview.extract.people.share import Share
from litreview.model.document import Span
from litreview.model.topic import Topic

_PLURAL = (
    r"(?:\s*\([^()]*\))?(?:\s*,|\s*\))?\s*(?:(?:who|both|all|each|also|then)\s+){0,2}"
    r"(?P<verb>were|are|have|had|<clauses#verb>|\w{3,}ed\b)"
)
_LATER = (
    r"(?:[,)]\s*(?:(?:who|both|all)\s+){0,2}|\b(?:who\s+)?(?:both|all)\s+|\s)(?P<verb>were|are|have|<clauses#verb>)\b"
)
_DESCRIBED = re.compile(
    r"\s*(?:$|\(|,?\s*and\b|(?:with|from|of|aged)\b|,\s*(?:$|an?\b|the\b|aged\b|both\b|\d))", re.IGNORECASE
)
_ONE_ONLY = re.compile(r"(?:was|is|has|does|also|can|will|could|would)$", re.IGNORECASE)
_OF_ONE = re.compile(r"\bwho\s+(?!both|all|were|are|have)", re.IGNORECASE)
_FINITE = r"\b(?:<clauses#verb>)|(?<=[\s,)])(?:\w{3,}ed|gave|went|fell|rose|began|took|made|saw|felt|came)\b"
_TAKING = re.compile(
    r"\s*,?\s*(?P<word>on|at|after|from|in|within|by|until|to|for|with|since|before|during)\s", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|no|none|never|neither|nor)\b", re.IGNORECASE)
_APPOSITION = re.compile(r"\s*(?:\([^()]*\)|,\s*(?:aged|an?|the|who)\b[^,;]*,)(?=\s*,?\s*\w)", re.IGNORECASE)
_TELLING = re.compile(r",|\b(?:years?|months?|aged|old)\b")
_WORDS = re.compile(r"\s*,?\s*[\w+(>≥<≤-]")


def together(text: str, parts: list[Part], owns: list[Span], topic: Topic) -> dict[int, Share]:
    """The shares of subjects that stand in a row before their verb: "P1 (AIHA) and P2 (ITP) were treated"."""
    found: dict[int, Share] = {}
    first = 0
    while first < len(parts) - 1:
        last = _row(text, parts, owns, first, topic)
        if last > first and (verb := _common_verb(text, parts[last], owns[last], topic)):
            chunks = [owns[place] for place in range(first, last)] + [Span(owns[last].start, verb)]
            chunks[0] = Span(parts[first].span.start, chunks[0].end)
            for place in range(first, last + 1):
                masks = tuple(chunk for chunk in chunks if chunk != chunks[place - first])
                found[place] = Share(Span(owns[first].start, owns[last].end), parts[place].whom, masks)
        first = max(last, first + 1)
    return found


def _row(text: str, parts: list[Part], owns: list[Span], first: int, topic: Topic) -> int:
    """The last of the parts from `first` on of which all but the last lack a verb."""
    place = first
    while place < len(parts) - 1 and not parts[place].inside and not _says(text, parts[place], owns[place], topic):
        if re.search(r";|\b(?:whereas|while|but)\b", text[parts[place].span.end : parts[place + 1].span.start]):
            return first
        if place and not _DESCRIBED.match(text, parts[place].span.end, owns[place].end):
            return first
        place += 1
    return place if not parts[place].inside else first


def _says(text: str, part: Part, own: Span, topic: Topic) -> bool:
    """Whether there is a verb behind a part's name."""
    for verb in topic.regex(_FINITE).finditer(text, part.span.end, own.end):
        if balanced(text, part.span.end, verb.start()):
            return True
    return False


def _common_verb(text: str, part: Part, own: Span, topic: Topic) -> int | None:
    """Where the verb of all begins, behind the last one's name and what is said of it alone."""
    verb = topic.regex(_PLURAL).match(text, part.span.end, own.end)
    later = topic.regex(_LATER).finditer(text, part.span.end, own.end)
    verb = verb or next((match for match in later if balanced(text, part.span.end, match.start("verb"))), None)
    if verb is None or _ONE_ONLY.match(verb["verb"]) or _OF_ONE.search(text, part.span.end, verb.end("verb")):
        return None
    return verb.start("verb")


def left_out(text: str, parts: list[Part], owns: list[Span], topic: Topic) -> Iterator[tuple[int, Share]]:
    """The shares of parts that borrow their verb from the one before: "P1 fell ill on day +60 and P2 on day +90"."""
    said: int | None = None
    for place, (part, own) in enumerate(zip(parts, owns, strict=True)):
        if _says(text, part, own, topic) or (part.inside and not part.leading and said is None):
            said = place
        elif said is not None and (share := _borrowed(text, parts[said], owns[said], part, own, topic)):
            yield place, share


def _borrowed(text: str, base: Part, base_own: Span, part: Part, own: Span, topic: Topic) -> Share | None:
    described = _APPOSITION.match(text, part.span.end, own.end)
    rest = text[described.end() if described else part.span.end : own.end]
    if not _WORDS.match(rest) or _DENIED.search(text, own.start, own.end):
        return None
    if base.inside and not base.leading:
        start = base.span.start - len(re.search(r"\w*\W*$", text[base_own.start : base.span.start])[0])  # type: ignore[index]
        return Share(Span(base_own.start, own.end), part.whom, (Span(start, _name(text, part, own)),))
    taking = _TAKING.match(rest)
    verb = next(topic.regex(_FINITE).finditer(text, base.span.end, base_own.end), None)
    if verb is None or (base.inside and not taking):
        return None
    gone = verb.end()
    if taking:
        same = list(re.finditer(rf"\b{taking['word']}\s", text[verb.start() : base_own.end], re.IGNORECASE))
        if not same:
            return None
        gone = verb.start() + same[-1].start()
    said = base.span.end if base.leading else verb.start()
    masks = (Span(base_own.start, said), Span(gone, _name(text, part, own)))
    return Share(Span(base_own.start, own.end), part.whom, masks)


def _name(text: str, part: Part, own: Span) -> int:
    """Where the words of one's own begin: behind a mere name, at one that tells an age."""
    described = _APPOSITION.match(text, part.span.end, own.end)
    return own.start if described or _TELLING.search(text, part.span.start, part.span.end) else part.span.end

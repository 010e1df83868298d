"""Parts of a sentence that name several patients: each a run of mentions of the same ones."""

import re
from dataclasses import dataclass, replace

from litreview.extract.people.share import Named
from litreview.extract.people.whom import Whom
from litreview.model.document import Span

IN = re.compile(
    r"\b(?:in|for|of|by|to|from)\s+(?:both\s+)?$"
    r"|(?:\b(?:in|for|of)\s+(?:only\s+)?(?:\d{1,2}|[a-z]{3,5})(?:\s+(?:patients?|cases?|children))?\s*)?\($",
    re.IGNORECASE,
)
_REACH = 34  # characters before a name in which its preposition is looked for: "in three patients (#1"
_JOINED = re.compile(r"\s*\(?(?:,|,?\s*\band\b|&|,?\s*\bn?or\b|\bas\s+well\s+as\b|\()?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """Mentions of the same patients one after the other.

    `inside` says that a preposition stands before ("in P1"), `leading` that nothing else does, `described` that the
    mention tells an age, which is nobody else's.
    """

    whom: Whom
    span: Span
    inside: bool
    leading: bool
    described: bool = False


def parts_of(text: str, span: Span, named: tuple[Named, ...]) -> list[Part]:
    """The parts of a sentence, in order; mentions that only a comma or "and" joins are one."""
    parts: list[Part] = []
    ordered = sorted(named, key=lambda one: one.ref.span.start)
    for place, one in enumerate(ordered):
        inside = IN.search(text, max(span.start, one.ref.span.start - _REACH), one.ref.span.start)
        leading = inside is not None and not re.search(r"\w", text[span.start : inside.start()])
        part = Part(one.whom, one.ref.span, inside is not None, leading, described=_described(text, ordered[place:]))
        if parts and _same(text, parts[-1], part):
            union = tuple(sorted({*parts[-1].whom, *part.whom}))
            parts[-1] = replace(parts[-1], whom=union, span=parts[-1].span.joined(part.span))
        else:
            parts.append(part)
    return parts


def _described(text: str, named: list[Named]) -> bool:
    """Whether the first mention tells an age, or is a label right before one that does: "case 2 a 29-year-old man"."""
    if named[0].ref.age is not None:
        return True
    if len(named) == 1 or named[0].ref.kind != "label" or named[0].whom != named[1].whom:
        return False
    beside = not text[named[0].ref.span.end : named[1].ref.span.start].strip(" ,")
    return beside and named[1].ref.age is not None


def _same(text: str, left: Part, right: Part) -> bool:
    if left.whom == right.whom:
        return True
    if left.described or right.described:
        return False
    between = text[left.span.end : right.span.start]
    return bool(_JOINED.fullmatch(between)) and not right.inside

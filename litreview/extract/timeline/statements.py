"""Statements: the stretches of a sentence within which a time and what happened at it belong together."""

import re

from litreview.extract.breaks import part_at
from litreview.model.document import Span

# "..., and at 14 months he remains well": a time of its own begins a statement.
_TIMED = re.compile(r",\s(?:and|but)\s(?=(?:at|on|by|after|within)\s)", re.IGNORECASE)


def statement_at(sentence: str, position: int) -> Span:
    """The statement that holds a position of the sentence."""
    part = part_at(sentence, position)
    cuts = [match.start() for match in _TIMED.finditer(sentence, part.start, part.end)]
    if not cuts:
        return part
    start = max((cut for cut in cuts if cut <= position), default=part.start)
    return Span(start, min((cut for cut in cuts if cut > position), default=part.end))

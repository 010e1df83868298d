"""Titles that speak of another report: corrections and replies, and the title that they name."""

import re
from typing import Literal

Kind = Literal["", "correction", "reply"]

_ERRATUM = (
    r"(?:published\s+)?(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|(?:author|publisher)['’]?s?\s+correction"
    r"|retraction\s+(?:note|notice|statement)|notice\s+of\s+retraction|expression\s+of\s+concern)"
)
_SHORT = r"(?:correction|retraction)"  # also what a paper may be about, so that a colon has to follow
_REPLY = r"(?:reply|response|rebuttal)"
_AUTHORS = r"(?:the\s+)?authors?['’]?s?['’]?"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    # "Erratum to: A title", "Correction: A title"
    ("correction", rf"^\W*{_ERRATUM}\b\W*(?:(?:to|for|of|in|on)\b)?[\s:.\-–—]*"),
    ("correction", rf"^\W*{_SHORT}\s*(?:(?:to|for|of|on)\s*)?[:.\-–—][\s\-–—]*"),
    # "A title: Erratum", "A title (retraction)"
    ("correction", rf"[\s:.,\-–—(\[]+{_ERRATUM}\W*$"),
    ("correction", rf"[:\"”(\[]\s*{_SHORT}\W*$"),
    # "A title (vol 12, pg 3, 2009)", "A title (Journal of Things (2009) 12 (3-9))": an index names what is corrected
    ("correction", rf"\s*\((?:(?:erratum|{_SHORT})\s+(?:to|of|for)\s+)?vol\.?\s*\w+.{{0,80}}$"),
    ("correction", r"\s*\([^()]{3,200}\((?:19|20)\d\d\)[^()]*\([^()]*\d[^()]*\)?\)?\W*$"),
    # "Reply to: A title", "Authors' response. A title", "Re: A title", "Comment on A title"
    ("reply", rf"^\W*(?:in\s+)?(?:{_AUTHORS}\s+)?{_REPLY}\s*(?:(?:to|from|by)\b[^:]{{0,40}}(?=:))?[:.\"“‘«\-–—]+\s*"),
    ("reply", r"^\W*(?:(?:in\s+)?reply\s+to\b|re\s*:|comm?ent(?:s|ary)?\s+on\b|letter\s+(?:re|regarding)\b)[\s:]*"),
    # "A title - reply", "A title AUTHORS REPLY", "A title: reply to Doe et al."
    ("reply", rf"[\s(\[]+{_AUTHORS}\s+{_REPLY}\W*$"),
    ("reply", rf"(?:\s+[\-–—]+|[:.?!;]|[(\[])\s*{_REPLY}(?:\s+to\s+.{{3,60}})?\W*$"),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def kind_of(title: str) -> tuple[Kind, str]:
    """What the title says of its kind, and the title that it speaks of.

    >>> kind_of("Erratum to: A bite")
    ('correction', 'A bite')
    """
    for kind, pattern in _KINDS:
        bare = pattern.sub("", title)
        if bare != title:
            return kind, bare
    return "", title

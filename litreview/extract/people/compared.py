"""Comparisons: a person who is only compared with is not the one a sentence tells of."""

import re

from litreview.model.document import Span
from litreview.model.topic import Topic

# "..., as it was in patients 1 and 5": the clause holds of them as well.
ALSO = re.compile(r"\bas\s+(?:it\s+|they\s+)?(?:was|did|were|had)\s+(?:also\s+)?(?:in\s+|for\s+)?$", re.IGNORECASE)
_LIKE = r"\b(?:<comparisons#like>)\s+(?:in\s+|for\s+|with\s+|the\s+case\s+of\s+)?(?:the\s+)?$"
_OTHER_THAN = re.compile(r"\bother\s+than\s+(?:in\s+|for\s+)?$", re.IGNORECASE)
_BEFORE = 70  # characters in which words of comparing have to stand


def is_compared(text: str, sentence: Span, position: int, topic: Topic) -> bool:
    """Whether words of comparing lead up to a position: "unlike our patient", "in contrast to this child"."""
    start = max(sentence.start, position - _BEFORE)
    if not topic.regex(_LIKE).search(text, start, position):
        return False
    return not (ALSO.search(text, start, position) or _OTHER_THAN.search(text, start, position))

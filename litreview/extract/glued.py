"""Citation numbers that are glued to a word where the raised figures were lost: "rituximab12,13 had failed"."""

import re
from collections.abc import Iterable

from litreview.extract.parsed import Mention

# What a number behind belongs to: the number of a patient or an infusion, an amount.
_NUMBERED = frozenset({"labels", "people", "measured", "routes"})
_WORD = re.compile(r"[^\W\d_]{5}[a-z]\Z")
# One citation, a range, or a list of them; no amount with its unit, decimal or power of ten, no share.
_MARKS = re.compile(
    r"[1-9]\d?(?:[,–-][1-9]\d?){0,3}(?![\w%‰°]|[.,·]\d|\s?(?:[x×*]\s?10|[µμm]?[gmlLM]\b|IU|U\b|Gy|mol|mmol|per\b|/))"
)


def without_glued(text: str, mentions: Iterable[Mention]) -> str:
    """The text with blanks for citation numbers that are glued to a concept's name; its length stays."""
    letters: list[str] = []
    for mention in mentions:
        end = mention.span.end
        if text[end : end + 1].isdigit() and mention.vocabulary not in _NUMBERED and _is_word(text, mention):
            if marks := _MARKS.match(text, end):
                letters = letters or list(text)
                letters[end : marks.end()] = " " * (marks.end() - end)
    return "".join(letters) or text


def _is_word(text: str, mention: Mention) -> bool:
    return _WORD.search(text, mention.span.start, mention.span.end) is not None

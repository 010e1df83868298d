"""Citation numbers that are glued to a word where the raised figures were lost: "the drug12,13 had failed"."""

import re
from collections.abc import Iterable

from litreview.extract.parsed import Mention

# What a number behind belongs to: the number of a patient or an infusion, an amount.
_NUMBERED = frozenset({"labels", "people", "measured", "routes"})
_MAY_BE = re.compile(r"[1-9](?<=[^\W\d_]{5}[a-z][1-9])")
_WORD = re.compile(r"[^\W\d_]{5}[a-z]\Z")
# One citation, a range, or a list of them; no amount with its unit, decimal or power of ten, no share.
_MARKS = re.compile(
    r"[1-9]\d?(?:[,–-][1-9]\d?){0,3}(?![\w%‰°]|[.,·]\d|\s?(?:[x×*]\s?10|[µμm]?[gmlLM]\b|IU|U\b|Gy|mol|mmol|per\b|/))"
)


def without_glued(text: str, mentions: Iterable[Mention]) -> str:
    """The text with blanks for citation numbers that are glued to a concept's name; its length stays.

    Most texts glue no number to any word, so that nobody asks for the mentions.
    """
    if not _MAY_BE.search(text):
        return text
    letters: list[str] = []
    for mention in mentions:
        if end := _end_of_glued(text, mention):
            letters = letters or list(text)
            letters[mention.span.end : end] = " " * (end - mention.span.end)
    return "".join(letters) or text


def _end_of_glued(text: str, mention: Mention) -> int:
    """Where the citation numbers glued to a mention end; 0 where there are none."""
    start, end = mention.span.start, mention.span.end
    if not text[end : end + 1].isdigit() or mention.vocabulary in _NUMBERED or not _WORD.search(text, start, end):
        return 0
    marks = _MARKS.match(text, end)
    return marks.end() if marks else 0

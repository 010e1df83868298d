"""Where the gold's quotes stand in the texts that were read, however these write white space and signs."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from litreview.model.document import Span
from litreview.model.evidence import Evidence


class Places:
    """The texts of a report, each folded once to letters and figures with their positions."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._folded = {document_id: _fold(text) for document_id, text in texts.items()}

    def overlap(self, quote: str, evidence: Iterable[Evidence]) -> bool | None:
        """Whether any evidence shares a character with the quote; `None` where no text holds the quote."""
        found = [(document_id, span) for document_id in self._folded for span in self.find(document_id, quote)]
        if not found:
            return None
        return any(
            words.document_id == place and words.span.overlaps(span) for words in evidence for place, span in found
        )

    def find(self, document_id: str, quote: str) -> tuple[Span, ...]:
        """Every place of a quote in one text."""
        letters, positions = self._folded[document_id]
        wanted, _ = _fold(quote)
        return tuple(_spans(letters, wanted, positions)) if wanted else ()


def _spans(letters: str, wanted: str, positions: Sequence[int]) -> Iterable[Span]:
    start = letters.find(wanted)
    while start >= 0:
        yield Span(positions[start], positions[start + len(wanted) - 1] + 1)
        start = letters.find(wanted, start + 1)


def _fold(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        plain = character.lower() if character.isascii() else unicodedata.normalize("NFKC", character).casefold()
        for letter in plain:
            if letter.isalnum():
                letters.append(letter)
                positions.append(position)
    return "".join(letters), positions

"""Running text collected piece by piece, with reference marks kept apart from the words they are glued to."""

import re
from dataclasses import dataclass, field

from litreview.readers.builder import fold

_MARK = re.compile(r"^[\[(]?\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*[\])]?$")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]{4}|[^\W\d_]{2}[.,;:)\]”’\"]|[\d%][,;:)\]”]|[^\W\d_]\)[.,;]?)$")


@dataclass
class Inline:
    """Pieces of a paragraph. Blanks may be put between them, nothing else."""

    _pieces: list[str] = field(default_factory=list)

    def text(self, piece: str | None) -> None:
        """Add words as they stand."""
        if piece:
            self._pieces.append(piece)

    def blank(self) -> None:
        """Add a blank: a line break, the border of a block."""
        self._pieces.append(" ")

    def reference(self, mark: str) -> None:
        """Add a numeric reference mark, a blank before it where it would be glued to a word or number.

        Marks that continue one another ("2,3") and bracketed ones stay as printed.
        """
        before = self._tail()
        if mark[:1].isdigit() and (re.search(r"[\w.%)\]”’\"]$", before) or re.search(r"\D[,;:]$", before)):
            self.blank()
        self._pieces.append(mark)

    def superscript(self, piece: str) -> None:
        """Add a superscript: digits after a word of four letters or after a sentence are a reference mark.

        Exponents ("10" and "9", "m" and "2") stay glued: the source has no other sign for them.
        """
        if _MARK.match(piece.strip()) and _WORD_BEFORE.search(self._tail()):
            self.reference(piece.strip())
        else:
            self._pieces.append(piece)

    def folded(self) -> str:
        """The text so far, white space folded."""
        return fold("".join(self._pieces))

    def _tail(self) -> str:
        return "".join(self._pieces[-4:])[-12:]

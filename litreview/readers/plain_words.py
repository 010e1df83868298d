"""Lines joined to paragraphs: hyphens at line ends undone where they were the typesetter's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‐][^\W_]+)*|\w+(?:[-‐]\w+)+")
# These stand before a word of their own as well as inside one ("with-out" is no compound).
_NEVER_FIRST = {
    "a", "an", "as", "at", "be", "for", "here", "in", "no", "on", "out", "so", "there", "to", "up", "where", "with",
}  # fmt: skip
_TAIL = 60  # characters; no word that a line end cuts is longer
_SUSPENDED = {"or", "and", "to", "und", "bzw"}


@dataclass(frozen=True, slots=True)
class Words:
    """The document's own words, which decide whether a hyphen at a line's end belongs to the word."""

    whole: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Words":
        """Every word of the lines that no line end has cut, compounds with their parts."""
        found: set[str] = set()
        for line in lines:
            tokens = _TOKEN.findall(line)
            cut = line.rstrip().endswith(("-", "‐", "\u00ad"))
            for token in tokens[1:-1] + (tokens[-1:] if not cut and len(tokens) > 1 else []):
                found.add(token.lower())
        return cls(frozenset(found))

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one paragraph."""
        text = ""
        for line in lines:
            text = self.glue(text, line.strip()) if text else line.strip()
        return text

    def glue(self, text: str, line: str) -> str:
        """A text and its next line, with a blank, a hyphen or nothing between them."""
        tail = text[-_TAIL:]
        if tail.endswith("\u00ad"):
            return text[:-1] + line
        if (re.search(r"\S[/=]$|\d[–—]$", tail) and line[:1].isalnum()) or re.search(r"\d–$", tail):
            return text + line
        match = re.search(r"([^\W_]+)[-‐]$", tail)
        first = re.match(r"[^\W_]+", line)
        if not match or not first:
            return f"{text} {line}"
        if first.group().lower() in _SUSPENDED:
            return f"{text} {line}"
        return text + line if self._keeps_hyphen(match.group(1), first.group()) else text[:-1] + line

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        left, right = before.lower(), after.lower()
        if (
            not after[0].islower()
            or len(before) == 1
            or any(c.isdigit() for c in before)
            or before[1:].lower() != before[1:]
        ):
            return True
        if left + right in self.whole:
            return False
        if f"{left}-{right}" in self.whole:
            return True
        return left in self.whole and right in self.whole and left not in _NEVER_FIRST and len(right) > 2

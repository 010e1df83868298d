"""What stands below a printed table."""

import re
from collections.abc import Iterator

from litreview.export.table import Printed

RAISED = {"ᵃ": "a", "ᵇ": "b", "ᶜ": "c", "ᵈ": "d", "ᵉ": "e"}
"""Letters that mark a cell, and what they are when they are not raised."""


def below(printed: Printed) -> Iterator[str]:
    """Abbreviations in a line, then every footnote with its letter, then the notes."""
    if printed.abbreviations:
        yield "Abbreviations: " + "; ".join(f"{short}, {spelled}" for short, spelled in printed.abbreviations) + "."
    for mark, words in printed.footnotes:
        yield f"{mark} {words}"
    yield from printed.notes


def on_a_line(text: str) -> str:
    """The text without line breaks and double blanks; blanks at which no line may break stay."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip(" ")

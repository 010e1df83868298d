"""How much of a line each column of a printed table takes."""

import re

from litreview.export.table import Printed

_BOLD = 1.3  # how much wider the header's letters are
_LONGEST = 22  # letters of a piece that may ask for a column of its width
_PADDING = 3.0  # letters
_GROWTH = 0.65  # of the width with how much stands in a column
_LOOKED_AT = 200  # rows


def widths(printed: Printed) -> list[float]:
    """Shares of the line, by the longest piece of a column, which is not to break, and by how much stands in it."""
    weights = []
    for place, name in enumerate(printed.columns):
        texts = [row[place] for row in printed.rows[:_LOOKED_AT]]
        longest = max(_longest(name) * _BOLD, *map(_longest, texts), 0)
        mean = sum(map(len, texts)) / max(len(texts), 1)
        weights.append(_PADDING + min(longest, _LONGEST) + mean**_GROWTH)
    return [weight / sum(weights) for weight in weights]


def _longest(text: str) -> int:
    """Letters of the longest piece."""
    return max(map(len, re.split(r"[ \n]|(?<=-)", text)))

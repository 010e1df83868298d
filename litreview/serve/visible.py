"""Text of papers as a page may show it: nothing in it can turn the reading direction or hide."""

import re

# Embeddings, overrides and isolates of writing direction, and control characters but for tab and line end.
_HIDDEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """The text with each such character shown as a replacement mark, so that its length stays."""
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def shortened(text: object, length: int = 300) -> str:
    """The text on one line, cut with an ellipsis where it is longer."""
    line = visible(" ".join(str(text).split()))
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"

"""Text that a spreadsheet would take for a formula."""

import re

_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*\s*%?")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet may compute the text rather than show it; a sign alone and a number are harmless."""
    return len(text) > 1 and text.startswith(_STARTS) and not _NUMBER.fullmatch(text)

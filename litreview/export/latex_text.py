"""Text to LaTeX by pylatexenc: every letter beyond ASCII and every special one becomes a command."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pylatexenc import latexencode


@cache
def encoder() -> Callable[[str], str]:
    """A function that encodes a text."""
    quotes = latexencode.UnicodeToLatexConversionRule(latexencode.RULE_DICT, {ord('"'): r"\textquotedbl"})
    made: Any = latexencode.UnicodeToLatexEncoder(
        conversion_rules=[quotes, "defaults"],
        replacement_latex_protection="braces-all",
        unknown_char_policy="replace",
        unknown_char_warning=False,
    )
    encode: Callable[[str], str] = made.unicode_to_latex
    return encode

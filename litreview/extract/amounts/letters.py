"""Characters that look alike, made one: dashes, micro signs, spaces, full-width forms; offsets stay as they are."""

import re

_ALIKE = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("μ", "µ"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t\n\r\f\v", " "),
    **dict.fromkeys("✕✖ｘ∗⋅", "×"),
    **dict.fromkeys("∙•‧․・･ᐧ", "·"),
    **dict.fromkeys("≥⩾≧", "≥"),
    **dict.fromkeys("≤⩽≦", "≤"),
    **dict.fromkeys("∼～≈", "~"),
    **dict.fromkeys("’‘′`´", "'"),
    **dict.fromkeys("＋", "+"),
    **dict.fromkeys("％", "%"),
    **dict.fromkeys("／⁄∕", "/"),
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
}
# A search for the few letters that change is faster than a look at each letter.
_CHANGES = re.compile(f"[{re.escape(''.join(_ALIKE))}]")
# Of ASCII only blanks that are not printed change, and this.
_ACCENT = "`"


def fold(text: str) -> str:
    """The text with look-alike characters made one; every character keeps its place.

    >>> fold("2–9 μl")
    '2-9 µl'
    """
    if text.isascii() and text.isprintable() and _ACCENT not in text:
        return text
    return _CHANGES.sub(lambda match: _ALIKE[match[0]], text)

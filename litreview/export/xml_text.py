"""Text that XML can hold."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without the letters that XML cannot hold."""
    return _ILLEGAL.sub("", text)

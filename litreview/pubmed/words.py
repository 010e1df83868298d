"""Folds text to the words that are compared: without case, diacritics and punctuation."""

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_STAR = re.compile(r"[^\W_]+\*?")


def fold(text: str) -> str:
    """Text in small letters without diacritics.

    >>> fold("Sjögren's naïve ß")
    "sjogren's naive ss"
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def words(text: str) -> list[str]:
    """The words of a text, folded; hyphens and all other marks part them."""
    return _WORD.findall(fold(text))


def query_words(text: str) -> list[str]:
    """The words of a search term, folded; a word may end in `*`."""
    return _WORD_OR_STAR.findall(fold(text))

"""Whether words stand together in a passage, in order or nearby."""

import re
from collections.abc import Callable

# Parts one passage of a record's part from the next: no phrase goes across.
BREAK = " | "


def phrase(sought: list[str]) -> Callable[[str], bool]:
    """Whether the words stand next to one another, in order."""
    if not any(word.endswith("*") for word in sought):
        plain = f" {' '.join(sought)} "
        return lambda passage: plain in passage
    pattern = re.compile(
        " " + " ".join(re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in sought) + " "
    )
    return lambda passage: pattern.search(passage) is not None


def near(sought: list[str], distance: int) -> Callable[[str], bool]:
    """Whether the words stand together in any order, with at most `distance` other words between them."""
    widest = len(sought) + distance

    def fits(passage: str) -> bool:
        return any(_within(text.split(), sought, widest) for text in passage.split(BREAK))

    return fits


def _within(tokens: list[str], sought: list[str], widest: int) -> bool:
    return any(
        all(any(_is(token, word) for token in tokens[start : start + widest]) for word in sought)
        for start, token in enumerate(tokens)
        if any(_is(token, word) for word in sought)
    )


def _is(token: str, word: str) -> bool:
    return token.startswith(word[:-1]) if word.endswith("*") else token == word

"""Text of others on a terminal."""


def plain(text: str) -> str:
    """One line, without what a terminal would act upon; blanks at its beginning stay."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    return indent + "".join(c for c in " ".join(text.split()) if c.isprintable())

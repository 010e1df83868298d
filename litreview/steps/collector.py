"""How often Python looks for garbage while a command runs; the processes that it starts do alike."""

import gc

# Rules, patterns and vocabularies are some hundred thousand objects that stay: a collector that looks through them
# again and again while they are made takes a tenth of the time to the first document, and finds nothing.
_SELDOM = (50_000, 20, 100)


def collect_seldom() -> None:
    """Let the collector look after so many new objects that it does not come by while one paper is read."""
    gc.set_threshold(*_SELDOM)

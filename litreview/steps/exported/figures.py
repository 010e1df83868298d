"""All pictures at once."""

from __future__ import annotations

from litreview.export.pictures.drawing import Picture
from litreview.steps.exported import Source


def figures(source: Source, suffix: str) -> dict[str, Picture]:
    """Every picture under the name of what it is drawn from."""
    from litreview.steps.exported.whats import WHATS  # which lists this one too

    return {what: each.content(source, what, ".svg") for what, each in WHATS.items() if each.picture}

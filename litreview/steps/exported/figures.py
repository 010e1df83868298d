"""All pictures at once."""

from __future__ import annotations

import re

from litreview.export.pictures.drawing import Picture
from litreview.steps.exported import Source
from litreview.steps.exported.forest import each_outcome


def figures(source: Source, suffix: str) -> dict[str, Picture]:
    """Every picture under the name of what it is drawn from; where an outcome can be chosen, one for each of them."""
    from litreview.steps.exported.whats import WHATS  # which lists this one too

    drawn: dict[str, Picture] = {}
    for what, each in WHATS.items():
        if each.picture:
            drawn[what] = each.content(source, what, ".svg")
            for title, chosen in list(each_outcome(source))[1:] if each.chosen else ():
                drawn[f"{what}_{_plain(title)}"] = each.content(chosen, what, ".svg")
    return drawn


def _plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")

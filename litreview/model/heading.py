"""Headings as they are printed above sections."""

import re

_NUMBERING = re.compile(
    r"^(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-H])\s*[.|):](?!\d)\s*\|?\s*|\d{1,2}(?:\.\d{1,2})*\s+\|?\s*)(?=\S)"
)


def bare(heading: str) -> str:
    """A heading without its numbering and closing punctuation.

    >>> bare("2.1. Case 1"), bare("3 | Discussion"), bare("Patient 2:")
    ('Case 1', 'Discussion', 'Patient 2')
    """
    return _NUMBERING.sub("", heading.strip()).strip().rstrip(" :.–—-")


def is_numbered(heading: str) -> bool:
    """Whether a heading begins with its number: "2.1. Case 1", "3 | Discussion"."""
    return _NUMBERING.match(heading.strip()) is not None

"""Tellings: abstract, text and table each tell a patient's story, and may say different things of it."""

from collections.abc import Collection, Mapping

from litreview.extract.judge import Judged
from litreview.model.case import Finding, Value
from litreview.model.topic import Attribute

NEAR = 0.03  # numbers that differ by less say the same, rounded

DISAGREE = "tellings disagree"
_AGREE = "abstract and text agree"
_AGREE_WITH_TABLE = "table and text agree"


def telling(item: Judged) -> str:
    """The telling that a match belongs to: an abstract tells the story once, the text again, a table once more."""
    passage = item.match.passage
    if passage is None:
        return "table"
    return "text" if passage.part == "body" else "abstract"


def telling_of(finding: Finding, abstracts: Collection[str] = ()) -> str:
    """The telling that a finding's leading words stand in; `abstracts` are the documents that are nothing else."""
    leading = finding.evidence[0] if finding.evidence else None
    if "in a table" in finding.signs or (leading and leading.section == "table"):
        return "table"
    if {"in the abstract", "in the title"} & set(finding.signs):
        return "abstract"
    brief = leading and (leading.section in ("abstract", "title") or leading.document_id in abstracts)
    return "abstract" if brief else "text"


def agreement(tellings: set[str]) -> str:
    """The sign of several tellings that say the same; empty for one alone."""
    if len(tellings) < 2:
        return ""
    return _AGREE_WITH_TABLE if "table" in tellings else _AGREE


def disagreement(said: Mapping[str, Value], attribute: Attribute) -> str:
    """The doubt where tellings say different things: "tellings disagree: abstract says 63, text says 60"."""
    first, *others = said.values()
    if all(alike(first, other, attribute) for other in others):
        return ""
    return f"{DISAGREE}: " + ", ".join(f"{who} says {_printed(value)}" for who, value in said.items())


def alike(one: Value, other: Value, attribute: Attribute) -> bool:
    """Whether two values say the same: numbers nearly so, words where one holds all of the other's or is coarser."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= NEAR * max(abs(one), abs(other))
    if str(one) in attribute.coarse.get(str(other), ()) or str(other) in attribute.coarse.get(str(one), ()):
        return True
    words, others = set(str(one).lower().split()), set(str(other).lower().split())
    return words <= others or others <= words


def _printed(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)

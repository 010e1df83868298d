"""What people read in place of a column's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litreview.model.topic import Topic

_CAPITALS = {"doi": "DOI", "pmcid": "PMC", "pmid": "PubMed", "pmids": "PubMed", "id": "ID", "ids": "IDs"}

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def attribute_label(name: str, unit: str, spellings: Mapping[str, str]) -> str:
    """An attribute's name as words, without the unit that it ends in, abbreviations as the topic writes them.

    >>> attribute_label("fluid_intake_ml", "ml", {})
    'Fluid intake'
    """
    return words(_without_unit(name, unit), spellings)


def unit_words(unit: str) -> str:
    """A unit as it is printed.

    >>> unit_words("10^9/L")
    '10⁹/L'
    """
    return re.sub(r"\^(\d+)", lambda power: power[1].translate(_RAISED), unit)


def words(name: str, spellings: Mapping[str, str] = _CAPITALS) -> str:
    """A column's name as words: `case_label` becomes "Case label", `doi` "DOI"."""
    text = " ".join(spellings.get(word, word) for word in name.split("_"))
    return text[:1].upper() + text[1:]


def spellings(topic: Topic) -> dict[str, str]:
    """Words that the topic's codebook writes with several capitals, by their lower case: abbreviations."""
    counted = Counter(word for text in _texts(topic) for word in re.findall(r"[A-Za-z0-9]+", text))
    often_last = sorted(counted.items(), key=lambda item: item[1])
    found = {word.lower(): word for word, _ in often_last if len(re.findall(r"[A-Z]", word)) > 1}
    return {lower: written for lower, written in found.items() if counted[lower] < counted[written]}


def _texts(topic: Topic) -> list[str]:
    return [
        text
        for attribute in topic.attributes
        for text in (attribute.definition, *attribute.vocabulary, *(example.text for example in attribute.examples))
    ]


def _without_unit(name: str, unit: str) -> str:
    first = unit.lower().split(" ")[0].replace("10^", "1e").replace("%", "percent")
    for ending in (first.replace("/", "_per_"), first.replace("/", "_")):
        if ending and name.endswith(f"_{ending}"):
            return name.removesuffix(f"_{ending}")
    return name

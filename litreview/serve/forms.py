"""How a value is typed in: as the codebook says what it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from litreview.serve.values import number

if TYPE_CHECKING:
    from litreview.model.topic import Attribute, Topic

FieldKind = Literal["choice", "number", "items", "words"]


@dataclass(frozen=True, slots=True)
class Field:
    """What a form asks for an attribute: one of `options`, a number, items with `options` as suggestions, or words.

    A number is typed as text, since it may come with a unit of its own or as a bound: `> 90`, `5.1 mmol/L`, `4 weeks`.
    """

    kind: FieldKind
    options: tuple[str, ...] = ()
    hint: str = ""


def fields(topic: Topic | None) -> dict[str, Field]:
    """The field of every attribute by name."""
    return {attribute.name: _field(attribute, topic) for attribute in topic.attributes} if topic else {}


def _field(attribute: Attribute, topic: Topic) -> Field:
    if attribute.type in ("number", "integer"):
        parts = ["a whole number" if attribute.type == "integer" else "a number"]
        if attribute.plausible:
            parts.append(f"{number(attribute.plausible[0])} to {number(attribute.plausible[1])}")
        return Field("number", hint=", ".join([*parts, "or a bound such as > 3"]))
    options = attribute.vocabulary or _concepts(attribute, topic)
    if attribute.type == "list":
        return Field("items", options, hint="items separated by ;")
    if attribute.type == "category" and options:
        return Field("choice", options)
    return Field("words", options)


def _concepts(attribute: Attribute, topic: Topic) -> tuple[str, ...]:
    """The names that an attribute's vocabulary gives its values."""
    found = topic.vocabularies.get(attribute.normalise)
    return tuple(dict.fromkeys(entry.value for entry in found.entries)) if found else ()
